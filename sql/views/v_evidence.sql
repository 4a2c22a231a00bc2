-- en: Who says it, in which words, in which article? One row per claim; join it to any fact table on claim_id.
-- zh: 谁说的、原文怎么写、出自哪篇文章？每条断言一行，可按 claim_id 与任一事实表连接。
CREATE VIEW v_evidence AS
SELECT
    c.claim_id,
    c.fact_table,
    coalesce(c.attributed_to, d.publisher, d.author, d.title, c.doc_id) AS said_by,  -- Whom the text credits, else the publisher, author or title of the article | 原文注明的来源，否则为文章的媒体、作者或标题
    c.attributed_to,
    c.assertion,
    c.quote,
    d.title AS article,  -- Title of the article | 文章标题
    d.publisher,
    d.published_start AS published,  -- First day on which the article can have been published | 文章可能的最早发表日
    d.url,
    c.doc_id,
    coalesce(d.duplicate_of, c.doc_id) AS story_id,  -- The earliest copy of the same story: count these, not doc_id, for independent sources | 同一报道的最早版本；统计独立来源时按此列
    c.confidence,
    c.review_status,
    c.rule_id,
    c.sentence_no,
    c.char_start,
    c.char_end
FROM claims AS c
JOIN documents AS d USING (doc_id);
