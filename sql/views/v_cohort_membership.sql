-- en: Who belongs to which cohort (Six Tigers, New Five ...), according to whom and when?
-- zh: 谁属于哪个阵营（六小虎、新基模五强……），据谁所说、何时所说？
CREATE VIEW v_cohort_membership AS
SELECT
    coalesce(k.name_zh, m.cohort_id) AS cohort,  -- Cohort, Chinese name | 阵营中文名
    k.name_en AS cohort_en,  -- Cohort, English name | 阵营英文名
    m.cohort_id,
    coalesce(o.name_zh, m.org_id) AS company,  -- Company, Chinese name | 公司中文名
    o.name_en AS company_en,  -- Company, English name | 公司英文名
    m.org_id,
    m.status,
    e.said_by,
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.doc_id,
    m.claim_id
FROM cohort_memberships AS m
JOIN v_evidence AS e ON e.claim_id = m.claim_id
LEFT JOIN cohorts AS k ON k.cohort_id = m.cohort_id
LEFT JOIN organizations AS o ON o.org_id = m.org_id;
