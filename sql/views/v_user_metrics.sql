-- en: How many users, downloads, calls and tokens did each model, product or company have over time, according to whom?
-- zh: 各模型、产品、公司的用户数、下载量、调用量与 token 用量随时间如何变化，据谁统计？
CREATE VIEW v_user_metrics AS
SELECT
    coalesce(s.name_zh, m.subject_text, m.subject_id) AS subject,  -- Chinese name, or the words of the text | 中文名，无实体时为原文
    s.name_en AS subject_en,  -- English name | 英文名
    m.subject_type,
    m.subject_id,
    m.metric,
    m.value,
    m.value_low,
    m.value_high,
    m.modifier,
    m.unit,
    m.of_metric,
    coalesce(m.date_end, e.published) AS on_date,  -- Last day the text speaks of, else publication date of the article | 文中所指期间末日，缺则为文章发表日
    CASE WHEN m.date_end IS NOT NULL THEN 'text' WHEN e.published IS NOT NULL THEN 'article' END AS date_basis,  -- Where on_date comes from: text or article | on_date 的依据：text 为文中日期，article 为发表日
    m.date_start,
    m.date_end,
    m.date_text,
    coalesce(m.source, e.said_by) AS said_by,  -- Source of the figure, else whom the text credits, else the publisher | 数据来源，否则为原文注明者或媒体
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.doc_id,
    m.claim_id
FROM metrics AS m
JOIN v_evidence AS e ON e.claim_id = m.claim_id
LEFT JOIN v_entities AS s ON s.entity_type = m.subject_type AND s.entity_id = m.subject_id
WHERE
    m.metric IN (
        'monthly_active_users', 'daily_active_users', 'users', 'downloads', 'monthly_downloads', 'daily_downloads', 'daily_calls',
        'daily_tokens', 'tokens_processed', 'token_share', 'usage_share', 'interactions_daily', 'developers', 'agents_built', 'apps_built',
        'enterprise_customers', 'monthly_visits', 'active_consumers', 'session_minutes', 'customers_share', 'growth'
    );
