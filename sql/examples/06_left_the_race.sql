-- en: Who stopped training foundation models or changed course, and in which words is that said?
-- zh: 谁放弃了基础大模型或转向，原文怎么说？
SELECT coalesce(o.name_zh, k.name_zh) AS who, c.event, coalesce(c.date_start, e.published) AS on_date, e.assertion, e.quote
FROM corporate_events AS c
JOIN v_evidence AS e USING (claim_id)
LEFT JOIN organizations AS o ON o.org_id = c.org_id
LEFT JOIN cohorts AS k ON k.cohort_id = c.cohort_id
WHERE c.event IN ('exit_foundation_models', 'pivot')
ORDER BY on_date, who, claim_id
LIMIT 20;
