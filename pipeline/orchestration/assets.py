"""The assets: one for each stage and table, grouped by stage so that the graph reads like the flow of an article. They only call `stages`.

Frames travel through the I/O manager; metadata carries rows and a preview. Checks stand in `checks`, when runs start in `triggers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import polars as pl

from pipeline.orchestration import pictures, reports, stages, unchanged
from pipeline.orchestration import warehouse as database
from pipeline.orchestration.progress import learned, stage
from pipeline.orchestration.reports import Journal
from pipeline.orchestration.resources import Workplace
from pipeline.orchestration.retries import patiently
from pipeline.releases.publish import Published
from pipeline.tables import FACT_TABLES, TABLES

PREVIEW_ROWS = 8


def _described(name: str) -> str | None:
    return TABLES[name].description_en if name in TABLES else None


def _outs(group: str, names: Sequence[str]) -> dict[str, dg.AssetOut]:
    return {
        n: dg.AssetOut(key=[group, n], group_name=group, description=_described(n), io_manager_key="frames", is_required=False)
        for n in names
    }


def _ins(group: str, names: Sequence[str]) -> dict[str, dg.AssetIn]:
    return {n: dg.AssetIn(key=[group, n], input_manager_key="frames") for n in names}


def _tables_in() -> dict[str, dg.AssetIn]:
    """The checked tables; their argument names are prefixed, so that a stage may take extracted ones of the same name beside them."""
    return {f"checked_{n}": dg.AssetIn(key=["tables", n], input_manager_key="frames") for n in (*stages.CHECKED, *stages.WAREHOUSE_ONLY)}


def _unprefixed(checked: stages.Frames) -> stages.Frames:
    return {name.removeprefix("checked_"): frame for name, frame in checked.items()}


def preview(frame: pl.DataFrame) -> dict[str, Any]:
    """The metadata of a frame: row count, schema, the first rows as a table."""
    shown = frame.head(PREVIEW_ROWS).select(pl.exclude("text"))
    columns = [dg.TableColumn(n, str(d)) for n, d in frame.schema.items()]
    metadata: dict[str, Any] = {"dagster/row_count": frame.height, "dagster/column_schema": dg.TableSchema(columns=columns)}
    if shown.height:
        metadata["preview"] = dg.MetadataValue.md(pictures.table(shown.columns, shown.iter_rows()))
    return metadata


def _outputs(frames: stages.Frames, names: Sequence[str]) -> Iterator[dg.Output[pl.DataFrame]]:
    for name in names:
        yield dg.Output(frames[name], output_name=name, metadata=preview(frames[name]))


@dg.multi_asset(name="documents_stage", outs=_outs("documents", ("articles", "rejected")))
def documents_stage(workplace: Workplace, turn: dg.ResourceParam[Journal]) -> Iterator[dg.Output[pl.DataFrame]]:
    """Read, decode, describe, date and de-duplicate the files of the seeds folder."""
    places = workplace.places
    with stage("documents") as under_way:
        ingested = patiently(lambda: stages.ingest(places.seeds, places.cache))
        articles = ingested.articles
        under_way.rows = articles.height
    learned(articles=articles.height, characters=articles["text"].str.len_chars().sum(), read=set(articles["sha256"]))
    yield from _outputs({"articles": articles, "rejected": ingested.rejected}, ("articles", "rejected"))


@dg.multi_asset(name="extraction_stage", ins=_ins("documents", ("articles",)), outs=_outs("extraction", stages.EXTRACTED))
def extraction_stage(workplace: Workplace, turn: dg.ResourceParam[Journal], articles: pl.DataFrame) -> Iterator[dg.Output[pl.DataFrame]]:
    """Sentences, mentions and the facts of every article."""
    places = workplace.places
    with stage("extraction") as under_way:
        found = patiently(lambda: stages.extract(articles, places.cache, places.processes))
        under_way.rows, under_way.note = found.frames["claims"].height, f"{found.read} of {articles.height} articles read ({found.scope})"
    learned(articles_read=found.read)
    yield from _outputs(found.frames, stages.EXTRACTED)


NAMING = ("mentions", *FACT_TABLES)  # what entities come from


@dg.multi_asset(
    name="entities_stage",
    ins=_ins("extraction", NAMING),
    outs=_outs("entities", stages.ENTITIES),
    # Names come from mentions; facts bring organisations that are only meant, not named.
    internal_asset_deps={
        name: {dg.AssetKey(["extraction", source]) for source in (NAMING if name == "organizations" else NAMING[:1])}
        for name in stages.ENTITIES
    },
)
def entities_stage(turn: dg.ResourceParam[Journal], **extracted: pl.DataFrame) -> Iterator[dg.Output[pl.DataFrame]]:
    """Organisations, people, models, products, cohorts and all the names they go by."""
    with stage("entities") as under_way:
        frames = stages.entities(extracted)
        under_way.rows = sum(f.height for f in frames.values())
    yield from _outputs(frames, stages.ENTITIES)


CHECKING = tuple(name for name in stages.EXTRACTED if name != "mentions")


def _origins() -> dict[str, set[dg.AssetKey]]:
    """Table -> what its rows are made of. Every table is checked against the others, but the graph would say nothing if it showed that."""
    origins = {name: {dg.AssetKey(["extraction", name])} for name in (*FACT_TABLES, "claims", "sentences")}
    origins |= {name: {dg.AssetKey(["entities", name])} for name in stages.ENTITIES}
    origins |= {name: {dg.AssetKey(["documents", "articles"])} for name in ("documents", "document_texts")}
    origins["review_queue"] = {dg.AssetKey(["extraction", name]) for name in ("review_queue", "spans")}
    origins["quarantine"] = {dg.AssetKey(["extraction", "failures"]), dg.AssetKey(["documents", "rejected"])}
    return origins


def _contract_specs() -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            "contract", asset=dg.AssetKey(["tables", name]), blocking=True, description="Every row keeps the contract of its table."
        )
        for name in stages.CHECKED
    ]


@dg.multi_asset(
    name="contracts_stage",
    ins=_ins("documents", ("articles", "rejected")) | _ins("extraction", CHECKING) | _ins("entities", stages.ENTITIES),
    outs=_outs("tables", (*stages.CHECKED, *stages.WAREHOUSE_ONLY)),
    internal_asset_deps=_origins(),
    check_specs=_contract_specs(),
)
def contracts_stage(
    workplace: Workplace, turn: dg.ResourceParam[Journal], articles: pl.DataFrame, rejected: pl.DataFrame, **frames: pl.DataFrame
) -> Iterator[dg.Output[pl.DataFrame] | dg.AssetCheckResult]:
    """Every table against its contract. What fails goes to quarantine with its reason, what holds goes on."""
    with stage("contracts") as under_way:
        extracted = {name: frames[name] for name in CHECKING}
        named = {name: frames[name] for name in stages.ENTITIES}
        tables = stages.contracts(articles, rejected, extracted, named, workplace.places.corrections)
        under_way.rows = sum(tables[name].height for name in stages.CHECKED)
    quarantine = tables["quarantine"]
    rejected_documents = quarantine.filter(pl.col("table").is_null())["reason"].to_list()
    learned(
        rows={name: tables[name].height for name in stages.CHECKED},
        claims=tables["claims"].height,
        review_queue=tables["review_queue"].height,
        quarantined=quarantine.height,
        rejected=rejected_documents,
        rejected_rows=quarantine.height - len(rejected_documents),
    )
    yield from _outputs(tables, (*stages.CHECKED, *stages.WAREHOUSE_ONLY))
    for name in stages.CHECKED:
        left = tables["quarantine"].filter(pl.col("table") == name)
        yield dg.AssetCheckResult(
            passed=stages.broken(name, tables[name]) == 0,
            check_name="contract",
            asset_key=dg.AssetKey(["tables", name]),
            metadata={"quarantined": left.height} | ({"reasons": preview(left)["preview"]} if left.height else {}),
            severity=dg.AssetCheckSeverity.ERROR,
        )


def _figures_shown(figures: dict[str, Any]) -> dict[str, Any]:
    """The metadata of the figures: scores and coverage as tables, everything as JSON."""
    shown: dict[str, Any] = {"figures": dg.MetadataValue.json(figures)}
    if scores := figures.get("scores"):
        columns = ("precision", "recall", "f1", "gold", "predicted")
        shown["scores"] = dg.MetadataValue.md(
            pictures.table(("table", *columns), [(t, *(s[c] for c in columns)) for t, s in scores.items()])
        )
    parts = ("handled", "ignored", "review", "total")
    rows = [(kind, *(share[c] for c in parts)) for kind, share in figures["coverage"].items()]
    return shown | {"coverage": dg.MetadataValue.md(pictures.table(("spans", *parts), rows))}


@dg.multi_asset(
    name="quality_stage",
    ins=_ins("documents", ("articles",)) | _ins("extraction", ("spans", "sentences", "review_queue", "claims")) | _tables_in(),
    outs={
        "conflicts": dg.AssetOut(
            key=["quality", "conflicts"], group_name="quality", description=_described("conflicts"), io_manager_key="frames"
        ),
        "figures": dg.AssetOut(
            key=["quality", "figures"], group_name="quality", description="Scores, coverage, what was left.", io_manager_key="json"
        ),
    },
)
def quality_stage(
    workplace: Workplace,
    turn: dg.ResourceParam[Journal],
    articles: pl.DataFrame,
    spans: pl.DataFrame,
    sentences: pl.DataFrame,
    review_queue: pl.DataFrame,
    claims: pl.DataFrame,
    **checked: pl.DataFrame,
) -> Iterator[dg.Output[Any]]:
    """What contradicts what, and how good the extraction is: scores, coverage, what was left."""
    tables = _unprefixed(checked)
    extracted = {"spans": spans, "sentences": sentences, "review_queue": review_queue, "claims": claims}
    with stage("quality") as under_way:
        disagreeing = stages.conflicts(tables)
        figures = stages.figures(tables | {"conflicts": disagreeing}, articles, extracted, workplace.places.gold)
        under_way.rows = disagreeing.height
    learned(conflicts=disagreeing.height, f1=pictures.overall(figures))
    yield from _outputs({"conflicts": disagreeing}, ("conflicts",))
    yield dg.Output(figures, output_name="figures", metadata=_figures_shown(figures))


@dg.asset(
    key=["release", "release"],
    group_name="release",
    ins=_tables_in()
    | {
        "conflicts": dg.AssetIn(["quality", "conflicts"], input_manager_key="frames"),
        "figures": dg.AssetIn(["quality", "figures"], input_manager_key="json"),
    },
)
def release(
    workplace: Workplace, turn: dg.ResourceParam[Journal], conflicts: pl.DataFrame, figures: dict[str, Any], **checked: pl.DataFrame
) -> dg.MaterializeResult[Any]:
    """A new version under datasets/ if anything differs from the last one; nothing otherwise."""
    tables = _unprefixed(checked) | {"conflicts": conflicts}
    places = workplace.places
    with stage("release") as under_way:
        outcome = patiently(lambda: stages.publish(tables, figures, places))
        under_way.rows = tables["claims"].height
        is_new = isinstance(outcome, Published)
        under_way.note = f"v{outcome.version}{'' if is_new else ', nothing new'}"
    changes = ", ".join(f"{n} {kind}" for kind, n in outcome.changes.items()) if isinstance(outcome, Published) else "no cell differs"
    learned(outcome="published" if is_new else "nothing new", version=str(outcome.version), changes=changes)
    return dg.MaterializeResult(
        metadata={
            "version": str(outcome.version),
            "published": is_new,
            "changes": changes,
            "path": dg.MetadataValue.path(str(outcome.folder.resolve())),
            "claims": tables["claims"].height,
            "f1": pictures.overall(figures) or 0.0,
            "over_releases": dg.MetadataValue.md(pictures.quality_over_releases(places.datasets)),
        }
    )


@dg.asset(
    key=["warehouse", "warehouse"],
    group_name="warehouse",
    ins=_tables_in() | {"conflicts": dg.AssetIn(["quality", "conflicts"], input_manager_key="frames")},
    deps=[dg.AssetKey(["release", "release"])],
)
def warehouse(
    workplace: Workplace, turn: dg.ResourceParam[Journal], conflicts: pl.DataFrame, **checked: pl.DataFrame
) -> dg.MaterializeResult[Any]:
    """The DuckDB file of the state folder: every table, also sentences, texts and quarantine, and the reports of the runs."""
    tables = _unprefixed(checked) | {"conflicts": conflicts}
    places = workplace.places
    with stage("warehouse") as under_way:
        told = [*reports.read(places.reports), turn.report()]
        is_new = patiently(lambda: database.refresh(places, tables, told, unchanged.code()))
        under_way.rows, under_way.note = sum(f.height for f in tables.values()), "" if is_new else "nothing differs"
    facts = turn.facts
    if turn.inputs and {"read", "rejected", "version"} <= facts.keys():  # a run of every stage, not of some
        unchanged.remember(places, turn.inputs, facts["read"], facts["version"], facts["rejected"], facts["rejected_rows"])
    claims, documents = tables["claims"], tables["documents"]
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(places.warehouse.resolve())),
            "built": is_new,
            "runs": dg.MetadataValue.md(pictures.runs(told)),
            "claims_by_table": dg.MetadataValue.md(pictures.claims_by_table(tables)),
            "claims_by_source": dg.MetadataValue.md(pictures.claims_by_source(claims, documents)),
            "claims_over_time": dg.MetadataValue.md(pictures.claims_over_time(claims, documents)),
        }
    )


ASSETS = (documents_stage, extraction_stage, entities_stage, contracts_stage, quality_stage, release, warehouse)
