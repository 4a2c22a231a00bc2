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
        min(date_start) AS date_start, max(date_end) AS date_end,
        list_distinct(list(story_id)) AS stories, max(published) AS last_published, list(claim_id) AS claims
    FROM votes
    GROUP BY org_id, round, value, value_low, value_high, currency
),
decided AS (
    SELECT
        org_id, round,
        max_by(
            {'value': value, 'value_low': value_low, 'value_high': value_high, 'currency': currency, 'date_start': date_start, 'date_end': date_end,
             'documents': len(stories), 'last_published': last_published, 'claims': claims},
            (len(stories), coalesce(last_published, DATE '0001-01-01'), list_min(claims))
        ) AS won,
        len(list_distinct(flatten(list(stories)))) AS documents_all,
        count(*) - 1 AS other_values
    FROM stances
    GROUP BY org_id, round
)
SELECT
    coalesce(o.name_zh, s.org_id) AS company,  -- Company, Chinese name | 公司中文名
    o.name_en AS company_en,  -- Company, English name | 公司英文名
    s.org_id,
    s.round,
    s.won.value,
    s.won.value_low,
    s.won.value_high,
    s.won.currency,
    s.won.date_start,
    s.won.date_end,
    s.won.documents,  -- Independent articles that say so, near-duplicates counted once | 持此说法的独立报道数（近似重复只计一次）
    s.documents_all,  -- Independent articles that say anything on it | 就此给出说法的独立报道数
    s.other_values,  -- How many other values or statuses were given | 未被采纳的其他说法数
    s.won.last_published,  -- Latest article that says so | 最近一次提及的日期
    list_sort(s.won.claims) AS claim_ids  -- Claims behind it; see evidence(claim) | 依据的断言，可用 evidence() 查看
FROM decided AS s
LEFT JOIN organizations AS o ON o.org_id = s.org_id;
