-- en: What do all articles say about one thing? Every fact of every table in one long list, with its quote, article and date.
-- zh: 所有文章对某个对象都说了什么？全部事实表合成一张长表，附原文、文章与日期。
CREATE VIEW v_facts AS
WITH facts AS (
    SELECT
        'cohort_memberships' AS fact_table, claim_id, 'org' AS subject_type, org_id AS subject_id, NULL::VARCHAR AS subject_text, 'cohort ' || status AS property,
        NULL::DOUBLE AS value, NULL::DOUBLE AS value_low, NULL::DOUBLE AS value_high, NULL::VARCHAR AS modifier, NULL::VARCHAR AS unit,
        'cohort' AS object_type, cohort_id AS object_id, NULL::VARCHAR AS detail, NULL::DATE AS date_start, NULL::DATE AS date_end
    FROM cohort_memberships
    UNION ALL
    SELECT
        'affiliations', claim_id, 'person', person_id, NULL, role || ' ' || status,
        NULL, NULL, NULL, NULL, NULL, 'org', org_id, role_text, NULL, NULL
    FROM affiliations
    UNION ALL
    SELECT
        'launches', claim_id, subject_type, subject_id, NULL, kind,
        NULL, NULL, NULL, NULL, NULL, CASE WHEN org_id IS NOT NULL THEN 'org' END, org_id, date_text, date_start, date_end
    FROM launches
    UNION ALL
    SELECT 'model_specs', claim_id, 'model', model_id, NULL, spec, value, value_low, value_high, modifier, unit, NULL, NULL, value_string, NULL, NULL
    FROM model_specs
    UNION ALL
    SELECT
        'funding_rounds', claim_id, 'org', org_id, NULL, 'funding ' || round, value, value_low, value_high, modifier, currency, NULL, NULL,
        nullif(concat_ws('; ',
            'investors ' || array_to_string(list_sort(list_distinct(list_concat(lead_investors, investors))), ', '),
            'valuation ' || printf('%.0f', coalesce(valuation_value, valuation_low, valuation_high)) || ' ' || valuation_currency
        ), ''),
        date_start, date_end
    FROM funding_rounds
    UNION ALL
    SELECT
        'spending', claim_id, CASE WHEN org_id IS NOT NULL THEN 'org' WHEN cohort_id IS NOT NULL THEN 'cohort' ELSE 'other' END, coalesce(org_id, cohort_id),
        array_to_string(member_org_ids, ', '), 'spending ' || kind || ' ' || status,
        value, value_low, value_high, modifier, currency, NULL, NULL, date_text, date_start, date_end
    FROM spending
    UNION ALL
    SELECT
        'prices', claim_id, subject_type, subject_id, subject_text, 'price ' || direction, price, price_low, price_high, modifier,
        concat_ws(' per ', currency, coalesce(per_tokens::VARCHAR || ' tokens', per_unit)), NULL, NULL,
        nullif(concat_ws('; ', condition, change_percent::VARCHAR || ' percent', 'against ' || baseline), ''), date_start, date_end
    FROM prices
    UNION ALL
    SELECT
        'metrics', claim_id, subject_type, subject_id, subject_text, metric, value, value_low, value_high, modifier, unit, NULL, NULL,
        nullif(concat_ws('; ', of_metric, 'source ' || source), ''), date_start, date_end
    FROM metrics
    UNION ALL
    SELECT
        'rankings', claim_id, subject_type, subject_id, subject_text, CASE WHEN rank IS NULL THEN 'ranked in top ' || top_n::VARCHAR ELSE 'rank' END,
        coalesce(rank, count)::DOUBLE, NULL, NULL, NULL, NULL, NULL, NULL, nullif(concat_ws('; ', leaderboard, category), ''), date_start, date_end
    FROM rankings
    UNION ALL
    SELECT
        'comparisons', claim_id, subject_type, subject_id, NULL, aspect || ' ' || relation, value, value_low, value_high,
        modifier, unit, comparator_type, comparator_id, NULL, NULL, NULL
    FROM comparisons
    UNION ALL
    SELECT
        'partnerships', claim_id, 'org', org_a, NULL, 'partnership ' || kind, NULL, NULL, NULL, NULL, NULL, 'org', org_b, field_text, date_start, date_end
    FROM partnerships
    UNION ALL
    SELECT
        'corporate_events', claim_id, CASE WHEN org_id IS NOT NULL THEN 'org' ELSE 'cohort' END, coalesce(org_id, cohort_id), NULL, event,
        NULL, NULL, NULL, NULL, NULL, CASE WHEN counterparty_org_id IS NOT NULL THEN 'org' WHEN person_id IS NOT NULL THEN 'person' END,
        coalesce(counterparty_org_id, person_id), detail_text, date_start, date_end
    FROM corporate_events
    UNION ALL
    SELECT
        'statements', claim_id, speaker_type, speaker_id, NULL, kind, NULL, NULL, NULL, NULL, NULL, NULL, NULL, text, date_start, date_end
    FROM statements
)
SELECT
    f.fact_table,
    f.subject_type,  -- Kind of thing: org, person, model, product, cohort, country or other | 主体类型
    f.subject_id,  -- What the fact is about | 主体标识
    coalesce(s.name_zh, f.subject_text, f.subject_id) AS subject,  -- Its Chinese name, or the words of the text | 主体中文名，无实体时为原文
    s.name_en AS subject_en,  -- Its English name | 主体英文名
    f.property,  -- What is said: role, kind of launch, spec, metric, event ... | 属性：职务、发布类型、规格、指标、事件等
    f.value,
    f.value_low,
    f.value_high,
    f.modifier,
    f.unit,  -- Unit or currency of the value | 数值的单位或货币
    f.object_type,  -- What kind of thing the fact relates it to | 客体类型
    f.object_id,  -- Organisation, cohort, person or model the fact relates it to | 客体标识
    coalesce(o.name_zh, f.object_id) AS object,  -- Its Chinese name | 客体中文名
    f.detail,  -- The rest of the row in words | 该行其余内容
    f.date_start,
    f.date_end,
    e.said_by,
    e.assertion,
    e.quote,
    e.article,
    e.publisher,
    e.published,
    e.url,
    e.doc_id,
    e.story_id,
    e.confidence,
    f.claim_id
FROM facts AS f
JOIN v_evidence AS e ON e.claim_id = f.claim_id
LEFT JOIN v_entities AS s ON s.entity_type = f.subject_type AND s.entity_id = f.subject_id
LEFT JOIN v_entities AS o ON o.entity_type = f.object_type AND o.entity_id = f.object_id;
