"""What a conflict is called: sentences in English and Chinese naming the entity, the measure and both values.

Here: names of entities, of measures, and of numbers. Not here: any decision about what conflicts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipeline.quality.labels import LABELS

ENTITIES = {
    "org": ("organizations", "org_id"),
    "person": ("people", "person_id"),
    "model": ("models", "model_id"),
    "product": ("products", "product_id"),
    "cohort": ("cohorts", "cohort_id"),
}
TYPE_OF_KEY = {"org_id": "org", "org_a": "org", "person_id": "person", "model_id": "model", "cohort_id": "cohort"}
EPOCH = date(1970, 1, 1)


class Words:
    """The sentences; `tables` gives entities their names and claims their documents and quotes."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._names: dict[tuple[str, str], tuple[str, str]] = {}
        for kind, (name, key) in ENTITIES.items():
            for row in tables[name].iter_rows(named=True) if name in tables else ():
                given = [str(row[c]) for c in ("name_en", "name", "name_zh", "name_zh_hant") if row.get(c)] or [str(row[key])]
                self._names[kind, row[key]] = (given[0], str(row.get("name_zh") or given[0]))

    def name(self, kind: str | None, entity: str | None) -> tuple[str, str]:
        """English and Chinese name; the id or words themselves where there is no entity."""
        plain = entity or "?"
        return self._names.get((kind or "", plain), (plain, plain))

    def disagreement(self, a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[str, str]:
        """Of two rows of measures."""
        (en, zh), (label_en, label_zh) = self.name(a["subject_type"], a["subject"]), label(a["measure"], a["of"])
        one, other = self._value(a), self._value(b)
        if a["story"] == b["story"]:
            return (
                f"{en}, {label_en}: {one[0]} and also {other[0]} according to {a['story']}.",
                f"{zh}的{label_zh}：{a['story']} 既称{one[1]}，又称{other[1]}。",
            )
        return (
            f"{en}, {label_en}: {one[0]} according to {a['story']}, {other[0]} according to {b['story']}.",
            f"{zh}的{label_zh}：{a['story']} 称{one[1]}，{b['story']} 称{other[1]}。",
        )

    def _value(self, row: Mapping[str, Any]) -> tuple[str, str]:
        if row["text"] is not None:
            if row["kind"] == "identity":
                return self.name("org" if row["field"] == "org_id" else "person", row["text"])
            return label(row["text"], None)
        if row["field"] == "date_start":
            first, last = (EPOCH + timedelta(days=int(row[end])) for end in ("low", "high"))
            return (str(first), str(first)) if first == last else (f"{first} to {last}", f"{first} 至 {last}")
        low, high, unit = row["low"], row["high"], row["unit"]
        en, zh = interval_en(low, high, unit), interval_zh(low, high, unit)
        return (f"about {en}", f"约{zh}") if row["slack"] else (en, zh)

    def parameters(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """Of an active and a total parameter count of one model."""
        en, zh = self.name("model", row["subject"])
        active = interval_en(row["low"], row["high"], None), interval_zh(row["low"], row["high"], None)
        total = interval_en(row["low_total"], row["high_total"], None), interval_zh(row["low_total"], row["high_total"], None)
        return (
            f"{en}: {active[0]} active parameters according to {row['story']} do not fit {total[0]} in total according to {row['story_total']}.",
            f"{zh}：{row['story']} 称激活参数{active[1]}，与 {row['story_total']} 所称总参数{total[1]}不相称。",
        )

    def after_article(self, table: str, row: Mapping[str, Any]) -> tuple[str, str]:
        """Of a fact row dated after its article."""
        key = next((c for c in ("subject_id", "speaker_id", *TYPE_OF_KEY) if row.get(c)), None)
        kind = TYPE_OF_KEY.get(key or "") or row.get("subject_type") or row.get("speaker_type")
        en, zh = self.name(kind, row[key] if key else row.get("subject_text"))
        what = next((row[c] for c in ("event", "metric", "round", "kind") if row.get(c)), table)
        label_en, label_zh = label(what, None)
        return (
            f"{en}, {label_en}: told as having happened on {row['date_start']} in an article published by {row['published_end']} ({row['doc_id']}).",
            f"{zh}的{label_zh}：文章 {row['doc_id']} 不晚于 {row['published_end']} 发布，却称其发生于 {row['date_start']}。",
        )

    def lists(self, cohort: str, one: Collection[str], other: Collection[str]) -> tuple[str, str]:
        """Of two lists of a cohort: `one` and `other` are the members that only the one or the other list has."""
        en, zh = self.name("cohort", cohort)
        sides_en, sides_zh = [], []
        for side in (one, other):
            names = [self.name("org", org) for org in sorted(side)]
            if names:
                sides_en.append(", ".join(n[0] for n in names))
                sides_zh.append("、".join(n[1] for n in names))
        if len(sides_en) == 2:
            return (
                f"{en}, members: one list has {sides_en[0]}, the other has {sides_en[1]} instead.",
                f"{zh}的成员：一处列入{sides_zh[0]}，另一处列入{sides_zh[1]}。",
            )
        return (
            f"{en}, members: {sides_en[0]} is counted in at one place and not listed at the other.",
            f"{zh}的成员：一处列入{sides_zh[0]}，另一处未列入。",
        )

    def status(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """Of a membership and its opposite."""
        (cohort_en, cohort_zh), (en, zh) = self.name("cohort", row["cohort_id"]), self.name("org", row["org_id"])
        said_en, said_zh = label(row["status_b"], None)
        return (
            f"{cohort_en}, {en}: member according to {row['story']}, {said_en} according to {row['story_b']}.",
            f"{cohort_zh}与{zh}：{row['story']} 称其为成员，{row['story_b']} 称其{said_zh}。",
        )


def label(code: str, of: str | None) -> tuple[str, str]:
    """The English and Chinese name of a measure, with what it is of."""
    en, zh = LABELS.get(code, (code.replace("_", " "), code))
    if of is None:
        return en, zh
    of_en, of_zh = LABELS.get(of, (of, of))
    return f"{en} ({of_en})", f"{zh}（{of_zh}）"


def number_en(value: float) -> str:
    """1720000 -> 1,720,000 ; no more digits than the text can have had."""
    text = f"{float(f'{value:.6g}'):,.6f}"
    return re.sub(r"\.?0+$", "", text)


def number_zh(value: float) -> str:
    """172000000 -> 1.72亿."""
    for size, name in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.6g}{name}"
    return f"{value:.6g}"


def _interval(low: str | None, high: str | None, words: tuple[str, str, str]) -> str:
    if low is not None and high is not None:
        return low if low == high else words[0].format(low, high)
    return words[1].format(low) if low is not None else words[2].format(high)


def interval_en(low: float | None, high: float | None, unit: str | None) -> str:
    """30 models, at least 5 percent, 4 to 6 months."""
    ends = (None if low is None else number_en(low), None if high is None else number_en(high))
    return _interval(*ends, ("{} to {}", "at least {}", "at most {}")) + (f" {unit}" if unit else "")


def interval_zh(low: float | None, high: float | None, unit: str | None) -> str:
    """30个模型, 不少于5%, 4至6个月."""
    ends = (None if low is None else number_zh(low), None if high is None else number_zh(high))
    return _interval(*ends, ("{}至{}", "不少于{}", "不超过{}")) + (LABELS.get(unit, (unit, f" {unit}"))[1] if unit else "")
