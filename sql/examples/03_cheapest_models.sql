-- en: Which models are cheapest per million input tokens, in yuan?
-- zh: 每百万输入 token 折合人民币，哪些模型最便宜？
SELECT company, subject, month, price_per_million, currency, cny(price_per_million, currency, month) AS yuan, documents
FROM v_consensus_prices
WHERE direction IN ('input', 'any') AND price_per_million IS NOT NULL AND condition IS NULL
ORDER BY yuan NULLS LAST, company, subject, month
LIMIT 15;
