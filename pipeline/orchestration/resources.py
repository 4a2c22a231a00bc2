"""What a run needs to know about its surroundings: folders, the state it keeps between runs, and how frames travel between assets."""

from __future__ import annotations

import json
from pathlib import Path

import dagster as dg
import polars as pl


class Workplace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folders of a build. `state` holds what may be thrown away: frames of the last run, cached extractions, Dagster's own records.

    `gold` is a folder of gold facts (JSON lines) that the extraction is scored on; `version` may raise the version that the diff decides.
    """

    seeds: str = "seeds"
    datasets: str = "datasets"
    state: str = ".landscape"
    corrections: str | None = None
    gold: str | None = None
    version: str | None = None
    workers: int = 1

    @property
    def seeds_path(self) -> Path:
        return Path(self.seeds)

    @property
    def datasets_path(self) -> Path:
        return Path(self.datasets)

    @property
    def state_path(self) -> Path:
        return Path(self.state)

    @property
    def frames_path(self) -> Path:
        return self.state_path / "frames"

    @property
    def cache_path(self) -> Path:
        return self.state_path / "cache"


class FrameFiles(dg.ConfigurableIOManager):
    """Keeps the frame of each asset in one parquet file under `folder`; a half-written file never has the final name."""

    folder: str

    def _file(self, context: dg.InputContext | dg.OutputContext) -> Path:
        return Path(self.folder, *context.asset_key.path).with_suffix(".parquet")

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame) -> None:
        file = self._file(context)
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".writing")
        obj.write_parquet(beside)
        beside.replace(file)

    def load_input(self, context: dg.InputContext) -> pl.DataFrame:
        return pl.read_parquet(self._file(context))


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
        return json.loads(self._file(context).read_text("utf-8"))
