"""Families: a version nobody has listed is recognised and named like its siblings."""

import pytest

from pipeline.lexicon import load
from pipeline.lexicon.load import MODALITIES


@pytest.mark.parametrize(
    ("text", "family", "name"),
    [
        ("Qwen7.7-Max-Preview", "qwen", "Qwen7.7-Max-Preview"),
        ("qwen 8 max", "qwen", "Qwen8-Max"),
        ("千问9", "qwen", "Qwen9"),
        ("Qwen9-235B-A22B", "qwen", "Qwen9-235B-A22B"),
        ("GLM-9.1", "glm", "GLM-9.1"),
        ("abab9.5", "abab", "abab 9.5"),
        ("DeepSeek-V9", "deepseek-v", "DeepSeek-V9"),
        ("DeepSeek R9 Zero", "deepseek-r1", "DeepSeek-R9-Zero"),
        ("GPT-9", "gpt", "GPT-9"),
        ("GPT-9 mini", "gpt", "GPT-9-mini"),
        ("Claude Opus 9", "claude-model", "Claude Opus 9"),
        ("Claude 9 sonnet", "claude-model", "Claude 9 Sonnet"),
        ("Gemini 9 Flash-Lite", "gemini-model", "Gemini 9 Flash-Lite"),
        ("豆包9.0", "doubao-model", "Doubao-9.0"),
        ("文心9.5", "ernie", "ERNIE 9.5"),
        ("混元T9", "hunyuan", "Hunyuan-T9"),
        ("Kimi K9 Thinking", "kimi-k2", "Kimi K9 Thinking"),
        ("MiniMax-M9", "minimax-m1", "MiniMax-M9"),
        ("Step-9", "step", "Step-9"),
        ("可灵9.0", "kling", "可灵9.0"),
        ("Llama 9 Scout", "llama", "Llama-9-Scout"),
        ("Mixtral-9x9B", "mixtral-8x7b", "Mixtral-9x9B"),
    ],
)
def test_an_unknown_version_gets_its_family_and_canonical_name(text: str, family: str, name: str) -> None:
    found = {f.id: f.canonical(m["version"], m["suffix"]) for f in load().families if (m := f.pattern.fullmatch(text))}
    assert found[family] == name


@pytest.mark.parametrize(
    ("text", "family", "name"), [("K9", "kimi-k2", "Kimi K9"), ("o9-mini", "o-series", "o9-mini"), ("M9", "minimax-m1", "MiniMax-M9")]
)
def test_a_short_stem_is_kept_apart(text: str, family: str, name: str) -> None:
    assert not [f for f in load().families if f.pattern.fullmatch(text)]
    found = {
        f.id: f.canonical(m["version"], m["suffix"]) for f in load().families if f.short_pattern and (m := f.short_pattern.fullmatch(text))
    }
    assert found[family] == name


@pytest.mark.parametrize("text", ["Steps-3", "AGPT-4", "GPT-4x", "Qwen"])
def test_what_only_resembles_a_version_is_not_one(text: str) -> None:
    assert not [f for f in load().families if f.pattern.search(text)]


def test_a_listed_version_is_named_as_listed() -> None:
    lexicon = load()
    astray = [
        (model.name, family.id)
        for model in lexicon.of_type("model")
        for family in lexicon.families
        if (m := family.pattern.fullmatch(model.name)) and model not in lexicon.named(family.canonical(m["version"], m["suffix"]))
    ]
    assert not astray


def test_every_family_has_a_modality_of_the_schema_and_a_developer() -> None:
    assert all(f.modality in MODALITIES and f.developer for f in load().families)
