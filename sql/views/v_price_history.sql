-- en: What did each company charge per million tokens, when, and who says so, whatever unit the article used?
-- zh: 各家公司每百万 token 收多少钱、什么时候、谁说的（不论原文用什么单位）？
CREATE VIEW v_price_history AS
SELECT
    coalesce(o.name_zh, own.name_zh, s.name_zh, p.subject_text, p.subject_id) AS company,  -- The company whose price it is, Chinese name | 定价公司中文名
    coalesce(o.name_en, own.name_en) AS company_en,  -- The same in English | 公司英文名
    coalesce(s.name_zh, p.subject_text, p.subject_id) AS subject,  -- Model or product that is priced | 被定价的模型或产品
    p.subject_type,
    p.subject_id,
    round(p.price * 1e6 / p.per_tokens, 6) AS price_per_million,  -- Price of one million tokens in `currency`; null when not priced per token | 每百万 token 价格（币种见 currency）；非按 token 计价为空
    round(p.price_low * 1e6 / p.per_tokens, 6) AS price_per_million_low,  -- Lower end of the interval | 区间下限
    round(p.price_high * 1e6 / p.per_tokens, 6) AS price_per_million_high,  -- Upper end of the interval | 区间上限
    p.currency,
    p.direction,
    p.condition,
    p.price,
    p.per_tokens,
    p.per_unit,
    p.change_percent,
    p.baseline,
    coalesce(p.date_start, e.published) AS on_date,  -- Date in the text, else publication date of the article | 文中日期，缺则为文章发表日
    CASE WHEN p.date_start IS NOT NULL THEN 'text' WHEN e.published IS NOT NULL THEN 'article' END AS date_basis,  -- Where on_date comes from: text or article | on_date 的依据：text 为文中日期，article 为发表日
    p.date_text,
    e.said_by,
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.doc_id,
    e.story_id,
    p.claim_id
FROM prices AS p
JOIN v_evidence AS e ON e.claim_id = p.claim_id
LEFT JOIN v_entities AS s ON s.entity_type = p.subject_type AND s.entity_id = p.subject_id
LEFT JOIN organizations AS own ON own.org_id = s.owner_org_id
LEFT JOIN organizations AS o ON p.subject_type = 'org' AND o.org_id = p.subject_id;
