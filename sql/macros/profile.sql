-- en: Everything on one company by any of its names: profile('智谱'), profile('智譜'), profile('Zhipu').
-- zh: 用任意名称查一家公司的全貌：profile('智谱')、profile('智譜')、profile('Zhipu')。
CREATE MACRO profile(company) AS TABLE
WITH spellings AS (SELECT lower(trim(company)) AS spelling UNION SELECT folded(trim(company))),
named AS (
    SELECT entity_id FROM aliases WHERE entity_type = 'org' AND lower(surface) IN (FROM spellings)
    UNION
    SELECT org_id
    FROM organizations
    WHERE org_id IN (FROM spellings) OR lower(name_zh) IN (FROM spellings) OR lower(name_en) IN (FROM spellings)
)
SELECT * FROM v_company_profile WHERE org_id IN (FROM named) ORDER BY org_id;
