-- en: Which organisations, people, models, products and cohorts does the dataset know, in one list?
-- zh: 数据集收录了哪些机构、人物、模型、产品与阵营（同一张表）？
CREATE VIEW v_entities AS
SELECT
    'org' AS entity_type,  -- Kind of entity: org, person, model, product or cohort | org、person、model、product 或 cohort
    org_id AS entity_id,  -- Id in the table of that type | 对应实体表的 id
    name_zh,
    name_zh_hant,
    name_en,
    org_type AS category,  -- Its org_type, modality or product category | 机构类型、模型模态或产品类别
    parent_org_id AS owner_org_id  -- Developer of a model, owner of a product, parent of an organisation | 模型开发者、产品所属方或母公司
FROM organizations
UNION ALL
SELECT 'person', person_id, name_zh, name_zh_hant, name_en, NULL, NULL FROM people
UNION ALL
SELECT 'model', model_id, name, name, name, modality, developer_org_id FROM models
UNION ALL
SELECT 'product', product_id, name_zh, name_zh, name_en, category, org_id FROM products
UNION ALL
SELECT 'cohort', cohort_id, name_zh, name_zh, name_en, NULL, NULL FROM cohorts;
