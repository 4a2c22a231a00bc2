-- en: What does each model cost per million tokens, by agreement of independent articles, month by month?
-- zh: 综合各独立报道，每个模型每百万 token 的价格逐月是多少？
-- One row per subject, direction, condition, currency and month of the price. Near-duplicates count once; only what is stated or reported votes.
CREATE VIEW v_consensus_prices AS
WITH stances AS (
    SELECT
        p.company, p.subject, p.subject_type, p.subject_id, p.direction, p.condition, p.currency,
        date_trunc('month', p.on_date)::DATE AS month,
        p.price_per_million,
        CASE WHEN p.price_per_million IS NULL THEN p.price_per_million_low END AS price_per_million_low,
        CASE WHEN p.price_per_million IS NULL THEN p.price_per_million_high END AS price_per_million_high,
        list(DISTINCT e.story_id) AS stories, max(e.published) AS last_published, list(DISTINCT p.claim_id ORDER BY p.claim_id) AS claim_ids
    FROM v_price_history AS p
    JOIN v_evidence AS e ON e.claim_id = p.claim_id
    WHERE
        e.assertion::VARCHAR IN ('stated', 'reported')
        AND coalesce(p.price_per_million, p.price_per_million_low, p.price_per_million_high) IS NOT NULL
    GROUP BY ALL
)
SELECT
    s.company,
    s.subject,
    s.subject_type,
    s.subject_id,
    s.direction,
    s.condition,
    s.month,  -- first day of the month the price is dated in | 价格所属月份的首日
    s.price_per_million,
    s.price_per_million_low,
    s.price_per_million_high,
    s.currency,
    len(s.stories) AS documents,  -- independent articles that state this price | 支持该价格的独立报道数
    len(list_distinct(flatten(list(s.stories) OVER same))) AS documents_all,  -- independent articles that state any price | 给出任何价格的独立报道数
    count(*) OVER same - 1 AS other_values,  -- how many different prices lost | 未被采纳的其他价格数
    s.last_published,  -- latest article that states it | 最近一次提及的日期
    s.claim_ids  -- claims behind it; see evidence(claim_id) | 依据的断言，可用 evidence(claim_id) 查看
FROM stances AS s
WINDOW same AS (PARTITION BY s.subject_type, s.subject_id, s.subject, s.direction, s.condition, s.currency, s.month)
QUALIFY row_number() OVER (
    PARTITION BY s.subject_type, s.subject_id, s.subject, s.direction, s.condition, s.currency, s.month
    ORDER BY len(s.stories) DESC, s.last_published DESC NULLS LAST, s.claim_ids[1]
) = 1;
