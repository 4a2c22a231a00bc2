-- en: Why does the dataset say so? evidence('<claim_id>'): the fact, who says it, the words, the article and the place in it.
-- zh: 数据依据何在？evidence('<claim_id>')：事实、来源、原文、文章与位置。
CREATE MACRO evidence(claim) AS TABLE
SELECT
    f.fact_table, f.subject, f.property, f.value, f.value_low, f.value_high, f.unit, f.object, f.detail, f.date_start, f.date_end,
    f.said_by, f.assertion, f.quote, f.article, f.publisher, f.published, f.url, f.doc_id, e.char_start, e.char_end, e.rule_id,
    e.confidence, e.review_status, e.claim_id
FROM v_facts AS f
JOIN v_evidence AS e ON e.claim_id = f.claim_id
WHERE f.claim_id = claim AND e.claim_id = claim;
