-- en: What is each model's size, context length and so on, by agreement of independent articles?
-- zh: 综合各独立报道，每个模型的参数量、上下文长度等是多少？
-- One row per model and property: the value most independent stories state. Near-duplicates count once; denials, rumours, plans and predictions do not vote.
CREATE VIEW v_consensus_model_specs AS
WITH votes AS (
    SELECT
        f.model_id, f.spec, f.unit, f.value_string, f.value,
        CASE WHEN f.value IS NULL THEN f.value_low END AS value_low,
        CASE WHEN f.value IS NULL THEN f.value_high END AS value_high,
        e.story_id, e.published, f.claim_id
    FROM model_specs AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE e.assertion IN ('stated', 'reported')
),
stances AS (
    SELECT
        model_id, spec,
        value, value_low, value_high, unit, value_string,
        list_distinct(list(story_id)) AS stories, max(published) AS last_published, list(claim_id) AS claims
    FROM votes
    GROUP BY model_id, spec, value, value_low, value_high, unit, value_string
),
decided AS (
    SELECT
        model_id, spec,
        max_by(
            {'value': value, 'value_low': value_low, 'value_high': value_high, 'unit': unit, 'value_string': value_string,
             'documents': len(stories), 'last_published': last_published, 'claims': claims},
            (len(stories), coalesce(last_published, DATE '0001-01-01'), list_min(claims))
        ) AS won,
        len(list_distinct(flatten(list(stories)))) AS documents_all,
        count(*) - 1 AS other_values
    FROM stances
    GROUP BY model_id, spec
)
SELECT
    coalesce(m.name, s.model_id) AS model,  -- Name of the model | 模型名
    s.model_id,
    s.spec,
    s.won.value,
    s.won.value_low,
    s.won.value_high,
    s.won.unit,
    s.won.value_string,
    s.won.documents,  -- Independent articles that say so, near-duplicates counted once | 持此说法的独立报道数（近似重复只计一次）
    s.documents_all,  -- Independent articles that say anything on it | 就此给出说法的独立报道数
    s.other_values,  -- How many other values or statuses were given | 未被采纳的其他说法数
    s.won.last_published,  -- Latest article that says so | 最近一次提及的日期
    list_sort(s.won.claims) AS claim_ids  -- Claims behind it; see evidence(claim) | 依据的断言，可用 evidence() 查看
FROM decided AS s
LEFT JOIN models AS m ON m.model_id = s.model_id;
