-- en: Who belongs to which cohort by agreement of independent articles, and how many disagree?
-- zh: 综合各独立报道，谁属于哪个阵营？有多少报道说法不同？
-- One row per cohort and company: the status most independent stories give, the later one on a tie.
CREATE VIEW v_consensus_cohort_memberships AS
WITH stances AS (
    SELECT
        f.cohort_id, f.org_id, f.status,
        list(DISTINCT e.story_id) AS stories, max(e.published) AS last_published, list(DISTINCT f.claim_id ORDER BY f.claim_id) AS claim_ids
    FROM cohort_memberships AS f
    JOIN v_evidence AS e ON e.claim_id = f.claim_id
    WHERE e.assertion::VARCHAR IN ('stated', 'reported')
    GROUP BY ALL
)
SELECT
    coalesce(k.name_zh, s.cohort_id) AS cohort,  -- cohort, Chinese name | 阵营中文名
    s.cohort_id,
    coalesce(o.name_zh, s.org_id) AS company,  -- company, Chinese name | 公司中文名
    o.name_en AS company_en,  -- company, English name | 公司英文名
    s.org_id,
    s.status,
    len(s.stories) AS documents,  -- independent articles that say so | 持此说法的独立报道数
    len(list_distinct(flatten(list(s.stories) OVER same))) AS documents_all,  -- independent articles that speak of the two | 提及二者关系的独立报道数
    count(*) OVER same - 1 AS other_values,  -- how many other statuses were given | 其他说法的数目
    s.last_published,  -- latest article that says so | 最近一次提及的日期
    s.claim_ids  -- claims behind it; see evidence(claim_id) | 依据的断言，可用 evidence(claim_id) 查看
FROM stances AS s
LEFT JOIN cohorts AS k ON k.cohort_id = s.cohort_id
LEFT JOIN organizations AS o ON o.org_id = s.org_id
WINDOW same AS (PARTITION BY s.cohort_id, s.org_id)
QUALIFY row_number() OVER (
    PARTITION BY s.cohort_id, s.org_id
    ORDER BY len(s.stories) DESC, s.last_published DESC NULLS LAST, s.claim_ids[1]
) = 1;
