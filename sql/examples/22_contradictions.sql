-- en: Where do the articles contradict one another?
-- zh: 哪些报道相互矛盾？
SELECT kind, field, explanation_zh, quote_a, quote_b
FROM v_conflicts
ORDER BY kind, field, conflict_id
LIMIT 10;
