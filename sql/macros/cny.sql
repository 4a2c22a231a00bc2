-- en: An amount in yuan at the average rate of the year: cny(100, 'USD', DATE '2024-05-01'). Null where exchange_rates has no rate.
-- zh: 按当年平均汇率折合人民币：cny(100, 'USD', DATE '2024-05-01')；exchange_rates 无汇率则为空。
CREATE MACRO cny(amount, code, day) AS CASE
    WHEN upper(code::VARCHAR) = 'CNY' THEN amount::DOUBLE
    ELSE round(
        amount * (SELECT r.cny_per_unit FROM exchange_rates AS r WHERE r.currency = upper(code::VARCHAR) AND r.year = year(day::DATE)), 2
    )
END;
