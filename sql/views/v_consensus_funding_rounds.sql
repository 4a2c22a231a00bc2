-- en: How much did each company raise in each named round, by agreement of independent articles?
-- zh: 综合各独立报道，每家公司每一轮融资金额是多少？
-- Rounds the text does not name are left out: nothing says which of them are the same. Near-duplicates count once; only what is stated or reported votes.
CREATE VIEW v_consensus_funding_rounds AS
WITH stances AS (
    SELECT
        f.org_id, f.round, f.value,
        CASE WHEN f.value IS NULL THEN f.value_low END AS value_low,
        CASE WHEN f.value IS NULL THEN f.value_high END AS value_high,
        f.currency,
        min(f.date_start) AS date_start, max(f.date_end) AS date_end,
        list(DISTINCT e.story_id) AS stories, max(e.published) AS last_published, list(DISTINCT f.claim_id ORDER BY f.claim_id) AS claim_ids
    FROM funding_rounds AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE
        e.assertion::VARCHAR IN ('stated', 'reported')
        AND f.round::VARCHAR <> 'unknown'
        AND coalesce(f.value, f.value_low, f.value_high) IS NOT NULL
    GROUP BY f.org_id, f.round, f.value, 4, 5, f.currency
)
SELECT
    coalesce(o.name_zh, s.org_id) AS company,  -- company, Chinese name | 公司中文名
    o.name_en AS company_en,  -- company, English name | 公司英文名
    s.org_id,
    s.round,
    s.value,
    s.value_low,
    s.value_high,
    s.currency,
    s.date_start,
    s.date_end,
    len(s.stories) AS documents,  -- independent articles that state this amount | 支持该金额的独立报道数
    len(list_distinct(flatten(list(s.stories) OVER same))) AS documents_all,  -- independent articles that state any amount | 给出任何金额的独立报道数
    count(*) OVER same - 1 AS other_values,  -- how many different amounts lost | 未被采纳的其他金额数
    s.last_published,  -- latest article that states it | 最近一次提及的日期
    s.claim_ids  -- claims behind it; see evidence(claim_id) | 依据的断言，可用 evidence(claim_id) 查看
FROM stances AS s
LEFT JOIN organizations AS o ON o.org_id = s.org_id
WINDOW same AS (PARTITION BY s.org_id, s.round)
QUALIFY row_number() OVER (
    PARTITION BY s.org_id, s.round
    ORDER BY len(s.stories) DESC, s.last_published DESC NULLS LAST, s.claim_ids[1]
) = 1;
