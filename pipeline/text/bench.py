"""The benchmark of the text layer: throughput from 1 to 100 MB, fuzzing, blow-up, scores against marks, and other tools in the same run.

`run` returns what `landscape bench text` prints. Nothing of the pipeline imports this module.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import subprocess
import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from pipeline.errors import UsageError
from pipeline.text.fold import fold, simplified
from pipeline.text.quantities import drafts_of, quantities_in
from pipeline.text.scoring import Interval, Score, load_marks, score_money, score_quantities, score_times
from pipeline.text.sentences import sentences_in
from pipeline.text.spans import Quantity, TimeSpan
from pipeline.text.times import scan, times_in

SIZES = (1, 3, 10, 30, 100)
FUZZ_STRINGS = 100_000
LENGTHS = (4_000, 32_000)  # characters of the strings of one repeated piece
_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_REFERENCE = date(2025, 5, 15)
_ALPHABET = (
    "0123456789０１２.,，。、；：！？!?%％元美亿萬万千百十一二两三几数多余年月日号周天季度上下半今去明前后近超约到至—-~/"
    "个家款种位名人次倍成分之第GPTtokenKBM$¥“”「」()（）【】# \n\t\u3000\u200b\u00a0位組智慧資料影片參數\x00\ud800🎉"
)
_REPEATED = (
    *("1", "一", "百", "亿", "1,", "1.", "1/", "1-", "年", "2024年", "3月", "到", "近", "前三", "每百万tokens"),
    *("“", "”", "（", " ", "\n", "。", "https://", "@", "a", "位元組"),
)


def _read_all(text: str) -> None:
    folded = fold(text).text
    sentences_in(folded)
    times_in(folded, _REFERENCE)
    quantities_in(folded)


def _forget() -> None:
    scan.cache_clear()
    drafts_of.cache_clear()


def _material(corpus: Path | None) -> list[tuple[str, str]]:
    """Texts to measure on: the files of a directory, or the invented examples."""
    if corpus is None:
        examples = tomllib.loads((files(__package__) / "examples.toml").read_text(encoding="utf-8"))
        lines = [example["text"] for kind in ("quantities", "times") for example in examples[kind]]
        return [("examples", "\n".join(lines) + "\n")]
    found = sorted(path for path in corpus.glob("*") if path.suffix in (".txt", ".md"))
    if not found:
        raise UsageError(f"{corpus}: no .txt or .md file to measure on; give a directory of articles")
    return [(path.name, path.read_text(encoding="utf-8")) for path in found]


def _of_size(material: Sequence[tuple[str, str]], megabytes: int) -> str:
    whole = "".join(text for _, text in material)
    size = len(whole.encode())
    copies, rest = divmod(megabytes * 10**6, size)
    return whole * copies + whole[: len(whole) * rest // size]


def throughput(material: Sequence[tuple[str, str]], sizes: Sequence[int]) -> list[str]:
    """A table of seconds, MB of UTF-8 per second and peak memory by size; time is processor time of this process."""
    rows = ["size MB   fold s  sentences s  times s  quantities s   MB/s  peak MB"]
    for megabytes in sizes:
        text = _of_size(material, megabytes)
        size = len(text.encode())
        _forget()
        stamps = [time.process_time()]
        folded = fold(text).text
        stamps.append(time.process_time())
        sentences_in(folded)
        stamps.append(time.process_time())
        times_in(folded, _REFERENCE)
        stamps.append(time.process_time())
        quantities_in(folded)
        stamps.append(time.process_time())
        parts = [after - before for before, after in pairwise(stamps)]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        shown = f"{parts[0]:7.2f}  {parts[1]:11.2f}  {parts[2]:7.2f}  {parts[3]:12.2f}"
        rows.append(f"{megabytes:7d}  {shown}  {size / 10**6 / sum(parts):5.2f}  {peak:7.0f}")
    _forget()
    return rows


def _mutated(source: random.Random, text: str) -> str:
    characters = list(text)
    for _ in range(source.randint(1, 8)):
        at = source.randrange(len(characters) + 1)
        change = source.random()
        if change < 0.4:
            characters.insert(at, source.choice(_ALPHABET))
        elif change < 0.7 and characters:
            del characters[min(at, len(characters) - 1)]
        elif characters:
            other = source.randrange(len(characters))
            at = min(at, len(characters) - 1)
            characters[at], characters[other] = characters[other], characters[at]
    return "".join(characters)


def broken_span(raw: str) -> str | None:
    """What is wrong with the spans found in a text; None if all lie inside it, in order, and lead back."""
    folded = fold(raw)
    text = folded.text
    times, quantities = times_in(text, _REFERENCE), quantities_in(text)
    spans: list[tuple[int, int, str | None]] = [(sentence.start, sentence.end, None) for sentence in sentences_in(text)]
    ordered = sorted([(t.start, t.end, t.text) for t in times] + [(q.start, q.end, q.text) for q in quantities])
    for left, right in pairwise(ordered):
        if left[1] > right[0]:
            return f"{left[2]!r} and {right[2]!r} overlap"
    for start, end, span in [*spans, *ordered]:
        if not 0 <= start < end <= len(text) or (span is not None and text[start:end] != span):
            return f"span {start}..{end} of {span!r}"
        raw_start, raw_end = folded.raw_span(start, end)
        if not 0 <= raw_start < raw_end <= len(raw):
            return f"span {start}..{end} leads to {raw_start}..{raw_end}"
    return None


def fuzz(material: Sequence[tuple[str, str]], count: int) -> list[str]:
    """Random and mutated strings: exceptions, broken spans, longest over median time for strings of one length."""
    source = random.Random(20250515)
    whole = "".join(text for _, text in material)
    exceptions: dict[str, int] = {}
    broken = 0
    seconds = []
    gc.disable()  # a collection in the middle would be charged to one string
    for number in range(count):
        if number % 2:
            text = "".join(source.choices(_ALPHABET, k=source.randint(0, 120)))
        else:
            start = source.randrange(max(1, len(whole) - 120))
            text = _mutated(source, whole[start : start + 120])
        begin = time.process_time()
        try:
            wrong = broken_span(text)
        except _FAILURES as error:
            name = type(error).__name__
            exceptions[name] = exceptions.get(name, 0) + 1
            continue
        finally:
            seconds.append(time.process_time() - begin)
        broken += wrong is not None
    gc.enable()
    counts = ", ".join(f"{name} {times}" for name, times in sorted(exceptions.items())) or "none"
    seconds.sort()
    ordinary, late, longest = median(seconds) * 1e6, seconds[int(len(seconds) * 0.999)] * 1e6, seconds[-1] * 1e6
    return [
        f"{count:,} strings: exceptions {counts}; broken spans {broken}",
        f"median {ordinary:.0f} µs, 99.9% {late:.0f} µs, longest {longest:.0f} µs: {longest / ordinary:.0f} times the median",
    ]


def blow_up(lengths: tuple[int, int] = LENGTHS) -> list[tuple[str, float]]:
    """For strings of one repeated piece: time per character at the greater length over that at the lesser; 1 is linear, 8 is quadratic."""
    out = []
    for piece in _REPEATED:
        cost = []
        for length in lengths:
            text = (piece * length)[:length]
            best = min(_timed(partial(_read_all, text)) for _ in range(2))
            cost.append(best / length)
        out.append((piece, cost[1] / cost[0]))
    return out


def _timed(action: Callable[[], None]) -> float:
    _forget()
    begin = time.process_time()
    action()
    return time.process_time() - begin


def _found(text: str, reference: date) -> tuple[list[Quantity], list[TimeSpan]]:
    from pipeline.text import find_quantities, find_times

    return find_quantities(text), find_times(text, reference)


def scores(marks_path: Path, texts: dict[str, str]) -> list[tuple[str, Score]]:
    """Quantities, money and times of this layer against a file of marks."""
    marks = load_marks(marks_path)
    for file in marks["reference_dates"]:
        if file not in texts:
            raise UsageError(f"{marks_path}: marks of {file}, but there is no such text; name the directory that holds it")
    found = {file: _found(texts[file], date.fromisoformat(day)) for file, day in marks["reference_dates"].items()}
    money = {file: [_interval(q) for q in quantities if q.currency] for file, (quantities, _) in found.items()}
    return [
        ("quantities", score_quantities(texts, found, marks)),
        ("money", score_money(texts, money, marks)),
        ("times", score_times(found, marks)),
    ]


def _interval(quantity: Quantity) -> Interval:
    low, high = (quantity.low, quantity.high) if quantity.value is None else (quantity.value, quantity.value)
    return Interval(quantity.start, quantity.end, low, high, quantity.text, quantity.modifier)


def _ask_peers(python: Path, documents: Sequence[tuple[str, str, str]], limit: int) -> list[dict[str, Any]]:
    """What the other tools answer for (file, text, day), in their own environment; they are given Simplified text, which they need."""
    script = (files(__package__) / "peers_runner.py.txt").read_text(encoding="utf-8")
    question = json.dumps([[file, simplified(text), day] for file, text, day in documents])
    try:
        done = subprocess.run(
            [str(python), "-c", script, str(limit)], input=question, capture_output=True, text=True, timeout=3600, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        output = getattr(error, "stderr", None)
        reason = output.strip().splitlines()[-1] if isinstance(output, str) and output.strip() else type(error).__name__
        raise UsageError(
            f"{python}: the other tools do not run there ({reason}); it needs jionlp, recognizers-text-suite and emoji<2"
        ) from error
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def _peer_speed(python: Path, material: Sequence[tuple[str, str]], limit: int) -> list[str]:
    """Speed over the same texts, in processor time on both sides."""
    answers = _ask_peers(python, [(file, text, _REFERENCE.isoformat()) for file, text in material], limit)
    _forget()
    begin = time.process_time()
    for _, text in material:
        _read_all(text)
    own = sum(len(text.encode()) for _, text in material) / 10**6 / (time.process_time() - begin)
    rows = [f"this layer (folding, sentences, quantities, times): {own:.3f} MB/s"]
    for answer in answers:
        speed = answer["bytes"] / 10**6 / answer["seconds"]
        rows.append(f"{answer['tool']} (money and times only): {speed:.3f} MB/s; this layer is {own / speed:.1f} times as fast")
    return rows


def _peer_scores(python: Path, marks_path: Path, texts: dict[str, str]) -> list[str]:
    """Money and times of the other tools against the same marks."""
    marks = load_marks(marks_path)
    asked = [(file, texts[file], day) for file, day in marks["reference_dates"].items()]
    rows = []
    for answer in _ask_peers(python, asked, len(asked)):
        money: dict[str, list[Interval]] = {}
        found: dict[str, tuple[list[Quantity], list[TimeSpan]]] = {}
        for file, of_file in answer["found"].items():
            raw = texts[file]
            money[file] = [Interval(start, end, low, high, raw[start:end]) for start, end, low, high in of_file["money"]]
            days = [(start, end, _day(low), _day(high)) for start, end, low, high in of_file["times"]]
            found[file] = ([], [TimeSpan(start, end, raw[start:end], low, high, "range") for start, end, low, high in days])
        rows += [
            score_money(texts, money, marks).shown(f"{answer['tool']} money"),
            score_times(found, marks).shown(f"{answer['tool']} times"),
        ]
    return rows


def _day(text: str) -> date | None:
    """A day as the tools write it; None for what is no day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def run(
    corpus: Path | None,
    *,
    peers: Path | None = None,
    marks: Path | None = None,
    marked_texts: Path | None = None,
    sizes: Sequence[int] = SIZES,
    strings: int = FUZZ_STRINGS,
    peer_texts: int = 10,
    lengths: tuple[int, int] = LENGTHS,
) -> str:
    """The whole benchmark as text.

    `corpus` is a directory of articles (None: the invented examples), `peers` a Python that has the other tools, `marks` a file of hand-marked
    quantities and times whose texts stand in `marked_texts` (None: in `corpus`), `peer_texts` how many texts the slowest tool reads,
    `lengths` the two lengths of strings of one repeated piece.
    """
    material = _material(corpus)
    blocks = [
        "Throughput",
        *throughput(material, sizes),
        "",
        "Fuzzing",
        *fuzz(material, strings),
        "",
        f"Time per character, {lengths[1]:,} over {lengths[0]:,} characters",
    ]
    worst = sorted(blow_up(lengths), key=lambda pair: -pair[1])[:5]
    blocks.append("worst repeated pieces: " + ", ".join(f"{piece!r} {ratio:.2f}" for piece, ratio in worst))
    blocks += ["", "Other tools"]
    blocks += _peer_speed(peers, material, peer_texts) if peers is not None else ["skipped: no Python with the other tools was named"]
    if marks is not None:
        directory = marked_texts or corpus
        texts = {} if directory is None else dict(_material(directory))
        blocks += ["", f"Scores on {marks.name}"]
        for name, score in scores(marks, texts):
            blocks += [score.shown(name), *score.lines]
        if peers is not None:
            blocks += _peer_scores(peers, marks, texts)
    return "\n".join(blocks)
