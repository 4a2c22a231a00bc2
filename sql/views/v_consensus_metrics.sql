-- en: How many users, calls, stars, yuan of revenue ... does each subject have in each period, by agreement of independent articles?
-- zh: 综合各独立报道，各主体在各时期的用户数、调用量、星标数、收入等是多少？
-- One row per subject, metric, unit and period. Near-duplicates count once; only what is stated or reported votes.
CREATE VIEW v_consensus_metrics AS
WITH votes AS (
    SELECT
        f.subject_type, f.subject_id, f.subject_text, f.metric, f.of_metric, f.unit, f.date_start, f.date_end, f.value,
        CASE WHEN f.value IS NULL THEN f.value_low END AS value_low,
        CASE WHEN f.value IS NULL THEN f.value_high END AS value_high,
        e.story_id, e.published, f.claim_id
    FROM metrics AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE e.assertion IN ('stated', 'reported')
),
stances AS (
    SELECT
        subject_type, subject_id, subject_text, metric, of_metric, unit, date_start, date_end,
        value, value_low, value_high,
        list_distinct(list(story_id)) AS stories, max(published) AS last_published, list(claim_id) AS claims
    FROM votes
    GROUP BY subject_type, subject_id, subject_text, metric, of_metric, unit, date_start, date_end, value, value_low, value_high
),
decided AS (
    SELECT
        subject_type, subject_id, subject_text, metric, of_metric, unit, date_start, date_end,
        max_by(
            {'value': value, 'value_low': value_low, 'value_high': value_high,
             'documents': len(stories), 'last_published': last_published, 'claims': claims},
            (len(stories), coalesce(last_published, DATE '0001-01-01'), list_min(claims))
        ) AS won,
        len(list_distinct(flatten(list(stories)))) AS documents_all,
        count(*) - 1 AS other_values
    FROM stances
    GROUP BY subject_type, subject_id, subject_text, metric, of_metric, unit, date_start, date_end
)
SELECT
    coalesce(n.name_zh, s.subject_text, s.subject_id) AS subject,  -- Chinese name, or the words of the text | 中文名，无实体时为原文
    n.name_en AS subject_en,  -- English name | 英文名
    s.subject_type,
    s.subject_id,
    s.metric,
    s.of_metric,
    s.won.value,
    s.won.value_low,
    s.won.value_high,
    s.unit,
    s.date_start,
    s.date_end,
    s.won.documents,  -- Independent articles that say so, near-duplicates counted once | 持此说法的独立报道数（近似重复只计一次）
    s.documents_all,  -- Independent articles that say anything on it | 就此给出说法的独立报道数
    s.other_values,  -- How many other values or statuses were given | 未被采纳的其他说法数
    s.won.last_published,  -- Latest article that says so | 最近一次提及的日期
    list_sort(s.won.claims) AS claim_ids  -- Claims behind it; see evidence(claim) | 依据的断言，可用 evidence() 查看
FROM decided AS s
LEFT JOIN v_entities AS n ON n.entity_type = s.subject_type AND n.entity_id = s.subject_id;
