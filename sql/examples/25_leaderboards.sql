-- en: Who came first on which leaderboard?
-- zh: 谁在哪个榜单上排第一？
SELECT coalesce(n.name_zh, r.subject_text, r.subject_id) AS subject, r.leaderboard, r.category, coalesce(r.date_start, e.published) AS on_date, e.quote
FROM rankings AS r
JOIN v_evidence AS e USING (claim_id)
LEFT JOIN v_entities AS n ON n.entity_type = r.subject_type AND n.entity_id = r.subject_id
WHERE r.rank = 1
ORDER BY on_date NULLS LAST, subject, r.claim_id
LIMIT 20;
