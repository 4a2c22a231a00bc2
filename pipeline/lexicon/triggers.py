"""Trigger words: role titles, verbs of speech, cues of modality. Words and the value of the schema each stands for; no patterns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import LandscapeError
from pipeline.lexicon.families import read_toml

ROLES = (
    "founder", "co_founder", "ceo", "chair", "cto", "chief_scientist", "vp", "executive", "head", "owner", "investor", "researcher", "professor",
    "analyst", "partner", "dean", "spokesperson", "unspecified", "other",
)  # fmt: skip
STATEMENT_KINDS = ("prediction", "opinion", "warning", "fact", "plan")
CUES = ("planned", "predicted", "rumoured", "denied", "reported", "negation")


@dataclass(frozen=True)
class Triggers:
    """Word -> value, each sorted longest word first so that an alternation built of the keys prefers the longer word.

    `roles`: title -> role. `speech_verbs`: verb -> kind of statement. `modality`: cue -> assertion or `negation`.
    `decoys`: strings that hold a name but do not mean it.
    """

    roles: dict[str, str]
    speech_verbs: dict[str, str]
    modality: dict[str, str]
    decoys: tuple[str, ...]

    @cached_property
    def cues(self) -> dict[str, tuple[str, ...]]:
        """Assertion -> its cues, longest first."""
        return {cue: tuple(w for w, c in self.modality.items() if c == cue) for cue in CUES}


def _read(folder: Path, name: str, allowed: tuple[str, ...]) -> dict[str, str]:
    words: dict[str, str] = {}
    for value, listed in read_toml(folder / name).items():
        if value not in allowed:
            raise LandscapeError(f"{name}: key {value} is unknown; known are {', '.join(allowed)}")
        if not isinstance(listed, list) or not all(isinstance(w, str) and w for w in listed):
            raise LandscapeError(f"{name}: {value} must be a list of words")
        for word in listed:
            if word in words:
                raise LandscapeError(f"{name}: {word!r} is listed under {words[word]} and {value}; keep one")
            words[word] = value
    return {w: words[w] for w in sorted(words, key=lambda w: (-len(w), w))}


def read_triggers(folder: Path) -> Triggers:
    """The trigger files of `folder`. Raises LandscapeError naming the file and the word or key that is wrong."""
    return Triggers(
        _read(folder, "roles.toml", ROLES),
        _read(folder, "speech_verbs.toml", STATEMENT_KINDS),
        _read(folder, "modality.toml", CUES),
        tuple(_read(folder, "decoys.toml", ("decoys",))),
    )
