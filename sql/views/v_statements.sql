-- en: What did each person or company say or predict, where and when?
-- zh: 每位人物或公司说过什么、预测过什么，在何处、何时？
CREATE VIEW v_statements AS
SELECT
    coalesce(n.name_zh, s.speaker_id) AS speaker,  -- Speaker, Chinese name | 发言者中文名
    n.name_en AS speaker_en,  -- Speaker, English name | 发言者英文名
    s.speaker_type,
    s.speaker_id,
    s.kind,
    s.text,
    s.is_direct_quote,
    s.venue,
    coalesce(s.date_start, e.published) AS on_date,  -- Date in the text, else publication date of the article | 文中日期，缺则为文章发表日
    CASE WHEN s.date_start IS NOT NULL THEN 'text' WHEN e.published IS NOT NULL THEN 'article' END AS date_basis,  -- Where on_date comes from: text or article | on_date 的依据：text 为文中日期，article 为发表日
    s.date_start,
    s.date_end,
    s.date_text,
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.doc_id,
    s.claim_id
FROM statements AS s
JOIN v_evidence AS e ON e.claim_id = s.claim_id
LEFT JOIN v_entities AS n ON n.entity_type = s.speaker_type AND n.entity_id = s.speaker_id;
