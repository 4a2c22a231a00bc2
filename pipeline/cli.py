"""The command line: `landscape …`. Options, exit codes and printing belong here; every command calls one function of a stage.

Exit codes: 0 ok, 1 failed, 2 usage, 3 finished, but some input went to quarantine. Imports stand inside the commands so that each starts fast.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import LandscapeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

QUARANTINED = 3
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)
datasets_option = click.option("--datasets", type=FOLDER, default=Path("datasets"), show_default=True, help="Folder of published releases.")
release_option = click.option("--release", type=FOLDER, default=None, help="A release folder; the latest by default.")


state_option = click.option(
    "--state", type=FOLDER, default=Path(".landscape"), show_default=True, help="Folder for what may be thrown away."
)
workers_option = click.option("--workers", default=0, type=click.IntRange(0), help="Processes that read articles.  [default: one a core]")
hook_option = click.option(
    "--on-failure",
    envvar="LANDSCAPE_ON_FAILURE",
    default=None,
    help="Command (or URL on this machine) that is given the report of a bad run.",
)


class _Commands(click.Group):
    """Prints what a user can mend in one line; everything else is a bug and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LandscapeError as error:
            click.echo(f"landscape: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # `landscape show … | head` is no error
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chinese-llm-landscape", prog_name="landscape")
def main() -> None:
    """Chinese news about large models as a versioned, citable dataset."""


def _release(release: Path | None, datasets: Path = Path("datasets")) -> Path:
    """The release folder named, or the latest one below `datasets`."""
    from pipeline.releases.layout import releases_in

    if release is not None:
        return release
    found = releases_in(datasets)
    if not found:
        raise LandscapeError(f"{datasets}: no release there; `landscape build` makes one")
    return next(reversed(found.values()))


@main.command()
@click.option("--seeds", type=FOLDER, default=Path("seeds"), show_default=True, help="Folder of articles.")
@datasets_option
@click.option("--corrections", type=FILE, default=None, help="File of human decisions (see CONTRIBUTING.md).")
@click.option("--gold", type=FOLDER, default=None, help="Folder of gold facts to score against.  [default: tests/gold if it exists]")
@state_option
@click.option("--version", default=None, help="Raise the version that the diff decides to this one.")
@workers_option
@click.option("--fresh", is_flag=True, help="Read every article anew, whatever is kept of earlier runs.")
@click.option("--wait", default=600.0, show_default=True, help="Seconds to wait for another run that is at work.")
@hook_option
@click.option("--sign", "sign_key", type=FILE, default=None, help="A minisign secret key: sign what is published.")
@click.option(
    "--log", type=click.Choice(["auto", "plain", "json", "silent"]), default="auto", show_default=True, help="How to show progress."
)
def build(
    seeds: Path,
    datasets: Path,
    corrections: Path | None,
    gold: Path | None,
    state: Path,
    version: str | None,
    workers: int,
    fresh: bool,
    wait: float,
    on_failure: str | None,
    sign_key: Path | None,
    log: str,
) -> None:
    """Build a release of the articles in a folder. Publishes nothing if nothing changed."""
    from pipeline.orchestration.build import build as run
    from pipeline.orchestration.hook import checked
    from pipeline.orchestration.places import Places
    from pipeline.orchestration.progress import watcher

    if not seeds.is_dir():
        raise UsageError(f"{seeds}: no such folder of articles; give one with --seeds")
    if corrections and not corrections.is_file():
        raise UsageError(f"{corrections}: no such file of corrections; correct --corrections or leave it out")
    if gold and not gold.is_dir():
        raise UsageError(f"{gold}: no such folder of gold facts; correct --gold or leave it out")
    gold = gold or (Path("tests/gold") if Path("tests/gold").is_dir() else None)
    style = ("live" if sys.stderr.isatty() else "plain") if log == "auto" else log
    places = Places(seeds, datasets, state, corrections, gold, version, workers, fresh, checked(on_failure), sign_key)
    try:
        outcome = run(places, watcher(style), wait_seconds=wait)  # type: ignore[arg-type]
    except LandscapeError as error:
        if log != "json":
            raise
        click.echo(json.dumps({"error": str(error)}, ensure_ascii=False), err=True)
        raise SystemExit(error.exit_code) from error
    if log == "json":
        keys = ("version", "is_new", "summary", "rejected", "rejected_rows")
        click.echo(json.dumps({key: getattr(outcome, key) for key in keys} | {"folder": str(outcome.folder)}, ensure_ascii=False))
    else:
        for reason in outcome.rejected:
            click.echo(f"quarantined: {reason}", err=True)
        if outcome.rejected_rows:
            click.echo(f"quarantined: {outcome.rejected_rows} rows; see the table quarantine in {state}/landscape.duckdb", err=True)
        click.echo(f"{'published' if outcome.is_new else 'nothing new'}: {outcome.folder} ({outcome.summary})")
    if outcome.rejected or outcome.rejected_rows:
        raise SystemExit(QUARANTINED)


@main.command()
@click.option("--seeds", type=FOLDER, default=Path("seeds"), show_default=True, help="Folder of the articles it was made of.")
@datasets_option
@click.option("--corrections", type=FILE, default=None, help="The corrections it was made with.")
@click.option("--version", default=None, help="Which release.  [default: the newest]")
def rebuild(seeds: Path, datasets: Path, corrections: Path | None, version: str | None) -> None:
    """Build a published release again beside it and compare every data file byte for byte."""
    from pipeline.orchestration.rebuild import rebuild as run

    name = version or _release(None, datasets).name.removeprefix("v")
    differences = run(seeds, datasets, name, corrections)
    for difference in differences:
        click.echo(difference)
    if differences:
        raise LandscapeError(f"{datasets}/v{name}: {len(differences)} file(s) differ from a build of the same articles")
    click.echo(f"{datasets}/v{name}: the rebuild is identical")


@main.command()
@click.argument("release", type=FOLDER, required=False)
@datasets_option
@click.option("--key", type=FILE, default=None, help="A minisign public key: the signature over SHA256SUMS must be by it.")
def verify(release: Path | None, datasets: Path, key: Path | None) -> None:
    """Check a release: checksums, contracts, keys, quotes, agreement of the formats, the chain of changes."""
    from pipeline.releases.verify import verify as run

    folder = _release(release, datasets)
    problems = run(folder, key=key)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise LandscapeError(f"{folder}: {len(problems)} problem(s); restore the release from where you got it")
    click.echo(f"{folder}: ok")


@main.command()
@datasets_option
def releases(datasets: Path) -> None:
    """List the published releases, newest first."""
    from pipeline.releases.index import read_index

    entries = read_index(datasets)
    if not entries:
        raise LandscapeError(f"{datasets}: no release there; `landscape build` makes one")
    for entry in entries:
        click.echo(f"v{entry['version']}  {str(entry['published'])[:10]}  {entry.get('summary', '')}")


@main.command()
@click.argument("old")
@click.argument("new")
@datasets_option
def diff(old: str, new: str, datasets: Path) -> None:
    """Say what differs between two releases (versions such as 0.1.0, or folders)."""
    from pipeline.releases.comparison import describe

    click.echo(describe(_named(old, datasets), _named(new, datasets)))


def _named(name: str, datasets: Path) -> Path:
    folder = Path(name) if Path(name).is_dir() else datasets / f"v{name.removeprefix('v')}"
    if not folder.is_dir():
        raise UsageError(f"{name}: neither a version in {datasets} nor a release folder")
    return folder


@main.command()
@click.argument("table")
@release_option
@datasets_option
@click.option("--rows", default=20, show_default=True, help="How many rows.")
def show(table: str, release: Path | None, datasets: Path, rows: int) -> None:
    """Print the first rows of a table."""
    from pipeline.tables import TABLES
    from pipeline.warehouse.query import run_query

    if table not in TABLES or not TABLES[table].public:
        known = ", ".join(t for t in TABLES if TABLES[t].public)
        raise UsageError(f"{table}: no such table; there are {known}")
    click.echo(run_query(_release(release, datasets), f'FROM "{table}" LIMIT {max(rows, 0)}', format="table"))


@main.command()
@click.argument("sql")
@release_option
@datasets_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "parquet"]), default="table", show_default=True)
@click.option("--output", type=FILE, default=None, help="Write to this file; needed for parquet.")
def query(sql: str, release: Path | None, datasets: Path, form: str, output: Path | None) -> None:
    """Ask a release in SQL. Read-only, no files, no network, a time and a memory limit."""
    from pipeline.warehouse.query import run_query

    text = run_query(_release(release, datasets), sql, format=form, output=output)
    if text:
        click.echo(text)


@main.command()
@click.argument("claim_id")
@release_option
@datasets_option
@click.option(
    "--seeds", type=FOLDER, default=Path("seeds"), show_default=True, help="Where the articles are, for the sentence around the quote."
)
def explain(claim_id: str, release: Path | None, datasets: Path, seeds: Path) -> None:
    """Show where a row comes from: the row, the rule, the quote in its sentence, the article."""
    from pipeline.releases.explain import explain as run

    click.echo(run(_release(release, datasets), claim_id, seeds))


@main.command()
@click.argument("file", type=click.File("rb"))
@click.option("--mentions", is_flag=True, help="Print names, quantities and times instead of facts.")
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Publication date that relative times are resolved against."
)
def extract(file: Any, mentions: bool, published: Any) -> None:
    """Read one article (or - for standard input) and print what is found, one JSON object a line."""
    from pipeline.facts.trial import facts_of, mentions_of

    day = published.date() if published else None
    raw = file.read()
    for line in (mentions_of if mentions else facts_of)(raw, getattr(file, "name", "-"), day):
        click.echo(json.dumps(line, ensure_ascii=False, default=str))


@main.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@release_option
@datasets_option
@click.option("--errors", default=0, help="Print so many misses and extras per table.")
@click.option("--rules", is_flag=True, help="Print the precision of every rule.")
@click.option("--record", is_flag=True, help="Keep the measured precision of every rule: the confidence of later builds.")
def evaluate(gold: Sequence[Path], release: Path | None, datasets: Path, errors: int, rules: bool, record: bool) -> None:
    """Score a release against gold facts: precision, recall and F1 per table."""
    from pipeline.quality.evaluation import measure, report

    folder = _release(release, datasets)
    click.echo(report(folder, list(gold), errors=errors, rules=rules))
    if record:
        from pipeline.quality import measured

        measured.record({rule: (score.predicted, score.hits) for rule, score in measure(folder, list(gold)).rules.items()})


@main.command()
@release_option
@datasets_option
@click.option("--rows", default=30, show_default=True)
def review(release: Path | None, datasets: Path, rows: int) -> None:
    """List what no rule could place, most frequent first."""
    from pipeline.warehouse.query import run_query

    columns = "kind, entity_type, surface, sum(count) AS times, count(*) AS articles, min(context) AS context"
    sql = f"SELECT {columns} FROM review_queue GROUP BY kind, entity_type, surface ORDER BY times DESC, surface LIMIT {max(rows, 0)}"
    click.echo(run_query(_release(release, datasets), sql, format="table"))


@main.command()
@release_option
@datasets_option
@click.option("--output", type=FILE, default=None, help="Write to this file instead of printing.")
def dictionary(release: Path | None, datasets: Path, output: Path | None) -> None:
    """The data dictionary of a release, in English and Chinese."""
    text = (_release(release, datasets) / "DICTIONARY.md").read_text("utf-8")
    if output:
        output.write_text(text, "utf-8")
    else:
        click.echo(text)


@main.command()
@click.argument("target", type=FOLDER)
@release_option
@datasets_option
def publish(target: Path, release: Path | None, datasets: Path) -> None:
    """Copy a verified release, with versions.json and latest.json, to another folder (a mounted bucket, a web root)."""
    from pipeline.releases.handover import hand_over

    click.echo(f"published: {hand_over(_release(release, datasets), target)}")


@main.command()
@click.argument("what", type=click.Choice(["text", "pipeline", "release", "query"]))
@click.option("--corpus", type=FOLDER, default=None, help="A folder of articles to measure on (text only).")
@click.option("--peers", type=FILE, default=None, help="Python of an environment with JioNLP and Recognizers-Text (text only).")
@click.option("--sizes", default="100,1000,10000", show_default=True, help="Numbers of articles (pipeline only); 50000 takes a while.")
@workers_option
def bench(what: str, corpus: Path | None, peers: Path | None, sizes: str, workers: int) -> None:
    """Measure speed and memory and print a table."""
    from pipeline.orchestration.bench import run

    try:
        numbers = [int(size) for size in sizes.split(",")]
    except ValueError:
        raise UsageError(f"--sizes {sizes}: not whole numbers with commas between them") from None
    for line in run(what, corpus=corpus, peers=peers, sizes=numbers, workers=workers):
        click.echo(line)


@main.command()
@click.option("--seeds", type=FOLDER, default=Path("seeds"), show_default=True, help="Folder of articles.")
@datasets_option
@click.option("--corrections", type=FILE, default=None, help="File of human decisions.")
@click.option("--gold", type=FOLDER, default=None, help="Folder of gold facts.  [default: tests/gold if it exists]")
@state_option
@workers_option
@hook_option
@click.option("--port", default=3000, show_default=True)
def dev(
    seeds: Path,
    datasets: Path,
    corrections: Path | None,
    gold: Path | None,
    state: Path,
    workers: int,
    on_failure: str | None,
    port: int,
) -> None:
    """The Dagster UI on loopback, with schedule and sensor on."""
    from pipeline.orchestration.dev import serve
    from pipeline.orchestration.hook import checked
    from pipeline.orchestration.places import Places

    gold = gold or (Path("tests/gold") if Path("tests/gold").is_dir() else None)
    serve(port, Places(seeds, datasets, state, corrections, gold, workers=workers, on_failure=checked(on_failure)))


if __name__ == "__main__":
    main()
