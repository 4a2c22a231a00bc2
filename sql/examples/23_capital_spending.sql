-- en: How much do companies spend on AI, actual or planned?
-- zh: 各公司在 AI 上已花费或计划花费多少？
SELECT coalesce(o.name_zh, k.name_zh) AS who, s.kind, s.status, s.value, s.currency, cny(s.value, s.currency, coalesce(s.date_start, e.published)) AS yuan, s.date_text, e.said_by
FROM spending AS s
JOIN v_evidence AS e USING (claim_id)
LEFT JOIN organizations AS o ON o.org_id = s.org_id
LEFT JOIN cohorts AS k ON k.cohort_id = s.cohort_id
ORDER BY yuan DESC NULLS LAST, who, s.claim_id
LIMIT 20;
