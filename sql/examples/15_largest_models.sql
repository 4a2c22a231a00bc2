-- en: Which models are largest, and how sure is that?
-- zh: 哪些模型参数量最大？依据有多可靠？
SELECT model, spec, coalesce(value, value_high, value_low) / 1e9 AS billions, documents, documents_all, other_values
FROM v_consensus_model_specs
WHERE spec IN ('total_parameters', 'parameters')
ORDER BY billions DESC, model, spec
LIMIT 15;
