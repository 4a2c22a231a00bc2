-- en: How many tokens and calls does each company or model serve a day?
-- zh: 各公司或模型每天处理多少 token 与调用？
SELECT subject, metric, value, value_low, unit, on_date, said_by
FROM v_user_metrics
WHERE metric IN ('daily_tokens', 'daily_calls', 'tokens_processed')
ORDER BY subject, on_date, metric, claim_id
LIMIT 20;
