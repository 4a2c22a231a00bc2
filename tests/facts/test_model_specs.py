"""Model specs: sizes, windows, architecture, cost of training. All sentences are invented."""

from __future__ import annotations

import pytest

from tests.facts.conftest import FactsIn

Spec = tuple[str, str, float | None, str | None]


def specs(facts_in: FactsIn, text: str) -> set[Spec]:
    return {(r["model_id"], r["spec"], r["value"], r["value_string"]) for r in facts_in(text, table="model_specs")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DeepSeek-V3的总参数为6000亿。", {("deepseek-v3", "total_parameters", 6e11, None)}),
        ("DeepSeek-V3每次激活300亿参数。", {("deepseek-v3", "active_parameters", 3e10, None)}),
        ("700亿参数的Llama 2已经开源。", {("llama-2", "parameters", 7e10, None)}),
        ("GPT-3（1750亿参数）早已不新。", {("gpt-3", "parameters", 1.75e11, None)}),
        ("Qwen2.5的70亿参数版本很受欢迎。", {("qwen2.5-7b", "parameters", 7e9, None)}),
        ("Gemini 2.0 Pro的上下文窗口为200万tokens。", {("gemini-2.0-pro", "context_length", 2e6, None)}),
        ("MoE模型DeepSeek-V3已经开源。", {("deepseek-v3", "architecture", None, "MoE")}),
        ("Qwen2.5-Max采用混合专家架构。", {("qwen2.5-max", "architecture", None, "MoE")}),
        (
            "Step-Video-T2V能生成180帧、720P的视频。",
            {("step-video-t2v", "frames", 180.0, None), ("step-video-t2v", "resolution", None, "720P")},
        ),
        ("GPT-4o的训练成本约为9000万美元。", {("gpt-4o", "training_cost", 9e7, None)}),
        ("團隊以40美元的成本訓練出s1模型。", {("s1", "training_cost", 40.0, None)}),
    ],
)
def test_a_spec_is_that_of_the_model_it_stands_with(facts_in: FactsIn, text: str, expected: set[Spec]) -> None:
    assert specs(facts_in, text) == expected


def test_a_family_from_small_to_large_is_one_range(facts_in: FactsIn) -> None:
    (row,) = facts_in("Qwen3系列模型，参数规模从6亿到2350亿不等。", table="model_specs")
    assert (row["model_id"], row["value"], row["value_low"], row["value_high"], row["modifier"]) == ("qwen3", None, 6e8, 2.35e11, "range")


def test_both_models_of_a_pair_get_the_size_they_share(facts_in: FactsIn) -> None:
    assert specs(facts_in, "DeepSeek-V3和DeepSeek-R1均为6000亿参数。") == {
        ("deepseek-v3", "parameters", 6e11, None),
        ("deepseek-r1", "parameters", 6e11, None),
    }


def test_a_cost_in_brackets_belongs_to_the_model_in_the_brackets(facts_in: FactsIn) -> None:
    found = specs(facts_in, "性能比肩OpenAI o1的DeepSeek-R1很便宜（DeepSeek-V3的训练成本仅为500万美元）。")
    assert found == {("deepseek-v3", "training_cost", 5e6, None)}


@pytest.mark.parametrize(
    "text",
    [
        "Qwen2.5-32B已经开源。",
        "万亿参数模型的时代已经到来。",
        "公司加速AI在2B端的落地。",
        "训练一个GPT-4竞品的成本约为2000万美元。",
        "DeepSeek-R1的每个专家有20亿参数。",
        "智谱花2亿元打造超算集群来训练GLM-4。",
    ],
)
def test_names_generalities_and_hardware_are_no_specs(facts_in: FactsIn, text: str) -> None:
    assert specs(facts_in, text) == set()
