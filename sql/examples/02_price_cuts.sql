-- en: Who cut prices, by how much, and against what?
-- zh: 谁降了价、降了多少、与什么相比？
SELECT company, subject, change_percent, baseline, on_date, quote
FROM v_price_history
WHERE change_percent < 0
ORDER BY change_percent, on_date, claim_id
LIMIT 20;
