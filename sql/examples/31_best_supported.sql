-- en: Which figures do most independent articles agree on?
-- zh: 哪些数字得到最多独立报道的一致支持？
SELECT subject, metric, coalesce(value, value_low, value_high) AS value, unit, date_start, documents, documents_all
FROM v_consensus_metrics
ORDER BY documents DESC, documents_all DESC, subject, subject_id, metric, of_metric, unit, date_start NULLS LAST, date_end
LIMIT 15;
