-- en: One spelling for comparing: folded('開源 ＡＩ') = '开源 ai' (Simplified characters, lower case, half width; no network, no extension).
-- zh: 统一写法以便比较:folded('開源 ＡＩ') = '开源 ai'(转简体、小写、半角;无需联网或扩展)。
CREATE MACRO folded(words) AS translate(
    lower(words),
    (SELECT string_agg(variant, '' ORDER BY variant) FROM script_variants),
    (SELECT string_agg(plain, '' ORDER BY variant) FROM script_variants)
);
