-- en: Who is this company: who runs it, what does it make, who funded it, whom does it work with, what happened to it?
-- zh: 这家公司是谁:谁在管理、做什么产品、谁投资、与谁合作、发生过什么?
-- One row per organisation. For one company by any of its names: profile('智谱').
CREATE VIEW v_company_profile AS
WITH staff AS (
    SELECT a.org_id, coalesce(p.name_zh, p.name_en, a.person_id) || '(' || a.role::VARCHAR || ')' AS person
    FROM affiliations AS a
    LEFT JOIN people AS p ON p.person_id = a.person_id
    WHERE a.status::VARCHAR IN ('current', 'joined')
),
people_of AS (SELECT org_id, list(DISTINCT person ORDER BY person) AS names FROM staff GROUP BY org_id),
models_of AS (SELECT developer_org_id AS org_id, list(DISTINCT name ORDER BY name) AS names FROM models GROUP BY developer_org_id),
products_of AS (
    SELECT org_id, list(DISTINCT coalesce(name_zh, name_en, product_id) ORDER BY coalesce(name_zh, name_en, product_id)) AS names
    FROM products
    GROUP BY org_id
),
cohorts_of AS (
    SELECT m.org_id, list(DISTINCT coalesce(k.name_zh, m.cohort_id) ORDER BY coalesce(k.name_zh, m.cohort_id)) AS names
    FROM cohort_memberships AS m
    LEFT JOIN cohorts AS k ON k.cohort_id = m.cohort_id
    WHERE m.status::VARCHAR = 'member'
    GROUP BY m.org_id
),
dated_rounds AS (
    SELECT f.*, coalesce(f.date_start, d.published_start) AS on_date
    FROM funding_rounds AS f
    JOIN documents AS d ON d.doc_id = f.doc_id
),
last_round AS (
    SELECT org_id, round, value, currency, on_date
    FROM dated_rounds
    WHERE value IS NOT NULL AND round::VARCHAR <> 'cumulative'
    QUALIFY row_number() OVER (PARTITION BY org_id ORDER BY on_date DESC NULLS LAST, claim_id) = 1
),
last_valuation AS (
    SELECT org_id, valuation_value, valuation_currency, on_date
    FROM dated_rounds
    WHERE valuation_value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY org_id ORDER BY on_date DESC NULLS LAST, claim_id) = 1
),
backers AS (
    SELECT org_id, unnest(list_concat(coalesce(lead_investors, []), coalesce(investors, []))) AS investor FROM funding_rounds
),
investors_of AS (
    SELECT b.org_id, list(DISTINCT coalesce(o.name_zh, b.investor) ORDER BY coalesce(o.name_zh, b.investor)) AS names
    FROM backers AS b
    LEFT JOIN organizations AS o ON o.org_id = b.investor
    GROUP BY b.org_id
),
pairs AS (
    SELECT org_a AS org_id, org_b AS partner FROM partnerships
    UNION
    SELECT org_b, org_a FROM partnerships
),
partners_of AS (
    SELECT p.org_id, list(DISTINCT coalesce(o.name_zh, p.partner) ORDER BY coalesce(o.name_zh, p.partner)) AS names
    FROM pairs AS p
    LEFT JOIN organizations AS o ON o.org_id = p.partner
    GROUP BY p.org_id
),
events_of AS (
    SELECT org_id, list(DISTINCT event::VARCHAR ORDER BY event::VARCHAR) AS names FROM corporate_events WHERE org_id IS NOT NULL GROUP BY org_id
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
    SELECT subject_id, doc_id FROM metrics WHERE subject_type::VARCHAR = 'org'
    UNION ALL
    SELECT speaker_id, doc_id FROM statements WHERE speaker_type::VARCHAR = 'org'
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
    coalesce(parent.name_zh, o.parent_org_id) AS parent,  -- parent organisation | 母公司
    people_of.names AS people,  -- people in office and their roles, as any article says | 现任人物及职务(任一报道所述)
    models_of.names AS models,  -- models it develops | 研发的模型
    products_of.names AS products,  -- products it offers | 推出的产品
    cohorts_of.names AS cohorts,  -- cohorts any article counts it in | 被归入的阵营
    last_round.round AS last_round,  -- latest round with an amount | 最近一轮有金额的融资
    last_round.value AS last_round_value,  -- its amount as written | 该轮金额
    last_round.currency AS last_round_currency,  -- its currency | 该轮币种
    last_round.on_date AS last_round_date,  -- its date, else that of the article | 该轮日期,缺则为发表日
    last_valuation.valuation_value AS last_valuation,  -- latest valuation any article gives | 最近一次报道的估值
    last_valuation.valuation_currency AS last_valuation_currency,  -- its currency | 估值币种
    last_valuation.on_date AS last_valuation_date,  -- its date, else that of the article | 估值日期,缺则为发表日
    investors_of.names AS investors,  -- everyone named as an investor | 被提及的投资方
    partners_of.names AS partners,  -- everyone named as a partner | 被提及的合作方
    events_of.names AS events,  -- kinds of corporate events reported | 报道过的公司事件类型
    coalesce(counted.fact_rows, 0) AS fact_rows,  -- fact rows that name it | 涉及该公司的事实行数
    coalesce(counted.documents, 0) AS documents  -- independent articles behind them | 涉及的独立报道数
FROM organizations AS o
LEFT JOIN organizations AS parent ON parent.org_id = o.parent_org_id
LEFT JOIN people_of ON people_of.org_id = o.org_id
LEFT JOIN models_of ON models_of.org_id = o.org_id
LEFT JOIN products_of ON products_of.org_id = o.org_id
LEFT JOIN cohorts_of ON cohorts_of.org_id = o.org_id
LEFT JOIN last_round ON last_round.org_id = o.org_id
LEFT JOIN last_valuation ON last_valuation.org_id = o.org_id
LEFT JOIN investors_of ON investors_of.org_id = o.org_id
LEFT JOIN partners_of ON partners_of.org_id = o.org_id
LEFT JOIN events_of ON events_of.org_id = o.org_id
LEFT JOIN counted ON counted.org_id = o.org_id;
