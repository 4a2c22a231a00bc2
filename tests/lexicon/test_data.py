"""The data of the lexicon: wide enough, in one form, and free of words that are not names."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import pipeline.lexicon
from pipeline.lexicon import alias_key, is_slug, load, slug

HERE = Path(pipeline.lexicon.__file__).parent
_COMMON = """
文章 视频 模型 大模型 公司 产品 平台 技术 数据 算法 算力 芯片 团队 用户 市场 行业 企业 开源 应用 机器人
人工智能 智能 智能体 助手 搜索 手机 电脑 汽车 媒体 报道 记者 作者 创始人 总裁 教授 研究 研究院 大学 实验室 基金
资本 投资 融资 政府 中国 美国 今年 去年 目前 深度 思考 推理 图像 语音 音乐 代码 世界 自然 科学 财富
时代 时间 时候 周围 曙光 启明 天数 周刊 连线 最新 免费 增强 生成 标准 市值 收入 北京时间 AI App API
GPU CPU CEO CTO VC IPO Agent Token Pro Max
"""
COMMON_WORDS = frozenset(_COMMON.split())


def test_the_lexicon_is_wide() -> None:
    counts = Counter(e.type for e in load().entities.values())
    assert counts["org"] >= 320
    assert counts["person"] >= 220
    assert counts["model"] >= 350
    assert counts["product"] >= 200
    assert counts["benchmark"] >= 50
    assert counts["media"] >= 50
    assert counts["cohort"] >= 10


@pytest.mark.parametrize("path", sorted(HERE.glob("*.csv")), ids=lambda p: p.name)
def test_every_csv_file_is_plain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    for row in csv.reader(text.splitlines()):
        assert all(cell == cell.strip() for cell in row), row


def test_every_toml_file_says_what_it_is() -> None:
    assert all(p.read_text(encoding="utf-8").startswith("# ") for p in HERE.glob("*.toml"))


def test_every_id_is_a_slug() -> None:
    assert all(is_slug(i) for i in load().entities)


def test_no_alias_is_a_common_word() -> None:
    common = {alias_key(w) for w in COMMON_WORDS}
    assert not [a for a in load().aliases if alias_key(a.surface) in common]


def test_no_alias_is_a_single_character_or_a_bare_number() -> None:
    bare = [a for a in load().aliases if len(a.surface) < 2 or (a.surface.replace(".", "").isdigit() and not a.is_ambiguous)]
    assert not bare


def test_no_decoy_is_a_name() -> None:
    lexicon = load()
    assert not [d for d in lexicon.triggers.decoys if lexicon.named(d)]


def test_every_decoy_holds_a_name() -> None:
    lexicon = load()
    keys = [k for k in lexicon.by_key if len(k) > 1]
    assert not [d for d in lexicon.triggers.decoys if not any(k in alias_key(d) for k in keys)]


def test_aliases_are_written_in_simplified_script() -> None:
    # one-to-one pairs of the commonest characters in names; 著, 乾 and the like are good in both scripts
    traditional = set(
        "門東車馬長開關問間聞風飛馮鳳龍劉張陳楊趙吳孫鄭謝鄧許蘇盧蔣賈鄒陸韓萬華為愛個億們優會傳義習書買亂雲亞產親轉輕軟銀鐵聯訊騰螞蟻"
    )
    written = [a for e in load().entities.values() for a in e.aliases]
    assert not [a for a in written if traditional & set(a.surface)]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("阿里巴巴", ["alibaba"]),
        ("辉达", ["nvidia"]),
        ("脸书", ["meta"]),
        ("Deepseek", ["deepseek", "deepseek-model", "deepseek-app"]),
        ("千问", ["qwen", "qianwen-app"]),
        ("豆包", ["doubao-model", "doubao-app"]),
        ("Kimi", ["moonshot", "kimi-model", "kimi-app"]),
        ("可灵", ["kling", "kling-ai"]),
        ("元宝", ["yuanbao"]),
        ("X.AI", ["xai"]),
        ("x.ai", ["xai"]),
        ("谷歌DeepMind", ["google-deepmind"]),
        ("阿里云", ["alibaba-cloud"]),
        ("qwen 2.5 max", ["qwen2.5-max"]),
        ("文心 4.5", ["ernie-4.5"]),
        ("gpt4o", ["gpt-4o"]),
        ("祖克柏", ["mark-zuckerberg"]),
        ("山姆·阿特曼", ["sam-altman"]),
        ("大模型六小虎", ["six-tigers"]),
        ("基模五强", ["new-five"]),
        ("Chatbot Arena", ["lmarena"]),
        ("H800", ["h800"]),
    ],
)
def test_a_name_is_found_however_it_is_spelt(surface: str, expected: list[str]) -> None:
    assert sorted(e.id for e in load().named(surface)) == sorted(expected)


def test_a_subsidiary_knows_its_parent() -> None:
    entities = load().entities
    assert entities["alibaba-cloud"].attributes["parent_org_id"] == "alibaba"
    assert entities["google-deepmind"].attributes["parent_org_id"] == "google"


def test_both_scripts_are_offered() -> None:
    surfaces = {a.surface for a in load().aliases if a.entity_id == "huawei"}
    assert {"华为", "華為", "華爲", "Huawei"} <= surfaces


def test_the_order_does_not_depend_on_hashing() -> None:
    aliases = load().aliases
    assert list(aliases) == sorted(aliases, key=lambda a: (a.entity_type, a.entity_id, a.surface))
    assert len({(a.entity_id, a.surface) for a in aliases}) == len(aliases)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Qwen2.5-Max", "qwen2.5-max"),
        ("GPT-4o", "gpt-4o"),
        ("Claude 3.5 Sonnet", "claude-3.5-sonnet"),
        ("FLUX.1", "flux.1"),
        ("Z.ai", "z.ai"),
        ("o3-mini (high)", "o3-mini-high"),
        ("智谱", ""),
    ],
)
def test_a_latin_name_gives_a_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert not expected or is_slug(expected)
