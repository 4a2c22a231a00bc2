-- en: Who is quoted most, and on how many different days?
-- zh: 谁被引述最多？分布在多少个不同日期？
SELECT speaker, speaker_type, count(*) AS statements, count(DISTINCT on_date) AS days, count(*) FILTER (WHERE is_direct_quote) AS in_their_own_words
FROM v_statements
GROUP BY ALL
ORDER BY statements DESC, speaker
LIMIT 15;
