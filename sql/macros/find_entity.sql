-- en: Which entity goes by this name? find_entity('月之暗面'): any alias, Simplified or Traditional characters, English, or the id itself.
-- zh: 这个名字指的是谁？find_entity('月之暗面')：任何别名、简繁体、英文或标识均可。
CREATE MACRO find_entity(called) AS TABLE
WITH spellings AS (SELECT lower(trim(called)) AS spelling UNION SELECT folded(trim(called))),
named AS (SELECT DISTINCT entity_type AS entity_type, entity_id FROM aliases WHERE lower(surface) IN (FROM spellings))
SELECT n.entity_type, n.entity_id, n.name_zh, n.name_en, n.category
FROM v_entities AS n
LEFT JOIN named AS a ON a.entity_type = n.entity_type AND a.entity_id = n.entity_id
WHERE a.entity_id IS NOT NULL OR n.entity_id IN (FROM spellings) OR lower(n.name_zh) IN (FROM spellings) OR lower(n.name_en) IN (FROM spellings)
ORDER BY n.entity_type, n.entity_id;
