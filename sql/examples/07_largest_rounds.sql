-- en: What were the largest funding rounds, in yuan?
-- zh: 按人民币计，最大的几轮融资是哪些？
SELECT company, round, value, currency, value_cny, rate, on_date, said_by
FROM v_funding_history
WHERE value_cny IS NOT NULL AND round <> 'cumulative' AND assertion <> 'denied'
ORDER BY value_cny DESC, company, on_date, claim_id
LIMIT 15;
