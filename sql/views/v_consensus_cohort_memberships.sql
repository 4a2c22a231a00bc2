-- en: Who belongs to which cohort by agreement of independent articles, and how many disagree?
-- zh: 综合各独立报道，谁属于哪个阵营？有多少报道说法不同？
-- One row per cohort and company: the status most independent stories give, the later one on a tie.
CREATE VIEW v_consensus_cohort_memberships AS
WITH votes AS (
    SELECT f.cohort_id, f.org_id, f.status, e.story_id, e.published, f.claim_id
    FROM cohort_memberships AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE e.assertion IN ('stated', 'reported')
),
stances AS (
    SELECT
        cohort_id, org_id,
        status,
        list_distinct(list(story_id)) AS stories, max(published) AS last_published, list(claim_id) AS claims
    FROM votes
    GROUP BY cohort_id, org_id, status
),
decided AS (
    SELECT
        cohort_id, org_id,
        max_by(
            {'status': status, 'documents': len(stories), 'last_published': last_published, 'claims': claims},
            (len(stories), coalesce(last_published, DATE '0001-01-01'), list_min(claims))
        ) AS won,
        len(list_distinct(flatten(list(stories)))) AS documents_all,
        count(*) - 1 AS other_values
    FROM stances
    GROUP BY cohort_id, org_id
)
SELECT
    coalesce(k.name_zh, s.cohort_id) AS cohort,  -- Cohort, Chinese name | 阵营中文名
    s.cohort_id,
    coalesce(o.name_zh, s.org_id) AS company,  -- Company, Chinese name | 公司中文名
    o.name_en AS company_en,  -- Company, English name | 公司英文名
    s.org_id,
    s.won.status,
    s.won.documents,  -- Independent articles that say so, near-duplicates counted once | 持此说法的独立报道数（近似重复只计一次）
    s.documents_all,  -- Independent articles that say anything on it | 就此给出说法的独立报道数
    s.other_values,  -- How many other values or statuses were given | 未被采纳的其他说法数
    s.won.last_published,  -- Latest article that says so | 最近一次提及的日期
    list_sort(s.won.claims) AS claim_ids  -- Claims behind it; see evidence(claim) | 依据的断言，可用 evidence() 查看
FROM decided AS s
LEFT JOIN cohorts AS k ON k.cohort_id = s.cohort_id
LEFT JOIN organizations AS o ON o.org_id = s.org_id;
