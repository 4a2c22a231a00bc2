-- en: What had been reported by a given day? as_of('2025-01-31'): the rows of v_facts whose article had appeared by then.
-- zh: 截至某日已有哪些报道？as_of('2025-01-31')：返回文章在该日或之前发表的 v_facts 行。
CREATE MACRO as_of(day) AS TABLE
SELECT * FROM v_facts WHERE published <= day::DATE;
