-- en: What is each model's size, context length and so on, by agreement of independent articles?
-- zh: 综合各独立报道，每个模型的参数量、上下文长度等是多少？
-- One row per model and property: the value most independent stories state. Near-duplicates count once; denials, rumours, plans and predictions do not vote.
CREATE VIEW v_consensus_model_specs AS
WITH stances AS (
    SELECT
        f.model_id, f.spec, f.unit, f.value,
        CASE WHEN f.value IS NULL THEN f.value_low END AS value_low,
        CASE WHEN f.value IS NULL THEN f.value_high END AS value_high,
        f.value_string,
        list(DISTINCT e.story_id) AS stories, max(e.published) AS last_published, list(DISTINCT f.claim_id ORDER BY f.claim_id) AS claim_ids
    FROM model_specs AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE e.assertion::VARCHAR IN ('stated', 'reported')
    GROUP BY ALL
)
SELECT
    coalesce(m.name, s.model_id) AS model,  -- name of the model | 模型名
    s.model_id,
    s.spec,
    s.value,
    s.value_low,
    s.value_high,
    s.unit,
    s.value_string,
    len(s.stories) AS documents,  -- independent articles that state this value | 支持该值的独立报道数
    len(list_distinct(flatten(list(s.stories) OVER same))) AS documents_all,  -- independent articles that state any value | 给出任何值的独立报道数
    count(*) OVER same - 1 AS other_values,  -- how many different values lost | 未被采纳的其他取值数
    s.last_published,  -- latest article that states it | 最近一次提及的日期
    s.claim_ids  -- claims behind it; see evidence(claim_id) | 依据的断言，可用 evidence(claim_id) 查看
FROM stances AS s
LEFT JOIN models AS m ON m.model_id = s.model_id
WINDOW same AS (PARTITION BY s.model_id, s.spec)
QUALIFY row_number() OVER (
    PARTITION BY s.model_id, s.spec
    ORDER BY len(s.stories) DESC, s.last_published DESC NULLS LAST, s.claim_ids[1]
) = 1;
