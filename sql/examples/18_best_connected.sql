-- en: Who has the most partners?
-- zh: 谁的合作伙伴最多？
WITH ends AS (
    SELECT source_name AS company, target AS partner, documents FROM v_partnership_edges
    UNION ALL
    SELECT target_name, source, documents FROM v_partnership_edges
)
SELECT company, count(DISTINCT partner) AS partners, sum(documents)::BIGINT AS documents
FROM ends
GROUP BY company
ORDER BY partners DESC, documents DESC, company
LIMIT 15;
