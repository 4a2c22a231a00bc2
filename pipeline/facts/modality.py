"""How the text asserts what it says: planned, predicted, rumoured, denied, reported or plainly stated. Cue words are read off the clause."""

from __future__ import annotations

import re

from pipeline.facts.view import SentenceView

_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("denied", re.compile(r"否认|辟谣|不实|并非|澄清")),
    ("rumoured", re.compile(r"传闻|传出|据传|传言|网传|疑似|爆料|曝出|或将|可能将")),
    ("predicted", re.compile(r"预计|预测|预期|有望|料将|估计|将达|将超|将增|将会|很可能|大概率|或达")),
    ("planned", re.compile(r"计划|拟|将(?:于|在|推出|发布|上线|投入|开源|继续|进一步|支出|拨出|投资)|打算|准备|即将|筹备|正计划")),
    ("reported", re.compile(r"据报道|据悉|据了解|据称|消息人士|知情人士|媒体报道|报道称")),
)


def assertion_of(view: SentenceView, at: int) -> str | None:
    """The assertion that the clause at shadow offset `at` signals by its own words; None if it signals none."""
    clause = view.clause_at(at)
    text = view.shadow[clause.left : clause.right]
    for assertion, cue in _CUES:
        if cue.search(text):
            return assertion
    return None
