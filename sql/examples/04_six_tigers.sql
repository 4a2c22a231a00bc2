-- en: Who counts as one of the Six Tigers, according to whom?
-- zh: 谁被算作“六小虎”，据谁所说？
SELECT company, status, count(DISTINCT doc_id) AS articles, list(DISTINCT said_by ORDER BY said_by) AS according_to
FROM v_cohort_membership
WHERE cohort_id IN (SELECT entity_id FROM find_entity('六小虎') WHERE entity_type = 'cohort')
GROUP BY company, org_id, status
ORDER BY articles DESC, company, status;
