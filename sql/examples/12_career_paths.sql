-- en: Who came from one company of the dataset to another?
-- zh: 谁从数据集中的一家公司去了另一家？
WITH steps AS (SELECT DISTINCT person_id, person, org_id, company, role, status FROM v_people_moves)
SELECT DISTINCT a.person, a.company AS before, b.company AS now, b.role
FROM steps AS a
JOIN steps AS b ON b.person_id = a.person_id AND b.org_id <> a.org_id
WHERE a.status IN ('former', 'left') AND b.status IN ('current', 'joined')
ORDER BY a.person, before, now, b.role
LIMIT 20;
