-- en: Which models came out when, and from whom?
-- zh: 哪些模型何时由谁发布？
SELECT min(on_date) AS first_date, model, developer, list(DISTINCT kind ORDER BY kind) AS kinds, count(DISTINCT doc_id) AS articles
FROM v_model_timeline
GROUP BY model, model_id, developer
ORDER BY first_date NULLS LAST, model
LIMIT 30;
