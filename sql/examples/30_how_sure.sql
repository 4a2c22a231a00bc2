-- en: How are the facts asserted: stated, reported, planned, predicted, rumoured or denied?
-- zh: 各类事实的断言方式：陈述、转述、计划、预测、传闻还是否认？
PIVOT (SELECT fact_table, assertion FROM claims) ON assertion IN ('stated', 'reported', 'planned', 'predicted', 'rumoured', 'denied')
USING count(*) GROUP BY fact_table ORDER BY fact_table;
