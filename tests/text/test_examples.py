"""The invented sentences of `examples.toml`: every quantity and time in them, and nothing else, is found."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from pipeline.text import Quantity, TimeSpan, find_quantities, find_times

EXAMPLES = tomllib.loads((files("pipeline.text") / "examples.toml").read_text(encoding="utf-8"))
REFERENCE: date = EXAMPLES["reference"]


def number(value: float | None) -> str:
    return "open" if value is None else f"{value:.12g}"


def shown_quantity(quantity: Quantity) -> str:
    value = number(quantity.value) if quantity.value is not None else f"{number(quantity.low)}..{number(quantity.high)}"
    per = f"per {quantity.per_tokens}" if quantity.per_tokens else None
    return " ".join(part for part in (f"{quantity.text}:", quantity.modifier, value, quantity.unit, quantity.currency, per) if part)


def shown_time(time: TimeSpan) -> str:
    if time.date_start is None:
        days = "undated"
    elif time.date_start == time.date_end:
        days = time.date_start.isoformat()
    else:
        days = f"{time.date_start}..{time.date_end}"
    return f"{time.text}: {days} {time.precision}" + (" duration" if time.is_duration else "")


@pytest.mark.parametrize("example", EXAMPLES["quantities"], ids=lambda example: example["text"][:12])
def test_quantities_of_the_example(example: dict[str, object]) -> None:
    assert [shown_quantity(q) for q in find_quantities(str(example["text"]))] == example["found"]


@pytest.mark.parametrize("example", EXAMPLES["times"], ids=lambda example: example["text"][:12])
def test_times_of_the_example(example: dict[str, object]) -> None:
    assert [shown_time(t) for t in find_times(str(example["text"]), REFERENCE)] == example["found"]
