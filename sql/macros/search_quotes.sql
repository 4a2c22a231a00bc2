-- en: Which quotes speak of this? search_quotes('融资'), search_quotes('開源 模型', most := 20): Chinese full-text search, best match first.
-- zh: 哪些原文提到它？search_quotes('融资')、search_quotes('開源 模型', most := 20)：中文全文检索，最相关的在前。
-- The query is cut into pieces: Latin words whole, Chinese text into its two-character pieces. A quote matches when it holds at least
-- 60 percent of the pieces; score is the share it holds, and quotes with the whole query in one stretch come first. `most` quotes come back.
-- A scan, not an index: half a million quotes take a third of a second, and the file stays small and needs no extension.
CREATE MACRO search_quotes(query, most := 200) AS TABLE
WITH stretches AS (
    SELECT unnest(regexp_extract_all(folded(query), '[a-z0-9.+-]+|[^\sa-z0-9.+\p{P}-]+')) AS stretch
),
pieces AS (
    SELECT list_distinct(flatten(list(
        CASE
            WHEN length(stretch) <= 2 OR regexp_matches(stretch, '^[a-z0-9.+-]') THEN [stretch]
            ELSE list_transform(range(1, length(stretch)), lambda place: substr(stretch, place::INTEGER, 2))
        END
    ))) AS piece
    FROM stretches
),
scored AS (
    SELECT
        quote_id, doc_id, claim_ids, contains(folded, folded(trim(query))) AS whole,
        list_sum(list_transform((SELECT piece FROM pieces), lambda one: contains(folded, one)::INTEGER)) / (SELECT len(piece) FROM pieces) AS score
    FROM quotes
),
best AS (
    SELECT s.*
    FROM scored AS s
    JOIN documents AS d ON d.doc_id = s.doc_id
    WHERE s.score >= 0.6
    ORDER BY s.whole DESC, s.score DESC, d.published_start DESC NULLS LAST, s.quote_id
    LIMIT most
)
SELECT round(b.score, 2) AS score, e.quote, e.said_by, e.article, e.publisher, e.published, e.doc_id, b.claim_ids
FROM best AS b
JOIN v_evidence AS e ON e.claim_id = b.claim_ids[1]
ORDER BY b.whole DESC, b.score DESC, e.published DESC NULLS LAST, b.quote_id;
