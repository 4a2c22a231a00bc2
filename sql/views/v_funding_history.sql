-- en: Who raised how much, in which round, from whom, at what valuation, and how much is that in yuan?
-- zh: 谁在哪一轮、向谁融了多少钱、估值多少？折合人民币多少？
-- The converted amount stands beside the original and never replaces it: rate, period and citable source are columns.
-- A round without a date in the text is converted at the rate of the year the article appeared (date_basis = 'article').
CREATE VIEW v_funding_history AS
SELECT
    coalesce(o.name_zh, f.org_id) AS company,  -- Company that was funded, Chinese name | 被投公司中文名
    o.name_en AS company_en,  -- The same in English | 公司英文名
    f.org_id,
    f.round,
    f.value,
    f.value_low,
    f.value_high,
    f.modifier,
    f.currency,
    round(CASE WHEN f.currency = 'CNY' THEN f.value ELSE f.value * r.cny_per_unit END, 2) AS value_cny,  -- `value` converted to yuan; null when no rate is known | value 折合人民币；无汇率则为空
    f.valuation_value,
    f.valuation_low,
    f.valuation_high,
    f.valuation_currency,
    f.valuation_basis,
    round(CASE WHEN f.valuation_currency = 'CNY' THEN f.valuation_value ELSE f.valuation_value * v.cny_per_unit END, 2) AS valuation_cny,  -- `valuation_value` converted to yuan | 估值折合人民币
    coalesce(r.cny_per_unit, v.cny_per_unit) AS rate,  -- Yuan per unit of the currency, average of the year | 年平均汇率：一单位外币合人民币
    coalesce(r.period_start, v.period_start) AS rate_start,  -- First day of the period the rate is the average of | 汇率平均期间的首日
    coalesce(r.period_end, v.period_end) AS rate_end,  -- Last day of that period | 汇率平均期间的末日
    coalesce(r.source, v.source) AS rate_source,  -- Who published the rate | 汇率来源
    coalesce(r.source_url, v.source_url) AS rate_source_url,  -- Where to check it | 汇率来源网址
    f.lead_investors,
    f.investors,
    coalesce(f.date_start, e.published) AS on_date,  -- Date in the text, else publication date of the article | 文中日期，缺则为文章发表日
    CASE WHEN f.date_start IS NOT NULL THEN 'text' WHEN e.published IS NOT NULL THEN 'article' END AS date_basis,  -- Where on_date comes from: text or article | on_date 的依据：text 为文中日期，article 为发表日
    f.date_start,
    f.date_end,
    f.date_text,
    e.said_by,
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.doc_id,
    e.story_id,
    f.claim_id
FROM funding_rounds AS f
JOIN v_evidence AS e ON e.claim_id = f.claim_id
LEFT JOIN organizations AS o ON o.org_id = f.org_id
LEFT JOIN exchange_rates AS r ON r.currency = f.currency AND r.year = year(coalesce(f.date_start, e.published))
LEFT JOIN exchange_rates AS v ON v.currency = f.valuation_currency AND v.year = year(coalesce(f.date_start, e.published));
