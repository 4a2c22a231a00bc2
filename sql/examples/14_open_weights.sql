-- en: Who opened the weights of most models?
-- zh: 谁开源的模型最多？
SELECT developer, count(DISTINCT model_id) AS models, min(on_date) AS first, max(on_date) AS last
FROM v_model_timeline
WHERE open_weights OR kind = 'open_source'
GROUP BY developer
ORDER BY models DESC, developer
LIMIT 15;
