"""Invented articles of any number, the same for the same seed: sentences of `bench_sentences.toml` in random order, with names and numbers put in.

Names come from the lexicon, numbers from a generator; no article repeats another closely enough to count as its copy.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipeline.lexicon import load

FACTUAL, PLAIN = (22, 40), (30, 70)  # sentences in an article that state facts, and that stand between them
PARAGRAPH = (2, 5)  # sentences
_BIG = ("万", "亿")
_KINDS = ("org", "person", "model", "product")
_WORD = re.compile(r"\{w\}")


@dataclass(frozen=True, slots=True)
class _Material:
    titles: list[str]
    sentences: list[str]
    plain: list[str]
    words: list[str]
    names: dict[str, list[str]]


@cache
def _material() -> _Material:
    content = tomllib.loads((files(__package__) / "bench_sentences.toml").read_text("utf-8"))
    names: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    lexicon = load()
    for _, entity in sorted(lexicon.entities.items()):
        if entity.type in names:
            names[entity.type].append(entity.name_zh or entity.name)
    names["media"] = ["晨间科技", "海岸财经", "西岸评论", "数据早报", "灯塔周刊"]
    return _Material(content["titles"], content["sentences"], content["plain"], content["words"].split(), names)


def article(number: int, seed: int = 0) -> str:
    """The article of this number, about 2,500 characters, headed by a title and a date."""
    source = random.Random(seed * 1_000_003 + number)
    have = _material()
    # A few names an article, as in the news: the rest of a sentence is what it says about them.
    cast = {kind: source.sample(found, min(4, len(found))) for kind, found in have.names.items()}
    year, month = source.randint(2023, 2026), source.randint(1, 12)
    chosen = source.sample(have.sentences, source.randint(*FACTUAL)) + source.choices(have.plain, k=source.randint(*PLAIN))
    source.shuffle(chosen)
    told = [_filled(source, sentence, cast, year) for sentence in chosen]
    paragraphs = []
    while told:
        size = source.randint(*PARAGRAPH)
        paragraphs.append("".join(told[:size]))
        told = told[size:]
    title = _filled(source, source.choice(have.titles), cast, year)
    return "\n\n".join([title, f"{year}年{month}月{source.randint(1, 28)}日", *paragraphs]) + "\n"


def write(folder: Path, numbers: range, seed: int = 0) -> int:
    """Write articles as files below `folder`; returns their bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for number in numbers:
        raw = article(number, seed).encode()
        (folder / f"article-{number:07d}.txt").write_bytes(raw)
        size += len(raw)
    return size


def _filled(source: random.Random, sentence: str, cast: dict[str, list[str]], year: int) -> str:
    worded = _WORD.sub(lambda _: source.choice(_material().words), sentence)
    return worded.format_map(dict(_slots(source, cast, year)))


def _slots(source: random.Random, cast: dict[str, list[str]], year: int) -> Iterator[tuple[str, str]]:
    for kind, names in cast.items():
        first, second = source.sample(names, 2)
        yield kind, first
        yield f"{kind}2", second
    yield "day", f"{source.randint(1, 12)}月{source.randint(1, 28)}日"
    yield "month", f"{year}年{source.randint(1, 12)}月"
    for name in ("amount", "amount2"):
        yield name, f"{source.randint(2, 980)}亿" if source.random() < 0.6 else f"{source.randint(2, 99) * 100}万"
    for name in ("percent", "percent2"):
        yield name, f"{source.randint(1, 98)}%" if source.random() < 0.5 else f"{source.uniform(1, 60):.1f}%"
    for name in ("price", "price2"):
        yield name, f"{source.uniform(0.1, 40):.1f}"
    for name in ("params", "params2"):
        yield name, f"{source.randint(2, 900)}{source.choice(('B', '亿'))}"
    for name in ("score", "score2"):
        yield name, f"{source.uniform(20, 99):.1f}"
    yield "count", f"{source.randint(2, 9000)}{source.choice(_BIG)}"
    yield "tokens", f"{source.choice((32, 64, 128, 256, 512))}K"
    yield "tokens2", f"{source.randint(2, 40)}万亿tokens"
    yield "gpus", f"{source.randint(2, 90)}00"
    for name, top in (("rank", 20), ("times", 12), ("weeks", 9), ("people", 900), ("pages", 800), ("hours", 500)):
        yield name, str(source.randint(2, top))
