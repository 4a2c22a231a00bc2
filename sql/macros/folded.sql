-- en: One spelling for comparing: folded('開源 ＡＩ') = '开源 ai' (Simplified characters, lower case, half width; no network, no extension).
-- zh: 统一写法以便比较：folded('開源 ＡＩ') = '开源 ai'（转简体、小写、半角；无需联网或扩展）。
CREATE MACRO folded(words) AS (
    SELECT coalesce(string_agg(coalesce(v.plain, c.letter), '' ORDER BY c.place), '')
    FROM (SELECT unnest(string_split(lower(words), '')) AS letter, generate_subscripts(string_split(lower(words), ''), 1) AS place) AS c
    LEFT JOIN script_variants AS v ON v.variant = c.letter
);
