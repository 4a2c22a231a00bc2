-- en: How much did each company raise in each named round, by agreement of independent articles?
-- zh: 综合各独立报道，每家公司每一轮融资金额是多少？
-- Rounds the text does not name are left out: nothing says which of them are the same. Near-duplicates count once; only what is stated or reported votes.
CREATE VIEW v_consensus_funding_rounds AS
WITH votes AS (
    SELECT
        f.org_id, f.round, f.currency, f.date_start, f.date_end, f.value,
        CASE WHEN f.value IS NULL THEN f.value_low END AS value_low,
        CASE WHEN f.value IS NULL THEN f.value_high END AS value_high,
        e.story_id, e.published, f.claim_id
    FROM funding_rounds AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE
        e.assertion IN ('stated', 'reported')
        AND f.round <> 'unknown'
        AND coalesce(f.value, f.value_low, f.value_high) IS NOT NULL
),
stances AS (
    SELECT
        org_id, round,
        value, value_low, value_high, currency,
        count(DISTINCT story_id) AS documents, max(published) AS last_published, list(claim_id) AS claims, min(claim_id) AS first_claim,
        min(date_start) AS date_start, max(date_end) AS date_end
    FROM votes
    GROUP BY ALL
),
winners AS (
    SELECT *, count(*) OVER same - 1 AS other_values
    FROM stances
    WINDOW same AS (PARTITION BY org_id, round)
    QUALIFY row_number() OVER (
        PARTITION BY org_id, round
        ORDER BY documents DESC, last_published DESC NULLS LAST, first_claim
    ) = 1
),
totals AS (
    SELECT org_id, round,
        count(DISTINCT story_id) AS documents_all FROM votes GROUP BY ALL
)
SELECT
    coalesce(o.name_zh, s.org_id) AS company,  -- Company, Chinese name | 公司中文名
    o.name_en AS company_en,  -- Company, English name | 公司英文名
    s.org_id,
    s.round,
    s.value,
    s.value_low,
    s.value_high,
    s.currency,
    s.date_start,
    s.date_end,
    s.documents,  -- Independent articles that say so, near-duplicates counted once | 持此说法的独立报道数（近似重复只计一次）
    t.documents_all,  -- Independent articles that say anything on it | 就此给出说法的独立报道数
    s.other_values,  -- How many other values or statuses were given | 未被采纳的其他说法数
    s.last_published,  -- Latest article that says so | 最近一次提及的日期
    list_sort(s.claims) AS claim_ids  -- Claims behind it; see evidence(claim) | 依据的断言，可用 evidence() 查看
FROM winners AS s
JOIN totals AS t ON t.org_id = s.org_id AND t.round = s.round
LEFT JOIN organizations AS o ON o.org_id = s.org_id;
