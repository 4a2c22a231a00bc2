-- en: Who invested in the most companies?
-- zh: 谁投资的公司最多？
WITH backers AS (
    SELECT unnest(list_concat(coalesce(lead_investors, []), coalesce(investors, []))) AS investor, company FROM v_funding_history
)
SELECT coalesce(o.name_zh, investor) AS investor, count(DISTINCT company) AS companies, list(DISTINCT company ORDER BY company) AS portfolio
FROM backers
LEFT JOIN organizations AS o ON o.org_id = investor
GROUP BY ALL
ORDER BY companies DESC, investor
LIMIT 15;
