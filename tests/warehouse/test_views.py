"""What the views and macros answer, on four invented articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Ask = Callable[..., list[tuple[Any, ...]]]


def test_prices_are_per_million_tokens_whatever_the_article_used(ask: Ask) -> None:
    rows = ask("SELECT company, price_per_million, currency, on_date, date_basis, said_by FROM v_price_history ORDER BY claim_id")
    assert rows == [
        ("灯海科技", 0.8, "CNY", date(2024, 5, 15), "article", "a报"),
        ("灯海科技", 0.8, "CNY", date(2024, 6, 1), "article", "张三"),
    ]


def test_an_article_without_a_publisher_speaks_under_its_title(ask: Ask) -> None:
    assert ask("SELECT DISTINCT said_by FROM v_evidence WHERE doc_id = 'd'") == [("第d篇",)]


def test_a_converted_amount_stands_beside_the_original_with_rate_and_source(ask: Ask) -> None:
    rows = ask(
        "SELECT value, currency, value_cny, rate, rate_start, rate_end, rate_source LIKE 'European Central Bank%' FROM v_funding_history ORDER BY claim_id"
    )
    assert rows[0] == (1e8, "USD", 708_429_000.0, 7.08429, date(2023, 1, 1), date(2023, 12, 31), True)
    assert rows[1][3:5] == (7.19476, date(2024, 1, 1)), "a round without a date takes the year of the article"


def test_a_copy_of_an_article_is_no_second_voice(ask: Ask) -> None:
    """Two stories say two amounts; the copy in c adds nothing, the rumour in d does not vote, so the later story wins the tie."""
    rows = ask("SELECT value, documents, documents_all, other_values FROM v_consensus_funding_rounds")
    assert rows == [(2e8, 1, 2, 1)]


def test_the_price_two_articles_agree_on_is_the_consensus_of_its_month(ask: Ask) -> None:
    assert ask("SELECT subject, month, price_per_million, documents FROM v_consensus_prices ORDER BY month") == [
        ("Lamp-1", date(2024, 5, 1), 0.8, 1),
        ("Lamp-1", date(2024, 6, 1), 0.8, 1),
    ]


def test_on_a_tie_the_later_word_on_a_cohort_counts(ask: Ask) -> None:
    assert ask("SELECT cohort, company, status, documents, documents_all, other_values FROM v_consensus_cohort_memberships") == [
        ("海上双星", "灯海科技", "left", 1, 2, 1)
    ]


def test_a_pair_of_partners_is_one_edge_in_either_order(ask: Ask) -> None:
    assert ask("SELECT source_name, target_name, kind, documents, fields, len(claim_ids) FROM v_partnership_edges") == [
        ("灯海科技", "谷雨资本", "strategic", 2, ["算力"], 2)
    ]


def test_a_conflict_shows_both_quotes(ask: Ask) -> None:
    assert ask("SELECT quote_a, article_a, quote_b, article_b, same_story FROM v_conflicts") == [
        ("灯海科技融资1亿美元", "第a篇", "灯海科技融资2亿美元", "第b篇", False)
    ]


def test_every_fact_is_in_the_long_view_once(ask: Ask) -> None:
    assert ask("SELECT count(*), count(DISTINCT claim_id) FROM v_facts") == [(10, 10)]
    assert ask("SELECT subject, property, value, unit, detail FROM v_facts WHERE claim_id = ?", f"{3:016x}") == [
        ("灯海科技", "funding A", 1e8, "USD", "investors millet")
    ]


def test_the_long_view_holds_every_claim_of_a_generated_release(database: Any) -> None:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        assert con.execute(
            "SELECT (SELECT count(*) FROM claims) = count(*), count(*) = count(DISTINCT claim_id) FROM v_facts"
        ).fetchall() == [(True, True)]


@pytest.mark.parametrize("name", ["灯海科技", "燈海科技", "灯海", "燈海", "lanternsea", "LANTERN SEA", " Lantern ", "ｌａｎｔｅｒｎ"])
def test_profile_takes_any_name_in_either_script_or_english(name: str, ask: Ask) -> None:
    found = ask("SELECT org_id, models, cohorts, investors, partners, last_round, last_round_value, documents FROM profile(?)", name)
    assert found == [("lantern", ["Lamp-1"], ["海上双星"], ["谷雨资本"], ["谷雨资本"], "A", 3e8, 3)]


def test_profile_of_an_unknown_name_is_empty(ask: Ask) -> None:
    assert ask("FROM profile('无此公司')") == []


def test_find_entity_finds_what_is_no_company(ask: Ask) -> None:
    assert ask("SELECT entity_type, entity_id FROM find_entity('海上雙星')") == [("cohort", "sea-pair")]
    assert ask("SELECT entity_type, entity_id FROM find_entity('LAMP-1')") == [("model", "lamp-1")]


@pytest.mark.parametrize("query", ["融资", "融資", "完成融资", "新一轮"])
def test_search_finds_traditional_text_by_simplified_words_and_the_reverse(query: str, ask: Ask) -> None:
    assert "燈海科技完成新一輪融資" in [quote for (quote,) in ask("SELECT quote FROM search_quotes(?)", query)]


def test_search_ranks_what_holds_the_whole_query_first(ask: Ask) -> None:
    quotes = ask("SELECT quote, score FROM search_quotes('融资2亿')")
    assert quotes[0] == ("灯海科技融资2亿美元", 1.0)


def test_search_ignores_width_and_case_of_latin_letters(ask: Ask) -> None:
    assert len(ask("FROM search_quotes('ＬＡＭＰ-1 tokens')")) == 2


@pytest.mark.parametrize("query", ["", "  ", "，。", "无关的词语", "' OR 1=1 --", "%", "_"])
def test_search_for_nothing_finds_nothing(query: str, ask: Ask) -> None:
    assert ask("FROM search_quotes(?)", query) == []


def test_search_gives_as_many_as_asked(ask: Ask) -> None:
    assert len(ask("FROM search_quotes('灯海', most := 2)")) == 2


def test_evidence_leads_from_a_claim_to_its_words_and_article(ask: Ask) -> None:
    rows = ask("SELECT fact_table, subject, value, quote, article, doc_id, char_end FROM evidence(?)", f"{1:016x}")
    assert rows == [("prices", "Lamp-1", 0.0008, "Lamp-1每千tokens收0.0008元", "第a篇", "a", 22)]


def test_as_of_a_day_knows_only_what_had_appeared(ask: Ask) -> None:
    assert ask("SELECT DISTINCT doc_id FROM as_of('2024-05-31') ORDER BY 1") == [("a",), ("c",)]
    assert ask("SELECT count(*) FROM as_of(DATE '2024-01-01')") == [(0,)]


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("per_million_tokens(0.5, 1000)", 500.0),
        ("per_million_tokens(0.0008, 1000)", 0.8),
        ("per_million_tokens(20, NULL)", None),
        ("cny(100, 'CNY', NULL)", 100.0),
        ("cny(100, 'usd', DATE '2023-06-01')", 708.43),
        ("cny(100, 'USD', '2023-06-01')", 708.43),
        ("cny(100, 'USD', DATE '1990-01-01')", None),
        ("cny(100, 'XYZ', DATE '2024-01-01')", None),
        ("cny(NULL, 'USD', DATE '2024-01-01')", None),
        ("folded('開源 ＡＩ')", "开源 ai"),
        ("folded('')", ""),
    ],
)
def test_scalar_macros(sql: str, value: object, ask: Ask) -> None:
    assert ask(f"SELECT {sql}") == [(value,)]


def test_the_file_explains_itself(ask: Ask) -> None:
    rows = dict(ask("SELECT name, about FROM start_here"))
    assert "million tokens" in rows["v_price_history"]
    assert "profile(company)" in rows
    assert "documents" in rows


def test_views_answer_when_the_file_is_attached_under_another_name(small_database: Any) -> None:
    import duckdb

    with duckdb.connect() as con:
        con.execute(f"ATTACH '{small_database}' AS other (READ_ONLY)")
        assert con.execute("SELECT count(*) FROM other.v_facts").fetchone() == (10,)
        con.execute("USE other")
        assert con.execute("SELECT org_id FROM profile('灯海')").fetchone() == ("lantern",)
