-- en: Which passages speak of a price war?
-- zh: 哪些段落谈到价格战？
SELECT score, quote, article, published
FROM search_quotes('價格戰', most := 10);
