-- en: Which companies stand in several cohorts at once?
-- zh: 哪些公司同时属于多个阵营？
SELECT company, list(cohort ORDER BY cohort) AS cohorts, sum(documents)::BIGINT AS documents
FROM v_consensus_cohort_memberships
WHERE status = 'member'
GROUP BY company, org_id
HAVING count(*) > 1
ORDER BY len(cohorts) DESC, documents DESC, company
LIMIT 20;
