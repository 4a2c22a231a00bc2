-- en: How many users, calls, stars, yuan of revenue ... does each subject have in each period, by agreement of independent articles?
-- zh: 综合各独立报道，各主体在各时期的用户数、调用量、星标数、收入等是多少？
-- One row per subject, metric, unit and period. Near-duplicates count once; only what is stated or reported votes.
CREATE VIEW v_consensus_metrics AS
WITH stances AS (
    SELECT
        f.subject_type, f.subject_id, f.subject_text, f.metric, f.of_metric, f.unit, f.date_start, f.date_end, f.value,
        CASE WHEN f.value IS NULL THEN f.value_low END AS value_low,
        CASE WHEN f.value IS NULL THEN f.value_high END AS value_high,
        list(DISTINCT e.story_id) AS stories, max(e.published) AS last_published, list(DISTINCT f.claim_id ORDER BY f.claim_id) AS claim_ids
    FROM metrics AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE e.assertion::VARCHAR IN ('stated', 'reported')
    GROUP BY ALL
)
SELECT
    coalesce(n.name_zh, s.subject_text, s.subject_id) AS subject,  -- Chinese name, or the words of the text | 中文名，无实体时为原文
    n.name_en AS subject_en,  -- English name | 英文名
    s.subject_type,
    s.subject_id,
    s.metric,
    s.of_metric,
    s.value,
    s.value_low,
    s.value_high,
    s.unit,
    s.date_start,
    s.date_end,
    len(s.stories) AS documents,  -- independent articles that state this value | 支持该值的独立报道数
    len(list_distinct(flatten(list(s.stories) OVER same))) AS documents_all,  -- independent articles that state any value | 给出任何值的独立报道数
    count(*) OVER same - 1 AS other_values,  -- how many different values lost | 未被采纳的其他取值数
    s.last_published,  -- latest article that states it | 最近一次提及的日期
    s.claim_ids  -- claims behind it; see evidence(claim_id) | 依据的断言，可用 evidence(claim_id) 查看
FROM stances AS s
LEFT JOIN v_entities AS n ON n.entity_type = s.subject_type::VARCHAR AND n.entity_id = s.subject_id
WINDOW same AS (PARTITION BY s.subject_type, s.subject_id, s.subject_text, s.metric, s.of_metric, s.unit, s.date_start, s.date_end)
QUALIFY row_number() OVER (
    PARTITION BY s.subject_type, s.subject_id, s.subject_text, s.metric, s.of_metric, s.unit, s.date_start, s.date_end
    ORDER BY len(s.stories) DESC, s.last_published DESC NULLS LAST, s.claim_ids[1]
) = 1;
