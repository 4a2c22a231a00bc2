-- en: What does the dataset know about Zhipu (typed in Traditional characters)?
-- zh: 数据集对智谱了解多少（用繁体输入）？
SELECT name_zh, org_type, people, models, cohorts, partners, events, fact_rows, documents
FROM profile('智譜');
