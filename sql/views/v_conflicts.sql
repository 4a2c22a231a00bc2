-- en: Where do articles contradict one another, and what exactly does each side say?
-- zh: 哪些报道相互矛盾，双方的原话分别是什么？
-- A temporal conflict may have one side only: an event dated after its own article.
CREATE VIEW v_conflicts AS
WITH sides AS (SELECT * FROM v_evidence WHERE claim_id IN (SELECT claim_id_a FROM conflicts UNION SELECT claim_id_b FROM conflicts))
SELECT
    c.conflict_id,
    c.kind,
    c.field,
    c.explanation_en,
    c.explanation_zh,
    a.fact_table,
    a.said_by AS said_by_a,  -- Who says the first | 甲方说法的来源
    a.quote AS quote_a,  -- Words of the first | 甲方原文
    a.article AS article_a,  -- Article of the first | 甲方所在文章
    a.published AS published_a,  -- When the first was published | 甲方文章发表日
    b.said_by AS said_by_b,  -- Who says the second | 乙方说法的来源
    b.quote AS quote_b,  -- Words of the second | 乙方原文
    b.article AS article_b,  -- Article of the second | 乙方所在文章
    b.published AS published_b,  -- When the second was published | 乙方文章发表日
    a.story_id IS NOT DISTINCT FROM b.story_id AS same_story,  -- Both sides stand in one story (an article and its copies) | 双方出自同一报道（含转载）
    c.claim_id_a,
    c.claim_id_b
FROM conflicts AS c
JOIN sides AS a ON a.claim_id = c.claim_id_a
LEFT JOIN sides AS b ON b.claim_id = c.claim_id_b;
