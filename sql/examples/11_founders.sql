-- en: Who founded or leads which company?
-- zh: 谁创办或领导哪家公司？
SELECT company, person, list(DISTINCT role ORDER BY role) AS roles, count(DISTINCT doc_id) AS articles
FROM v_people_moves
WHERE role IN ('founder', 'co_founder', 'ceo') AND status IN ('current', 'joined')
GROUP BY ALL
ORDER BY articles DESC, company, person
LIMIT 20;
