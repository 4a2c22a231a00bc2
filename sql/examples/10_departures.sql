-- en: Who left which company?
-- zh: 谁离开了哪家公司？
SELECT person, company, role, role_text, published, quote
FROM v_people_moves
WHERE status = 'left'
ORDER BY published DESC NULLS LAST, person, company, claim_id
LIMIT 20;
