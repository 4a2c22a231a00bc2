-- en: How many people use each assistant a month, according to whom?
-- zh: 各助手月活跃用户有多少，据谁统计？
SELECT subject, value, modifier, on_date, date_basis, said_by
FROM v_user_metrics
WHERE metric = 'monthly_active_users' AND value IS NOT NULL
ORDER BY value DESC, subject, on_date, claim_id
LIMIT 20;
