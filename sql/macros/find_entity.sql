-- en: Which entity goes by this name? find_entity('月之暗面'): any alias, Simplified or Traditional characters, English, or the id itself.
-- zh: 这个名字指的是谁?find_entity('月之暗面'):任何别名、简繁体、英文或标识均可。
CREATE MACRO find_entity(called) AS TABLE
SELECT n.entity_type, n.entity_id, n.name_zh, n.name_en, n.category
FROM v_entities AS n
JOIN (
    SELECT entity_type::VARCHAR AS entity_type, entity_id
    FROM aliases
    WHERE lower(surface) IN (lower(trim(called)), folded(trim(called)))
    UNION
    SELECT entity_type, entity_id
    FROM v_entities
    WHERE
        lower(name_zh) IN (lower(trim(called)), folded(trim(called)))
        OR name_zh_hant = trim(called)
        OR lower(name_en) = lower(trim(called))
        OR entity_id = lower(trim(called))
) AS hit ON hit.entity_type = n.entity_type AND hit.entity_id = n.entity_id
ORDER BY n.entity_type, n.entity_id;
