-- en: Which models came out when, from whom, how large, and with open weights or not?
-- zh: 哪些模型何时由谁发布，参数规模多大，是否开源权重？
CREATE VIEW v_model_timeline AS
WITH sizes AS (
    SELECT
        model_id,
        max(value) FILTER (WHERE spec IN ('total_parameters', 'parameters')) AS parameters,
        max(value) FILTER (WHERE spec = 'active_parameters') AS active_parameters,
        max(value) FILTER (WHERE spec = 'context_length') AS context_length
    FROM model_specs
    GROUP BY model_id
)
SELECT
    coalesce(l.date_start, e.published) AS on_date,  -- Date in the text, else publication date of the article | 文中日期，缺则为文章发表日
    CASE WHEN l.date_start IS NOT NULL THEN 'text' WHEN e.published IS NOT NULL THEN 'article' END AS date_basis,  -- Where on_date comes from: text or article | on_date 的依据：text 为文中日期，article 为发表日
    coalesce(m.name, l.subject_id) AS model,  -- Name of the model | 模型名
    l.subject_id AS model_id,
    m.family,
    coalesce(o.name_zh, l.org_id, m.developer_org_id) AS developer,  -- Developer, Chinese name | 开发者中文名
    o.name_en AS developer_en,  -- Developer, English name | 开发者英文名
    l.kind,
    m.modality,
    m.open_weights,
    s.parameters,  -- Largest parameter count any article gives for the model | 各文所述参数量的最大值
    s.active_parameters,  -- Largest count of active parameters any article gives | 各文所述激活参数量的最大值
    s.context_length,  -- Longest context any article gives | 各文所述上下文长度的最大值
    l.date_start,
    l.date_end,
    l.date_precision,
    l.date_text,
    e.said_by,
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.doc_id,
    l.claim_id
FROM launches AS l
JOIN v_evidence AS e ON e.claim_id = l.claim_id
LEFT JOIN models AS m ON m.model_id = l.subject_id
LEFT JOIN organizations AS o ON o.org_id = coalesce(l.org_id, m.developer_org_id)
LEFT JOIN sizes AS s ON s.model_id = l.subject_id
WHERE l.subject_type = 'model';
