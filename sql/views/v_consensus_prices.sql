-- en: What does each model cost per million tokens, by agreement of independent articles, month by month?
-- zh: 综合各独立报道，每个模型每百万 token 的价格逐月是多少？
-- One row per subject, direction, condition, currency and month of the price. Near-duplicates count once; only what is stated or reported votes.
CREATE VIEW v_consensus_prices AS
WITH votes AS (
    SELECT
        p.company, p.subject, p.subject_type, p.subject_id, p.direction, p.condition, p.currency,
        date_trunc('month', p.on_date)::DATE AS month,
        p.price_per_million,
        CASE WHEN p.price_per_million IS NULL THEN p.price_per_million_low END AS price_per_million_low,
        CASE WHEN p.price_per_million IS NULL THEN p.price_per_million_high END AS price_per_million_high,
        p.story_id, p.published, p.claim_id
    FROM v_price_history AS p
    WHERE
        p.assertion IN ('stated', 'reported')
        AND coalesce(p.price_per_million, p.price_per_million_low, p.price_per_million_high) IS NOT NULL
),
stances AS (
    SELECT
        subject_type, subject_id, subject, direction, condition, currency, month,
        company, price_per_million, price_per_million_low, price_per_million_high,
        count(DISTINCT story_id) AS documents, max(published) AS last_published, list(claim_id) AS claims, min(claim_id) AS first_claim
    FROM votes
    GROUP BY ALL
),
winners AS (
    SELECT *, count(*) OVER same - 1 AS other_values
    FROM stances
    WINDOW same AS (PARTITION BY subject_type, subject_id, subject, direction, condition, currency, month)
    QUALIFY row_number() OVER (
        PARTITION BY subject_type, subject_id, subject, direction, condition, currency, month
        ORDER BY documents DESC, last_published DESC NULLS LAST, first_claim
    ) = 1
),
totals AS (
    SELECT subject_type, subject_id, subject, direction, condition, currency, month,
        count(DISTINCT story_id) AS documents_all FROM votes GROUP BY ALL
)
SELECT
    s.company,
    s.subject,
    s.subject_type,
    s.subject_id,
    s.direction,
    s.condition,
    s.month,  -- First day of the month the price is dated in | 价格所属月份的首日
    s.price_per_million,
    s.price_per_million_low,
    s.price_per_million_high,
    s.currency,
    s.documents,  -- Independent articles that say so, near-duplicates counted once | 持此说法的独立报道数（近似重复只计一次）
    t.documents_all,  -- Independent articles that say anything on it | 就此给出说法的独立报道数
    s.other_values,  -- How many other values or statuses were given | 未被采纳的其他说法数
    s.last_published,  -- Latest article that says so | 最近一次提及的日期
    list_sort(s.claims) AS claim_ids  -- Claims behind it; see evidence(claim) | 依据的断言，可用 evidence() 查看
FROM winners AS s
JOIN totals AS t
    ON t.subject_type = s.subject_type
    AND t.subject_id IS NOT DISTINCT FROM s.subject_id
    AND t.subject = s.subject
    AND t.direction = s.direction
    AND t.condition IS NOT DISTINCT FROM s.condition
    AND t.currency IS NOT DISTINCT FROM s.currency
    AND t.month IS NOT DISTINCT FROM s.month;
