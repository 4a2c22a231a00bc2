-- en: Everything on one company by any of its names: profile('智谱'), profile('智譜'), profile('Zhipu').
-- zh: 用任意名称查一家公司的全貌:profile('智谱')、profile('智譜')、profile('Zhipu')。
CREATE MACRO profile(company) AS TABLE
SELECT *
FROM v_company_profile
WHERE org_id IN (SELECT entity_id FROM find_entity(company) WHERE entity_type = 'org');
