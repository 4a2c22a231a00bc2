-- en: Who came from one company of the dataset to another?
-- zh: 谁从数据集中的一家公司去了另一家？
SELECT DISTINCT a.person, a.company AS before, b.company AS now, b.role
FROM v_people_moves AS a
JOIN v_people_moves AS b ON b.person_id = a.person_id AND b.org_id <> a.org_id
WHERE a.status IN ('former', 'left') AND b.status IN ('current', 'joined')
ORDER BY a.person, before, now, b.role
LIMIT 20;
