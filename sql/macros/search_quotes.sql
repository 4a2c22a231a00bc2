-- en: Which quotes speak of this? search_quotes('融资'), search_quotes('開源 模型'): Chinese full-text search, best match first.
-- zh: 哪些原文提到它?search_quotes('融资')、search_quotes('開源 模型'):中文全文检索,最相关的在前。
-- The query is cut into pieces: Latin words whole, Chinese text into its two-character pieces. A quote matches when it holds at least
-- 60 percent of the pieces; score is the share it holds, and quotes with the whole query in one stretch come first.
CREATE MACRO search_quotes(query) AS TABLE
WITH stretches AS (
    SELECT DISTINCT unnest(regexp_extract_all(folded(query), '[a-z0-9.+-]+|[^\sa-z0-9.+\p{P}-]+')) AS stretch
),
pieces AS (
    SELECT DISTINCT
        unnest(
            CASE
                WHEN regexp_matches(stretch, '^[a-z0-9.+-]') OR length(stretch) <= 2 THEN [stretch]
                ELSE list_transform(range(1, length(stretch)), lambda place: substr(stretch, place::INTEGER, 2))
            END
        ) AS piece
    FROM stretches
),
hits AS (
    SELECT q.quote_id, count(*) / (SELECT count(*) FROM pieces) AS score
    FROM quotes AS q
    JOIN pieces AS p ON contains(q.folded, p.piece)
    GROUP BY q.quote_id
    HAVING count(*) >= 0.6 * (SELECT count(*) FROM pieces)
)
SELECT
    round(h.score, 2) AS score, e.quote, e.said_by, e.article, e.publisher, e.published, q.doc_id, q.claim_ids
FROM hits AS h
JOIN quotes AS q ON q.quote_id = h.quote_id
JOIN v_evidence AS e ON e.claim_id = q.claim_ids[1]
ORDER BY contains(q.folded, folded(trim(query))) DESC, h.score DESC, e.published DESC NULLS LAST, q.quote_id;
