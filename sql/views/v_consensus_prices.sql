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
        list_distinct(list(story_id)) AS stories, max(published) AS last_published, list(claim_id) AS claims
    FROM votes
    GROUP BY subject_type, subject_id, subject, direction, condition, currency, month, company, price_per_million, price_per_million_low, price_per_million_high
),
decided AS (
    SELECT
        subject_type, subject_id, subject, direction, condition, currency, month,
        max_by(
            {'company': company, 'price_per_million': price_per_million, 'price_per_million_low': price_per_million_low, 'price_per_million_high': price_per_million_high,
             'documents': len(stories), 'last_published': last_published, 'claims': claims},
            (len(stories), coalesce(last_published, DATE '0001-01-01'), list_min(claims))
        ) AS won,
        len(list_distinct(flatten(list(stories)))) AS documents_all,
        count(*) - 1 AS other_values
    FROM stances
    GROUP BY subject_type, subject_id, subject, direction, condition, currency, month
)
SELECT
    s.won.company,
    s.subject,
    s.subject_type,
    s.subject_id,
    s.direction,
    s.condition,
    s.month,  -- First day of the month the price is dated in | 价格所属月份的首日
    s.won.price_per_million,
    s.won.price_per_million_low,
    s.won.price_per_million_high,
    s.currency,
    s.won.documents,  -- Independent articles that say so, near-duplicates counted once | 持此说法的独立报道数（近似重复只计一次）
    s.documents_all,  -- Independent articles that say anything on it | 就此给出说法的独立报道数
    s.other_values,  -- How many other values or statuses were given | 未被采纳的其他说法数
    s.won.last_published,  -- Latest article that says so | 最近一次提及的日期
    list_sort(s.won.claims) AS claim_ids  -- Claims behind it; see evidence(claim) | 依据的断言，可用 evidence() 查看
FROM decided AS s;
