-- en: What did people predict?
-- zh: 业内人士作出过哪些预测？
SELECT on_date, speaker, text, article
FROM v_statements
WHERE kind = 'prediction'
ORDER BY on_date NULLS LAST, speaker, claim_id
LIMIT 15;
