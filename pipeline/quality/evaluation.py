"""Evaluation: extracted facts against facts that people found. Precision, recall and F1 per table and per rule, accuracy of further fields.

Here: reading gold, pairing rows with gold facts, scores, and the confidence that a rule's measured precision gives. Not here: when a row and a
gold fact are the same (matching).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.quality.matching import JUDGED, SLACK, GoldFact, Names, agree, details, distance
from pipeline.tables import ENTITY_TABLES, FACT_TABLES

NAMES_FILE = "aliases.json"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a table (or rule): `gold` facts, of which optional ones only where found, `predicted` rows, `hits` pairs."""

    gold: int
    predicted: int
    hits: int

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.predicted + other.predicted, self.hits + other.hits)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`strict` and `lenient` per table; `rules` per rule_id (its gold is that of its table); `fields` (right, compared) of matched rows;
    `missed` gold facts and `extra` rows (with rule_id, quote and span), strictly."""

    strict: dict[str, Score] = field(default_factory=dict)
    lenient: dict[str, Score] = field(default_factory=dict)
    rules: dict[str, Score] = field(default_factory=dict)
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    missed: list[GoldFact] = field(default_factory=list)
    extra: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def total(self) -> Score:
        """All tables together, strictly."""
        return sum(self.strict.values(), Score(0, 0, 0))

    @property
    def total_lenient(self) -> Score:
        """All tables together, without enumerations."""
        return sum(self.lenient.values(), Score(0, 0, 0))

    def as_rows(self) -> list[dict[str, Any]]:
        """One row a table and `ALL`, for printing and for quality.json; ratios rounded to four places."""
        rows = [(table, score, self.lenient[table]) for table, score in self.strict.items()]
        return [
            {
                "table": table,
                "gold": strict.gold,
                "predicted": strict.predicted,
                "hits": strict.hits,
                "precision": round(strict.precision, 4),
                "recall": round(strict.recall, 4),
                "f1": round(strict.f1, 4),
                "f1_lenient": round(lenient.f1, 4),
            }
            for table, strict, lenient in [*rows, ("ALL", self.total, self.total_lenient)]
        ]


def read_gold(paths: Iterable[Path]) -> list[GoldFact]:
    """Gold facts of JSON-lines files with doc, table, fields, start, end and quote. Raises LandscapeError naming file and line."""
    facts = []
    for path in paths:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise LandscapeError(f"{path}: cannot be read as gold ({error}); give a JSON-lines file in UTF-8") from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
                fact = GoldFact(raw["doc"], raw["table"], raw["fields"], int(raw["start"]), int(raw["end"]), raw.get("quote") or "")
            except (ValueError, TypeError, KeyError) as error:
                raise LandscapeError(f"{path}, line {number}: is not a gold fact ({error!r}); see the other lines for its form") from error
            if fact.table not in JUDGED:
                raise LandscapeError(f"{path}, line {number}: '{fact.table}' is not a fact table; use one of {', '.join(JUDGED)}")
            facts.append(fact)
    return facts


def read_alternatives(gold: Sequence[Path]) -> dict[str, list[str]]:
    """Gold name -> other names of the same thing, from the aliases.json beside the first gold file or one folder up; empty if there is none."""
    if not gold:
        return {}
    folder = gold[0].resolve().parent
    path = next((p for p in (folder / NAMES_FILE, folder.parent / NAMES_FILE) if p.exists()), None)
    if path is None:
        return {}
    try:
        names = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise LandscapeError(f"{path}: is not readable JSON ({error}); it maps a name to a list of other names") from error
    return {str(name): [str(n) for n in others] for name, others in names.items()}


def evaluate(
    tables: Mapping[str, pl.DataFrame],
    gold: Sequence[GoldFact],
    alternatives: Mapping[str, Sequence[str]] | None = None,
    documents: Iterable[str] | None = None,
) -> Evaluation:
    """The facts of `documents` (by default those that the gold is of) against the gold. Each row and each gold fact is used once, nearest first."""
    docs = sorted(set(documents) if documents is not None else {g.doc_id for g in gold})
    names, out = Names(tables, alternatives), Evaluation()
    right: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for table in FACT_TABLES:
        facts = [g for g in gold if g.table == table and g.doc_id in docs]
        rows = _rows(tables, table, docs)
        near = _near(facts, rows)
        for strict, scores in ((True, out.strict), (False, out.lenient)):
            pairs = _pairs(near, facts, rows, names, strict=strict)
            found = {g for g, _ in pairs}
            wanted = sum(not fact.is_optional or i in found for i, fact in enumerate(facts))
            scores[table] = Score(wanted, len(rows), len(pairs))
            if not strict:
                continue
            for i, j in pairs:
                for name, ok in details(facts[i], rows[j]):
                    right[name] += ok
                    compared[name] += 1
            used = {j for _, j in pairs}
            for rule, score in _by_rule(rows, used, wanted).items():
                out.rules[rule] = out.rules.get(rule, Score(0, 0, 0)) + score
            out.missed.extend(fact for i, fact in enumerate(facts) if i not in found and not fact.is_optional)
            out.extra.extend((table, row) for j, row in enumerate(rows) if j not in used)
    out.fields.update({name: (right[name], compared[name]) for name in sorted(compared)})
    return out


def _rows(tables: Mapping[str, pl.DataFrame], table: str, docs: list[str]) -> list[dict[str, Any]]:
    """The rows of the documents with the span, quote and rule of their claims, in the order of the table."""
    if table not in tables:
        return []
    claims = tables["claims"].select("claim_id", "char_start", "char_end", "quote", "rule_id")
    rows = tables[table].filter(pl.col("doc_id").is_in(docs)).join(claims, on="claim_id", how="left", maintain_order="left")
    return rows.to_dicts()


def _near(facts: list[GoldFact], rows: list[dict[str, Any]]) -> list[tuple[int, int, int]]:
    """(distance, number of the fact, number of the row) of all that lie in one place, nearest first."""
    of_doc: dict[str, list[int]] = defaultdict(list)
    for j, row in enumerate(rows):
        of_doc[row["doc_id"]].append(j)
    near = []
    for i, fact in enumerate(facts):
        for j in of_doc[fact.doc_id]:
            gap = distance(fact, rows[j])
            if gap is not None and gap <= SLACK:
                near.append((gap, i, j))
    return sorted(near)


def _pairs(
    near: list[tuple[int, int, int]], facts: list[GoldFact], rows: list[dict[str, Any]], names: Names, *, strict: bool
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    facts_used: set[int] = set()
    rows_used: set[int] = set()
    for _, i, j in near:
        if i not in facts_used and j not in rows_used and agree(facts[i], rows[j], names, strict=strict):
            pairs.append((i, j))
            facts_used.add(i)
            rows_used.add(j)
    return pairs


def _by_rule(rows: list[dict[str, Any]], used: set[int], gold: int) -> dict[str, Score]:
    predicted: Counter[str] = Counter(row["rule_id"] or "" for row in rows)
    hits: Counter[str] = Counter(rows[j]["rule_id"] or "" for j in used)
    return {rule: Score(gold, predicted[rule], hits[rule]) for rule in sorted(predicted)}


def rule_confidence(evaluations: Iterable[Evaluation]) -> dict[str, float]:
    """rule_id -> its precision over all the gold handed in, smoothed by Laplace: (hits + 1) / (rows + 2); four places. A rule never seen has 0.5."""
    hits: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for evaluation in evaluations:
        for rule, score in evaluation.rules.items():
            hits[rule] += score.hits
            rows[rule] += score.predicted
    return {rule: round((hits[rule] + 1) / (rows[rule] + 2), 4) for rule in sorted(rows)}


def with_confidence(claims: pl.DataFrame, confidence: Mapping[str, float]) -> pl.DataFrame:
    """The claims with the confidence of their rules; 0.5 for a rule without a measurement."""
    measured = pl.col("rule_id").replace_strict(dict(confidence), default=0.5, return_dtype=pl.Float64)
    return claims.with_columns(confidence=measured)


def read_release(release: Path) -> dict[str, pl.DataFrame]:
    """The tables of a release folder that evaluation needs. Raises LandscapeError naming the file."""
    tables = {}
    for name in ("claims", "aliases", *ENTITY_TABLES, *FACT_TABLES):
        path = release / "parquet" / f"{name}.parquet"
        try:
            tables[name] = pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise LandscapeError(f"{path}: cannot be read ({str(error).splitlines()[0]}); give the folder of a release") from error
    return tables


def measure(release: Path, gold: Sequence[Path]) -> Evaluation:
    """A release folder against gold files."""
    return evaluate(read_release(release), read_gold(gold), read_alternatives(gold))


def report(release: Path, gold: Sequence[Path], *, errors: int = 0, rules: bool = False) -> str:
    """The scores of a release as text: a line per table, the further fields, optionally each rule and the first `errors` misses and extras a table."""
    found = measure(release, gold)
    lines = [f"{'table':22}{'gold':>6}{'rows':>6}{'P':>8}{'R':>7}{'F1':>7}{'lenient':>9}"]
    for row in found.as_rows():
        scores = f"{row['precision']:8.3f}{row['recall']:7.3f}{row['f1']:7.3f}{row['f1_lenient']:9.3f}"
        lines.append(f"{row['table']:22}{row['gold']:6}{row['predicted']:6}{scores}")
    lines.append(
        "fields of matched rows: " + (", ".join(f"{name} {right}/{all_}" for name, (right, all_) in found.fields.items()) or "none")
    )
    if rules:
        confidence = rule_confidence([found])
        lines += ["", f"{'rule':48}{'rows':>6}{'right':>6}{'P':>8}{'confidence':>12}"]
        lines += [f"{rule:48}{s.predicted:6}{s.hits:6}{s.precision:8.3f}{confidence[rule]:12.3f}" for rule, s in found.rules.items()]
    for table in FACT_TABLES if errors else ():
        missed = [f"missed {table} {fact.doc_id} {dict(fact.fields)} «{fact.quote[:60]}»" for fact in found.missed if fact.table == table]
        extra = [f"extra {table} {row['doc_id']} {_told(row)} «{(row['quote'] or '')[:60]}»" for name, row in found.extra if name == table]
        lines += [*missed[:errors], *extra[:errors]]
    return "\n".join(lines)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    hidden = ("claim_id", "doc_id", "quote", "char_start", "char_end")
    return {column: value for column, value in row.items() if value is not None and column not in hidden}
