"""Metrics: what a number measures, whose it is, when. All sentences are invented."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from pipeline.tables import TABLES
from tests.facts.conftest import FactsIn


def measured(facts_in: FactsIn, text: str) -> set[tuple[str, str, float | None]]:
    return {(r["subject_id"], r["metric"], r["value"]) for r in facts_in(text, table="metrics")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("豆包的月活跃用户达到1.3亿。", {("doubao-app", "monthly_active_users", 1.3e8)}),
        ("Kimi日活突破300万。", {("kimi-app", "daily_active_users", 3e6)}),
        ("ChatGPT每周活跃用户超过6亿。", {("chatgpt", "users", 6e8)}),
        ("超过2亿用户使用豆包。", {("doubao-app", "users", 2e8)}),
        ("豆包累计下载量超过5000万次。", {("doubao-app", "downloads", 5e7)}),
        ("智谱的开放平台已有70万开发者。", {("zhipu", "developers", 7e5)}),
        ("潞晨科技的企业客户数突破900家。", {("luchen", "enterprise_customers", 900.0)}),
        ("拥有300名员工的月之暗面正在搬家。", {("moonshot", "headcount", 300.0)}),
        ("阶跃星辰员工总数约为450人。", {("stepfun", "headcount", 450.0)}),
        ("豆包大模型日均处理2万亿tokens。", {("doubao-model", "daily_tokens", 2e12)}),
        ("Qwen3用36万亿tokens的数据进行预训练。", {("qwen3", "training_tokens", 3.6e13)}),
        ("DeepSeek-V3仅用2000块H800训练。", {("deepseek-v3", "gpu_count", 2000.0)}),
        ("智谱全年营收为3.2亿元。", {("zhipu", "revenue", 3.2e8)}),
        ("OpenAI净亏损50亿美元。", {("openai", "profit", -5e9)}),
        ("腾讯净利润为400亿元。", {("tencent", "profit", 4e10)}),
        ("百度的市占率为42.5%。", {("baidu", "market_share", 42.5)}),
        ("阶跃星辰上半年发布了8款大模型。", {("stepfun", "models_released", 8.0)}),
        ("智谱累计开源了40款模型。", {("zhipu", "models_open_sourced", 40.0)}),
        ("社区里有超过70个基于Qwen3的微调版本。", {("qwen3", "derivative_models", 70.0)}),
        ("小米的手机出货量为900万台。", {("xiaomi", "other", 9e6)}),
        ("六小虎仅剩3家公司。", {("six-tigers", "companies_count", 3.0)}),
        ("微软宣布以3亿美元收购智谱。", {("zhipu", "bid", 3e8)}),
        ("DeepSeek-V3将训练成本降至行业平均水平的12%。", {("deepseek-v3", "cost_ratio", 12.0)}),
        ("在GPQA测试中，GPT-4.5得分为70%。", {("gpt-4.5", "other", 70.0)}),
    ],
)
def test_a_number_is_read_by_its_cue_and_its_owner(facts_in: FactsIn, text: str, expected: set[tuple[str, str, float]]) -> None:
    assert measured(facts_in, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("據報導，豆包的月活躍用戶達到1.3億。", {("doubao-app", "monthly_active_users", 1.3e8)}),
        ("智譜全年營收為3.2億元，同比成長40%。", {("zhipu", "revenue", 3.2e8), ("zhipu", "growth", 40.0)}),
    ],
)
def test_traditional_script_yields_the_same_rows(facts_in: FactsIn, text: str, expected: set[tuple[str, str, float]]) -> None:
    assert measured(facts_in, text) == expected


def test_a_list_of_numbers_is_shared_out_over_the_list_of_names(facts_in: FactsIn) -> None:
    assert measured(facts_in, "豆包和元宝的月活分别为1.1亿、2100万。") == {
        ("doubao-app", "monthly_active_users", 1.1e8),
        ("yuanbao", "monthly_active_users", 2.1e7),
    }


def test_from_to_makes_two_rows(facts_in: FactsIn) -> None:
    assert measured(facts_in, "百度的营收从110亿元增至150亿元。") == {("baidu", "revenue", 1.1e10), ("baidu", "revenue", 1.5e10)}


def test_a_month_range_dates_both_ends(facts_in: FactsIn) -> None:
    rows = facts_in("2024年7—10月，谷歌的月活跃用户规模从3亿增至4亿。", table="metrics")
    assert {(r["value"], r["date_start"], r["date_end"]) for r in rows} == {
        (3e8, date(2024, 7, 1), date(2024, 7, 31)),
        (4e8, date(2024, 10, 1), date(2024, 10, 31)),
    }


@pytest.mark.parametrize(
    ("text", "value", "unit", "of_metric"),
    [
        ("百度营收为300亿元，同比增长12%。", 12.0, "percent", "revenue"),
        ("DeepSeek App月均下载量为3000万，环比下降20%。", -20.0, "percent", "monthly_downloads"),
        ("文心大模型的日均调用量已经超过9亿次，较上一年增长20倍。", 20.0, "multiple", "daily_calls"),
    ],
)
def test_a_change_is_growth_of_what_was_measured_and_a_fall_is_negative(
    facts_in: FactsIn, text: str, value: float, unit: str, of_metric: str
) -> None:
    rows = [r for r in facts_in(text, table="metrics") if r["metric"] == "growth"]
    assert [(r["value"], r["unit"], r["of_metric"]) for r in rows] == [(value, unit, of_metric)]


def test_a_fall_of_over_30_percent_is_open_downwards(facts_in: FactsIn) -> None:
    (row,) = facts_in("百度云收入同比下降超过30%。", table="metrics")
    assert (row["value"], row["value_low"], row["value_high"]) == (-30.0, None, -30.0)


def test_the_year_compared_with_does_not_date_the_number(facts_in: FactsIn) -> None:
    (row,) = [r for r in facts_in("2024年，百度营收较2023年增长5%。", table="metrics") if r["metric"] == "growth"]
    assert (row["date_start"], row["date_end"]) == (date(2024, 1, 1), date(2024, 12, 31))


def test_since_a_month_runs_to_the_document_day(facts_in: FactsIn) -> None:
    (row,) = facts_in("文心一言自4月全面免费后，用户规模达到2亿。", published=date(2025, 5, 20), table="metrics")
    assert (row["date_start"], row["date_end"]) == (date(2025, 4, 1), date(2025, 5, 20))


def test_a_report_dates_its_figures_with_its_quarter(facts_in: FactsIn) -> None:
    text = "百度公布了2024年第三季度财报。\n\n百度营收为335亿元。\n\n本季度，百度净利润为76亿元。"
    rows = facts_in(text, table="metrics")
    assert {(r["metric"], r["date_start"], r["date_end"]) for r in rows} == {
        ("revenue", date(2024, 7, 1), date(2024, 9, 30)),
        ("profit", date(2024, 7, 1), date(2024, 9, 30)),
    }


def test_the_source_of_a_number_is_not_its_owner(facts_in: FactsIn) -> None:
    assert measured(facts_in, "据QuestMobile数据，豆包的月活达到9000万。") == {("doubao-app", "monthly_active_users", 9e7)}


def test_money_has_a_currency_and_the_same_unit(facts_in: FactsIn) -> None:
    (row,) = facts_in("智谱全年营收为3.2亿元。", table="metrics")
    assert (row["unit"], row["currency"]) == ("CNY", "CNY")


def test_an_amount_repeated_in_another_currency_makes_no_row(facts_in: FactsIn) -> None:
    assert measured(facts_in, "OpenAI营收为10亿美元（约合人民币72亿元）。") == {("openai", "revenue", 1e9)}


def test_a_dropped_subject_is_carried_over_the_stop(facts_in: FactsIn) -> None:
    assert ("zhipu", "revenue", 3.2e8) in measured(facts_in, "智谱今年搬了家。公司全年营收为3.2亿元。")


def test_a_table_gives_a_row_for_each_named_column(facts_in: FactsIn) -> None:
    text = "各家营收如下。\n\n|  | 百度 | 智谱 |\n| --- | --- | --- |\n| 2023年 | 90亿元 | 2亿元 |\n| 2024年 | 95亿元 | 3亿元 |\n"
    rows = facts_in(text, table="metrics")
    assert {(r["subject_id"], r["value"], r["date_start"]) for r in rows} == {
        ("baidu", 9e9, date(2023, 1, 1)),
        ("zhipu", 2e8, date(2023, 1, 1)),
        ("baidu", 9.5e9, date(2024, 1, 1)),
        ("zhipu", 3e8, date(2024, 1, 1)),
    }


@pytest.mark.parametrize(
    "text",
    [
        "智谱完成了3亿元融资。",
        "月之暗面估值为30亿美元。",
        "DeepSeek-R1的价格为每百万tokens 4元。",
        "腾讯股价上涨5%。",
        "腾讯将投入100亿元建设数据中心。",
        "如果智谱营收达到10亿元，情况会不同。",
        "大模型行业的市场规模为65亿元。",
        "全球智能手机应用商店营收为500亿美元。",
        "智谱裁员200人。",
        "Qwen2.5-72B的参数量为720亿。",
    ],
)
def test_other_amounts_and_suppositions_are_no_metrics(facts_in: FactsIn, text: str) -> None:
    assert measured(facts_in, text) == set()


def test_every_measure_of_the_table_is_one_of_the_schema() -> None:
    data = tomllib.loads((files("pipeline.facts") / "metrics_cues.toml").read_text(encoding="utf-8"))
    allowed = next(c.enum for c in TABLES["metrics"].columns if c.name == "metric")
    assert allowed is not None
    assert {row["metric"] for row in data.values()} <= set(allowed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微软数据中心营收同比增长33%至256亿美元。", {("microsoft", "growth", 33.0), ("microsoft", "revenue", 2.56e10)}),
        ("豆包DAU翻了3倍。", {("doubao-app", "growth", 3.0)}),
        ("智谱清言的月活跃用户年增长率达到150%。", {("zhipu-qingyan", "growth", 150.0)}),
        ("豆包大模型日均处理3万亿tokens，是去年5月的25倍。", {("doubao-model", "daily_tokens", 3e12), ("doubao-model", "growth", 25.0)}),
        ("百度营收在两年内增长30%。", {("baidu", "growth", 30.0)}),
    ],
)
def test_growth_of_a_named_figure_and_the_level_it_led_to(facts_in: FactsIn, text: str, expected: set[tuple[str, str, float]]) -> None:
    assert measured(facts_in, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微信7亿用户都能用上元宝。", {("wechat", "users", 7e8)}),
        ("800多家银行、零售、制造等行业的头部企业选择智谱。", {("zhipu", "enterprise_customers", 800.0)}),
        ("谷歌的AI概览月用户达9亿。", {("ai-overviews", "monthly_active_users", 9e8)}),
        ("某财团以300亿美元的价格竞购智谱。", {("zhipu", "bid", 3e10)}),
        ("DeepSeek至少擁有4萬顆輝達晶片。", {("deepseek", "gpu_count", 4e4)}),
        ("Anthropic七成的营收来自企业客户。", {("anthropic", "customers_share", 70.0)}),
    ],
)
def test_wordings_with_the_number_first_or_the_buyer_first(facts_in: FactsIn, text: str, expected: set[tuple[str, str, float]]) -> None:
    assert measured(facts_in, text) == expected


def test_a_share_is_named_by_the_words_that_announce_it(facts_in: FactsIn) -> None:
    rows = facts_in("百度的云业务营收占比达到35%，毛利率52%。", table="metrics")
    assert {(r["subject_id"], r["metric"], r["of_metric"], r["value"]) for r in rows} == {
        ("baidu", "other", "云业务营收占比", 35.0),
        ("baidu", "other", "毛利率", 52.0),
    }


def test_a_rate_of_several_apps_is_that_of_each_but_a_joint_sum_is_nobodys(facts_in: FactsIn) -> None:
    assert measured(facts_in, "豆包、Kimi等在内的AI应用用户留存率不到5%。") == {("doubao-app", "other", 5.0), ("kimi-app", "other", 5.0)}
    assert measured(facts_in, "豆包、Kimi等应用的日活合计3000万。") == set()


def test_a_score_that_rose_is_two_rows(facts_in: FactsIn) -> None:
    text = "在GPQA测试中，GPT-4.5的得分从40%提升至60%。"
    assert measured(facts_in, text) == {("gpt-4.5", "other", 40.0), ("gpt-4.5", "other", 60.0)}


def test_time_and_card_hours_of_training(facts_in: FactsIn) -> None:
    assert ("deepseek-v3", "other", 3e6) in measured(facts_in, "DeepSeek-V3的训练总计只需要300万GPU小时。")
    assert ("qwen3", "other", 45.0) in measured(facts_in, "Qwen3在8块H100上微调了45分钟。")


@pytest.mark.parametrize(
    "text",
    [
        "英伟达股价大涨5%。",
        "在OpenAI的利润达到900亿美元后，分配比例会改变。",
        "元宝放弃了上亿日活。",
        "这款鼠标的收入达到5000万元，抖音上到处是它。",
        "以海外巨头7%的成本训练出了模型。",
    ],
)
def test_no_metric_of_share_prices_conditions_things_without_a_name(facts_in: FactsIn, text: str) -> None:
    assert measured(facts_in, text) == set()


def test_the_time_a_figure_is_compared_with_does_not_date_it(facts_in: FactsIn) -> None:
    rows = facts_in("豆包大模型日均处理3万亿tokens，是去年5月的25倍。", table="metrics", published=date(2025, 6, 1))
    assert {r["date_start"] for r in rows} == {None}


def test_a_figure_takes_the_quarter_of_the_sentence_before(facts_in: FactsIn) -> None:
    rows = facts_in("2024年第三季度，手机市场回暖。小米的市场份额为14%。", table="metrics", published=date(2025, 2, 1))
    assert [(r["date_start"], r["date_end"]) for r in rows] == [(date(2024, 7, 1), date(2024, 9, 30))]
