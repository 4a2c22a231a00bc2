-- en: Who works where, who joined and who left, in which role?
-- zh: 谁在哪里任职，谁加入、谁离开，担任什么职务？
CREATE VIEW v_people_moves AS
SELECT
    coalesce(p.name_zh, a.person_id) AS person,  -- Person, Chinese name | 人物中文名
    p.name_en AS person_en,  -- Person, English name | 人物英文名
    a.person_id,
    a.status,
    coalesce(o.name_zh, a.org_id) AS company,  -- Organisation, Chinese name | 机构中文名
    o.name_en AS company_en,  -- Organisation, English name | 机构英文名
    a.org_id,
    a.role,
    a.role_text,
    e.said_by,
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.doc_id,
    a.claim_id
FROM affiliations AS a
JOIN v_evidence AS e ON e.claim_id = a.claim_id
LEFT JOIN people AS p ON p.person_id = a.person_id
LEFT JOIN organizations AS o ON o.org_id = a.org_id;
