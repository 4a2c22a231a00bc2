"""A small invented lexicon and a finder made of it: tests of rules do not depend on what the project knows."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.lexicon import load
from pipeline.mentions import Mention, MentionFinder
from pipeline.text.fold import fold

ORGANIZATIONS = """org_id,name_zh,name_en,org_type,country,parent_org_id,wikidata_id,aliases
deepseek,深度求索,DeepSeek,startup,CN,,,~DeepSeek
zhipu,智谱,Zhipu AI,startup,CN,,,智谱AI|~智谱
alibaba,阿里巴巴,Alibaba,big_tech,CN,,,阿里
huawei,华为,Huawei,big_tech,CN,,,
huawei-cloud,华为云,Huawei Cloud,cloud,CN,huawei,,
baidu,百度,Baidu,big_tech,CN,,,
apple,苹果公司,Apple,big_tech,US,,,苹果
xai,xAI,,startup,US,,,X.AI
openai,,OpenAI,startup,US,,,
minimax,MiniMax,,startup,CN,,,~MiniMax
li-auto,理想汽车,Li Auto,device_maker,CN,,,~理想
tsinghua,清华大学,Tsinghua University,university,CN,,,
idc,IDC,,analyst,US,,,
"""
PEOPLE = """person_id,name_zh,name_en,aliases
sam-altman,山姆·奥特曼,Sam Altman,奥特曼
brad-smith,布拉德·史密斯,Brad Smith,
"""
MODELS = """model_id,name,family,developer_org_id,modality,aliases
deepseek-model,DeepSeek,deepseek,deepseek,text,~DeepSeek
deepseek-r1,DeepSeek-R1,deepseek,deepseek,reasoning,
gpt-4,GPT-4,gpt,openai,text,
gpt-4o,GPT-4o,gpt,openai,multimodal,
o1,o1,o,openai,reasoning,
qwen,Qwen,qwen,alibaba,text,通义千问|千问大模型
qwen2.5-72b,Qwen2.5-72B,qwen,alibaba,text,
gpt,GPT,gpt,openai,text,~GPT
"""
PRODUCTS = """product_id,name_zh,name_en,org_id,category,aliases
deepseek-app,DeepSeek App,,deepseek,assistant,~DeepSeek
hailuo,海螺AI,,minimax,creation,
"""
COHORTS = """cohort_id,name_zh,name_en,definition,aliases
six-tigers,六小虎,Six Tigers,six start-ups,大模型六小虎
"""
BENCHMARKS = """benchmark_id,name,kind,aliases
lm-arena,LM Arena,leaderboard,Chatbot Arena|LMArena
aime-2025,AIME 2025,benchmark,
"""
MEDIA = """media_id,name_zh,name_en,aliases
intelligent-emergence,智能涌现,,
"""
FAMILIES = r"""
[[family]]
id = "gpt"
name = "GPT"
developer = "openai"
modality = "text"
stems = ["GPT"]
version = '\d+(?:\.\d+)?o?'
suffixes = ["turbo", "mini"]

[[family]]
id = "qwen"
name = "Qwen"
developer = "alibaba"
modality = "text"
stems = ["Qwen"]
version = '\d+(?:\.\d+)?'
suffixes = ["Max", "Instruct", "Thinking"]
joint = ""
"""


@pytest.fixture(scope="session")
def finder(tmp_path_factory: pytest.TempPathFactory) -> MentionFinder:
    folder = tmp_path_factory.mktemp("lexicon")
    tables = {
        "organizations": ORGANIZATIONS,
        "people": PEOPLE,
        "models": MODELS,
        "products": PRODUCTS,
        "cohorts": COHORTS,
        "benchmarks": BENCHMARKS,
        "media": MEDIA,
    }
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8")
    (folder / "families.toml").write_text(FAMILIES, encoding="utf-8")
    own = Path(str(files("pipeline.lexicon")))
    for path in own.glob("*.toml"):
        if path.name != "families.toml":
            (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return MentionFinder(load(folder))


@pytest.fixture(scope="session")
def mentions(finder: MentionFinder) -> Callable[[str], list[Mention]]:
    """The mentions of a text, folded first."""

    def find(text: str) -> list[Mention]:
        return finder.mentions_in(fold(text).text)

    return find


@pytest.fixture(scope="session")
def named(mentions: Callable[[str], list[Mention]]) -> Callable[[str], list[tuple[str, str, str]]]:
    """(text, type, id) of every known name."""

    def find(text: str) -> list[tuple[str, str, str]]:
        return [(m.text, m.type, m.entity_id) for m in mentions(text) if not m.is_provisional]

    return find


@pytest.fixture(scope="session")
def unknown(mentions: Callable[[str], list[Mention]]) -> Callable[[str], list[tuple[str, str]]]:
    """(text, type) of every provisional name."""

    def find(text: str) -> list[tuple[str, str]]:
        return [(m.text, m.type) for m in mentions(text) if m.is_provisional]

    return find
