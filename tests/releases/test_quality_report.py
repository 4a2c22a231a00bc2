import json
from datetime import UTC, datetime

from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.quality_report import quality_changes, quality_json, quality_page
from pipeline.releases.versions import Version

FACTS = Facts(Version(0, 2, 0), datetime(2025, 1, 1, tzinfo=UTC), {}, Version(0, 1, 0))
FIGURES = {
    "scores": {"prices": {"precision": 0.91, "recall": 0.8, "f1": 0.851}, "metrics": {"precision": 0.9, "recall": 0.7, "f1": None}},
    "coverage": {"quantities": {"facts": 120, "ignored": 30, "review": 4}},
    "conflicts": {"value": 3, "temporal": 0},
    "review_queue": 17,
    "rules": {"prices.cut|<b>": {"rows": 12, "precision": 1.0}},
    "anything_else": "free text | <i>",
}


def test_the_figures_are_written_as_given_with_sorted_keys():
    assert json.loads(quality_json(FIGURES)) == FIGURES
    assert quality_json(dict(reversed(FIGURES.items()))) == quality_json(FIGURES)


def test_the_page_has_a_section_for_every_figure_in_reading_order():
    page = quality_page(FIGURES, None, FACTS)
    titles = [line[3:] for line in page.splitlines() if line.startswith("## ")]
    assert titles == ["Scores against gold", "Coverage", "Conflicts", "Review queue", "Rules", "Anything else"]
    assert "| prices | 0.910 | 0.800 | 0.851 |" in page
    assert "| metrics | 0.900 | 0.700 |  |" in page


def test_nothing_on_the_page_is_markup_of_the_data():
    page = quality_page(FIGURES, None, FACTS)
    assert "<b>" not in page
    assert "<i>" not in page
    assert "prices.cut\\|&lt;b>" in page


def test_what_changed_since_the_last_release_is_listed():
    before = {"scores": {"prices": {"precision": 0.95, "recall": 0.8, "f1": 0.851}}, "conflicts": {"value": 3, "membership": 1}}
    lines = quality_changes(before, FIGURES)
    assert "scores / prices / precision: 0.950 → 0.910" in lines
    assert "conflicts / membership: 1 → –" in lines
    assert "review_queue: – → 17" in lines
    assert not any("recall" in line and "prices" in line for line in lines)
    assert "## What changed since 0.1.0" in quality_page(FIGURES, before, FACTS)


def test_a_release_without_figures_says_so(industry, released):
    assert "No figures were measured" in (released(industry).folder / "QUALITY.md").read_text()


def test_the_next_release_compares_with_the_one_before(industry, released):
    released(industry, quality={"review_queue": 5})
    industry.company("xin", "新公司")
    assert "review_queue: 5 → 3" in (released(industry, quality={"review_queue": 3}).folder / "QUALITY.md").read_text()
