-- en: What had been reported about DeepSeek's models by the end of 2024?
-- zh: 截至 2024 年底，关于 DeepSeek 的模型已有哪些报道？
SELECT subject, property, value, unit, object, published, quote
FROM as_of('2024-12-31')
WHERE (subject_id LIKE 'deepseek%' OR object_id LIKE 'deepseek%')
ORDER BY published, subject, property, claim_id
LIMIT 15;
