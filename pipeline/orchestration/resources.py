"""What a run of Dagster needs to know about its surroundings: folders, its turn, and how frames travel between assets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Self

import dagster as dg
import polars as pl

from pipeline.errors import LandscapeError
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Lines
from pipeline.orchestration.reports import Journal
from pipeline.orchestration.retries import patiently
from pipeline.orchestration.turn import WAIT_SECONDS, turn


class Workplace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folders of a build as Dagster shows them; see `Places` for what each is."""

    seeds: str = "seeds"
    datasets: str = "datasets"
    state: str = ".landscape"
    corrections: str | None = None
    gold: str | None = None
    version: str | None = None
    workers: int = 0
    is_fresh: bool = False
    on_failure: str | None = None
    sign_key: str | None = None

    @classmethod
    def of(cls, places: Places) -> Self:
        """The resource that stands for `places`."""
        given = {field.name: getattr(places, field.name) for field in fields(places)}
        return cls.model_validate({name: str(value) if isinstance(value, Path) else value for name, value in given.items()})

    @property
    def places(self) -> Places:
        def path(text: str | None) -> Path | None:
            return Path(text) if text else None

        folders = (Path(self.seeds), Path(self.datasets), Path(self.state), path(self.corrections), path(self.gold))
        return Places(*folders, self.version, self.workers, self.is_fresh, self.on_failure, path(self.sign_key))


class Turn(dg.ConfigurableResource[Journal]):
    """Holds the state folder for as long as a run lasts; a second run waits. Every asset asks for it, so no run goes without."""

    workplace: Workplace
    wait_seconds: float = WAIT_SECONDS

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Journal]:
        said: Callable[[str], object] = context.log.info if context.log else print
        run_id = context.run.run_id if context.run else "none"
        with turn(self.workplace.places, Lines(write=said), trigger=f"dagster {run_id}", wait_seconds=self.wait_seconds) as journal:
            yield journal


class FrameFiles(dg.ConfigurableIOManager):
    """Keeps the frame of each asset in one parquet file under `folder`; a half-written file never has the final name."""

    folder: str

    def _file(self, context: dg.InputContext | dg.OutputContext) -> Path:
        return Path(self.folder, *context.asset_key.path).with_suffix(".parquet")

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame) -> None:
        file = self._file(context)
        beside = file.with_suffix(".writing")

        def write() -> None:
            file.parent.mkdir(parents=True, exist_ok=True)
            obj.write_parquet(beside)
            beside.replace(file)

        patiently(write)

    def load_input(self, context: dg.InputContext) -> pl.DataFrame:
        file = self._file(context)
        _must_exist(file)
        return patiently(lambda: pl.read_parquet(file))


class JsonFiles(dg.ConfigurableIOManager):
    """Keeps what is not a frame (the figures of quality) as one JSON file an asset under `folder`."""

    folder: str

    def _file(self, context: dg.InputContext | dg.OutputContext) -> Path:
        return Path(self.folder, *context.asset_key.path).with_suffix(".json")

    def handle_output(self, context: dg.OutputContext, obj: object) -> None:
        file = self._file(context)
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".writing")
        beside.write_text(json.dumps(obj, ensure_ascii=False), "utf-8")
        beside.replace(file)

    def load_input(self, context: dg.InputContext) -> object:
        file = self._file(context)
        _must_exist(file)
        return json.loads(file.read_text("utf-8"))


def _must_exist(file: Path) -> None:
    if not file.exists():
        raise LandscapeError(f"{file}: not there; materialize the assets before it, or all of them")
