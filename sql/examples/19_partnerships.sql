-- en: Who works with whom, on what?
-- zh: 谁与谁合作、合作什么？
SELECT source_name, target_name, kind, documents, first_date, fields
FROM v_partnership_edges
ORDER BY documents DESC, source, target, kind
LIMIT 20;
