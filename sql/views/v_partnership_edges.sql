-- en: Who works with whom, on what, and how many independent articles say so? One row per unordered pair and kind.
-- zh: 谁与谁合作、合作什么、有多少篇独立报道提到？每对公司、每种合作一行（不分先后）。
CREATE VIEW v_partnership_edges AS
SELECT
    coalesce(any_value(a.name_zh), source) AS source_name,  -- First company, Chinese name | 甲方中文名
    coalesce(any_value(b.name_zh), target) AS target_name,  -- Second company, Chinese name | 乙方中文名
    source,  -- Org_id that sorts first | 排序在前的 org_id
    target,  -- Org_id that sorts second | 排序在后的 org_id
    kind,
    count(DISTINCT story_id) AS documents,  -- Independent articles, near-duplicates counted once | 独立报道数，近似重复只计一次
    min(on_date) AS first_date,  -- Earliest date, else publication date | 最早日期，缺则为发表日
    max(on_date) AS last_date,  -- Latest date, else publication date | 最晚日期，缺则为发表日
    list(DISTINCT field_text ORDER BY field_text) FILTER (WHERE field_text IS NOT NULL) AS fields,  -- What they work on, as written | 合作领域（原文）
    list(DISTINCT claim_id ORDER BY claim_id) AS claim_ids  -- Claims behind the edge; see evidence(claim_id) | 依据的断言，可用 evidence(claim_id) 查看
FROM (
    SELECT
        least(p.org_a, p.org_b) AS source,
        greatest(p.org_a, p.org_b) AS target,
        p.kind,
        p.field_text,
        e.story_id,
        coalesce(p.date_start, e.published) AS on_date,
        p.claim_id
    FROM partnerships AS p
    JOIN v_evidence AS e ON e.claim_id = p.claim_id
    WHERE e.assertion <> 'denied'
) AS edges
LEFT JOIN organizations AS a ON a.org_id = edges.source
LEFT JOIN organizations AS b ON b.org_id = edges.target
GROUP BY source, target, kind;
