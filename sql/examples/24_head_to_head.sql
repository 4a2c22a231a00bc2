-- en: Which models were set against which, and how did they do?
-- zh: 哪些模型被拿来比较，结果如何？
SELECT a.name_zh AS subject, c.aspect, c.relation, b.name_zh AS comparator, c.value, c.unit, e.said_by
FROM comparisons AS c
JOIN v_evidence AS e USING (claim_id)
LEFT JOIN v_entities AS a ON a.entity_type = c.subject_type AND a.entity_id = c.subject_id
LEFT JOIN v_entities AS b ON b.entity_type = c.comparator_type AND b.entity_id = c.comparator_id
ORDER BY subject, comparator, c.aspect, c.claim_id
LIMIT 20;
