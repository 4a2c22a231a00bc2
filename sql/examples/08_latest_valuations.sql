-- en: What is each company worth, by the latest report?
-- zh: 据最近的报道，各公司估值多少？
SELECT company, valuation_value, valuation_currency, valuation_cny, on_date, said_by
FROM v_funding_history
WHERE valuation_value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY org_id ORDER BY on_date DESC NULLS LAST, claim_id) = 1
ORDER BY valuation_cny DESC NULLS LAST, company
LIMIT 15;
