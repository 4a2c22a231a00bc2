-- en: What did each company charge per million tokens, when, and who says so?
-- zh: 各家公司每百万 token 收多少钱、何时、谁说的？
SELECT company, subject, direction, price_per_million, currency, on_date, said_by
FROM v_price_history
WHERE price_per_million IS NOT NULL
ORDER BY on_date, company, subject, claim_id
LIMIT 30;
