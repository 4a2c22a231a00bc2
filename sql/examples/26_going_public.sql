-- en: Who filed for or completed a listing, and when?
-- zh: 谁申请或完成了上市，何时？
SELECT subject, property, coalesce(date_start, published) AS on_date, assertion, said_by, quote
FROM v_facts
WHERE fact_table = 'corporate_events' AND property IN ('ipo_filing', 'ipo_listing')
ORDER BY on_date, subject, claim_id
LIMIT 20;
