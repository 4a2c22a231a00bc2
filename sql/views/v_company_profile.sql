-- en: Who is this company: who runs it, what does it make, who funded it, whom does it work with, what happened to it?
-- zh: 这家公司是谁：谁在管理、做什么产品、谁投资、与谁合作、发生过什么？
-- One row per organisation. For one company by any of its names: profile('智谱').
CREATE VIEW v_company_profile AS
WITH named AS (
    SELECT a.org_id, 'person' AS kind, coalesce(p.name_zh, p.name_en, a.person_id) || '(' || a.role || ')' AS name
    FROM affiliations AS a
    LEFT JOIN people AS p ON p.person_id = a.person_id
    WHERE a.status IN ('current', 'joined')
    UNION ALL
    SELECT developer_org_id, 'model', name FROM models
    UNION ALL
    SELECT org_id, 'product', coalesce(name_zh, name_en, product_id) FROM products
    UNION ALL
    SELECT m.org_id, 'cohort', coalesce(k.name_zh, m.cohort_id)
    FROM cohort_memberships AS m
    LEFT JOIN cohorts AS k ON k.cohort_id = m.cohort_id
    WHERE m.status = 'member'
    UNION ALL
    SELECT org_id, 'event', event FROM corporate_events
    UNION ALL
    SELECT r.org_id, r.kind, coalesce(o.name_zh, r.other)
    FROM (
        SELECT org_id, 'investor' AS kind, unnest(list_concat(coalesce(lead_investors, []), coalesce(investors, []))) AS other FROM funding_rounds
        UNION ALL
        SELECT org_a, 'partner', org_b FROM partnerships
        UNION ALL
        SELECT org_b, 'partner', org_a FROM partnerships
    ) AS r
    LEFT JOIN organizations AS o ON o.org_id = r.other
),
lists AS (
    SELECT
        org_id,
        list(DISTINCT name ORDER BY name) FILTER (WHERE kind = 'person') AS people,
        list(DISTINCT name ORDER BY name) FILTER (WHERE kind = 'model') AS models,
        list(DISTINCT name ORDER BY name) FILTER (WHERE kind = 'product') AS products,
        list(DISTINCT name ORDER BY name) FILTER (WHERE kind = 'cohort') AS cohorts,
        list(DISTINCT name ORDER BY name) FILTER (WHERE kind = 'investor') AS investors,
        list(DISTINCT name ORDER BY name) FILTER (WHERE kind = 'partner') AS partners,
        list(DISTINCT name ORDER BY name) FILTER (WHERE kind = 'event') AS events
    FROM named
    GROUP BY org_id
),
dated AS (
    SELECT f.*, coalesce(f.date_start, d.published_start) AS on_date
    FROM funding_rounds AS f
    JOIN documents AS d ON d.doc_id = f.doc_id
),
money AS (
    SELECT
        org_id,
        max_by(
            {'round': round, 'value': value, 'currency': currency, 'on_date': on_date},
            (coalesce(on_date, DATE '0001-01-01'), claim_id)
        ) FILTER (WHERE value IS NOT NULL AND round <> 'cumulative') AS last_round,
        max_by(
            {'value': valuation_value, 'currency': valuation_currency, 'on_date': on_date},
            (coalesce(on_date, DATE '0001-01-01'), claim_id)
        ) FILTER (WHERE valuation_value IS NOT NULL) AS last_valuation
    FROM dated
    GROUP BY org_id
),
rows_of AS (
    SELECT org_id, doc_id FROM cohort_memberships
    UNION ALL
    SELECT org_id, doc_id FROM affiliations
    UNION ALL
    SELECT org_id, doc_id FROM launches
    UNION ALL
    SELECT org_id, doc_id FROM funding_rounds
    UNION ALL
    SELECT org_id, doc_id FROM spending
    UNION ALL
    SELECT org_id, doc_id FROM corporate_events
    UNION ALL
    SELECT subject_id, doc_id FROM metrics WHERE subject_type = 'org'
    UNION ALL
    SELECT speaker_id, doc_id FROM statements WHERE speaker_type = 'org'
    UNION ALL
    SELECT org_a, doc_id FROM partnerships
    UNION ALL
    SELECT org_b, doc_id FROM partnerships
),
counted AS (
    SELECT r.org_id, count(*) AS fact_rows, count(DISTINCT coalesce(d.duplicate_of, d.doc_id)) AS documents
    FROM rows_of AS r
    JOIN documents AS d ON d.doc_id = r.doc_id
    GROUP BY r.org_id
)
SELECT
    o.name_zh,
    o.name_en,
    o.org_id,
    o.org_type,
    o.country,
    o.city,
    o.founded_year,
    coalesce(parent.name_zh, o.parent_org_id) AS parent,  -- Parent organisation | 母公司
    lists.people,  -- People in office and their roles, as any article says | 现任人物及职务（任一报道所述）
    lists.models,  -- Models it develops | 研发的模型
    lists.products,  -- Products it offers | 推出的产品
    lists.cohorts,  -- Cohorts any article counts it in | 被归入的阵营
    money.last_round.round AS last_round,  -- Latest round with an amount | 最近一轮有金额的融资
    money.last_round.value AS last_round_value,  -- Its amount as written | 该轮金额
    money.last_round.currency AS last_round_currency,  -- Its currency | 该轮币种
    money.last_round.on_date AS last_round_date,  -- Its date, else that of the article | 该轮日期，缺则为发表日
    money.last_valuation.value AS last_valuation,  -- Latest valuation any article gives | 最近一次报道的估值
    money.last_valuation.currency AS last_valuation_currency,  -- Its currency | 估值币种
    money.last_valuation.on_date AS last_valuation_date,  -- Its date, else that of the article | 估值日期，缺则为发表日
    lists.investors,  -- Everyone named as an investor | 被提及的投资方
    lists.partners,  -- Everyone named as a partner | 被提及的合作方
    lists.events,  -- Kinds of corporate events reported | 报道过的公司事件类型
    coalesce(counted.fact_rows, 0) AS fact_rows,  -- Fact rows that name it | 涉及该公司的事实行数
    coalesce(counted.documents, 0) AS documents  -- Independent articles behind them | 涉及的独立报道数
FROM organizations AS o
LEFT JOIN organizations AS parent ON parent.org_id = o.parent_org_id
LEFT JOIN lists ON lists.org_id = o.org_id
LEFT JOIN money ON money.org_id = o.org_id
LEFT JOIN counted ON counted.org_id = o.org_id;
