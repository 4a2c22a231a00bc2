-- en: A price brought to one million tokens: per_million_tokens(0.5, 1000) = 500. Null where the price is not per token.
-- zh: 换算为每百万 token 的价格：per_million_tokens(0.5, 1000) = 500；非按 token 计价则为空。
CREATE MACRO per_million_tokens(price, per_tokens) AS round(price * 1e6 / per_tokens, 6);
