"""From a folder of files to documents. This module knows files and what can go wrong with them; what each step means lives in the step's module."""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.documents.dating import infer_published
from pipeline.documents.decode import decode
from pipeline.documents.document import Document
from pipeline.documents.duplicates import mark_duplicates
from pipeline.documents.furniture import body_spans
from pipeline.documents.metadata import Declared, declared_in
from pipeline.documents.page import view_of
from pipeline.documents.script import script_of
from pipeline.documents.sources import FILE_NAME, Source, read_sources
from pipeline.errors import LandscapeError, UsageError
from pipeline.tables.quarantine import Quarantined

STAGE = "documents"
# A book has one megabyte; what is bigger than this is a dump that would take the memory of the whole batch.
MAX_BYTES = 100 * 2**20
_IGNORED_SUFFIXES = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swo", ".bak", ".lock", "~")
_IGNORED_NAMES = (FILE_NAME, "thumbs.db", "desktop.ini", "readme", "readme.md", "readme.txt")
_ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", "")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")


# (doc_id, sha256 of the file, what sources.toml says of it or "") -> the document it made before
Known = dict[tuple[str, str, str], Document]


class UnreadableError(LandscapeError):
    """A file that is not an article we can read. The message says why and what to do, without the file's name."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """A folder of articles as found: `files` to read in order, `sources` by file name, `quarantined` what cannot even be tried."""

    files: tuple[Path, ...]
    sources: dict[str, Source]
    quarantined: tuple[Quarantined, ...]


def read_documents(seeds: Path, latest: date | None = None, known: Known | None = None) -> tuple[list[Document], list[Quarantined]]:
    """Read every article of a folder: documents sorted by doc_id with copies marked, and what could not be read with the reason.

    With `known`, documents read before, a file that is among them is taken from there, and copies are not marked: the caller has fingerprints for that.

    `latest` is the last day on which an article can have been published; a page that declares a later one is dated by inference instead and reported.
    Raises UsageError when the folder does not exist or cannot be listed.
    """
    found = list_seeds(seeds)
    documents: dict[str, Document] = {}
    names: dict[str, str] = {}
    quarantined = list(found.quarantined)
    for path in found.files:
        doc_id = doc_id_of(path)
        if doc_id in names:
            reason = f"{printable(path.name)}: has the same name as {names[doc_id]} but for the ending; rename one of them"
            quarantined.append(Quarantined(STAGE, doc_id, None, None, reason))
            continue
        try:
            document, notes = _known_or_read(path, found.sources.get(unicodedata.normalize("NFC", path.name)), latest, known)
        except LandscapeError as error:
            quarantined.append(Quarantined(STAGE, doc_id, None, None, f"{printable(path.name)}: {error}"))
            continue
        documents[doc_id], names[doc_id] = document, path.name
        quarantined.extend(Quarantined(STAGE, doc_id, "documents", None, f"{printable(path.name)}: {note}") for note in notes)
    ordered = [documents[doc_id] for doc_id in sorted(documents)]
    return ordered if known is not None else mark_duplicates(ordered), quarantined


def list_seeds(seeds: Path) -> Seeds:
    """List the articles of a folder by name. Hidden, temporary and system files and `sources.toml` are passed over; folders are reported."""
    try:
        paths = sorted(seeds.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        raise UsageError(f"{seeds}: there is no such folder; give the folder of the articles with --seeds") from None
    except NotADirectoryError:
        raise UsageError(f"{seeds}: is a file; give the folder of the articles with --seeds") from None
    except OSError as error:
        raise UsageError(f"{seeds}: cannot be listed ({error.strerror}); check its permissions") from None
    files, quarantined = [], []
    for path in paths:
        name = path.name.lower()
        if name.startswith((".", "~$", "#")) or name.endswith(_IGNORED_SUFFIXES) or name in _IGNORED_NAMES:
            continue
        problem = _problem_of_name(path)
        if problem:
            quarantined.append(Quarantined(STAGE, None, None, None, f"{printable(path.name)}: {problem}"))
        else:
            files.append(path)
    sources, problems = read_sources(seeds)
    present = {unicodedata.normalize("NFC", path.name) for path in paths}
    problems += [
        f'{FILE_NAME}: ["{name}"] names a file that is not there; correct the name or remove the entry'
        for name in sources
        if name not in present
    ]
    quarantined.extend(Quarantined(STAGE, None, None, None, problem) for problem in problems)
    return Seeds(tuple(files), sources, tuple(quarantined))


def doc_id_of(path: Path) -> str:
    """The doc_id of a file: its name without the ending, in composed characters (NFC), whatever the file system made of it."""
    return unicodedata.normalize("NFC", path.stem).strip()


def _known_or_read(path: Path, source: Source | None, latest: date | None, known: Known | None) -> tuple[Document, tuple[str, ...]]:
    if not known:
        return read_document(path, source, latest)
    raw, doc_id = _bytes_of(path), doc_id_of(path)
    document = known.get((doc_id, hashlib.sha256(raw).hexdigest(), repr(source) if source else ""))
    return (document, ()) if document else _made(raw, doc_id, source, latest)


def read_document(path: Path, source: Source | None = None, latest: date | None = None) -> tuple[Document, tuple[str, ...]]:
    """Read one file. Returns the document and one line for each thing that was set right. Raises LandscapeError when it is not an article."""
    return _made(_bytes_of(path), doc_id_of(path), source, latest)


def document_of(raw: bytes, doc_id: str, source: Source | None = None) -> Document:
    """Make a document of the bytes of a file. Pure: the same bytes and source give the same document. Raises LandscapeError when it is not an article."""
    return _made(raw, doc_id, source, None)[0]


def _made(raw: bytes, doc_id: str, source: Source | None, latest: date | None) -> tuple[Document, tuple[str, ...]]:
    decoded = decode(raw)
    text = decoded.text
    view = view_of(text)
    body = body_spans(view)
    _must_be_chinese(text, body)
    source = source or Source()
    declared = declared_in(text, view)
    notes = []
    start, end, basis, evidence = _published(source, declared)
    if latest and end and end > latest:
        notes.append(f"the day of publication {end} ({basis}) is in the future; it is not used: correct it in {FILE_NAME}")
        start = end = None
    if start is None:
        inferred = infer_published(view, body)
        start, end, evidence = inferred.start, inferred.end, inferred.evidence
        basis = "inferred" if start else None
    document = Document(
        doc_id=doc_id,
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        encoding=decoded.encoding,
        body=body,
        title=source.title or declared.title,
        publisher=source.publisher or declared.publisher,
        author=source.author or declared.author,
        url=source.url or declared.url,
        published_start=start,
        published_end=end,
        published_basis=basis,
        published_evidence=evidence,
        script=script_of("".join(text[begin:finish] for begin, finish in body)),
        rights=source.rights,
        encoding_evidence=decoded.evidence,
    )
    return document, tuple(notes)


def printable(name: str) -> str:
    """A file name for a message: control characters and undecodable bytes escaped, so a name can never break a log line."""
    return "".join(character if character.isprintable() else character.encode("unicode_escape").decode("ascii") for character in name)


def _published(source: Source, declared: Declared) -> tuple[date | None, date | None, str | None, str | None]:
    if source.published:
        return source.published, source.published, "curated", FILE_NAME
    if declared.published:
        return declared.published, declared.published, "declared", declared.published_evidence
    return None, None, None, None


def _problem_of_name(path: Path) -> str | None:
    if path.is_dir():
        return "is a folder; put the articles directly into the seeds folder"
    if printable(path.name) != path.name:
        return "the file name holds characters that cannot be written; rename it"
    if not path.stem.strip():
        return "the file name is blank before its ending; rename it"
    if path.suffix.lower() not in _ENDINGS:
        return f"is not an article by its ending {path.suffix}; articles end in {', '.join(_ENDINGS[:-1])}: save it as one or remove it"
    return None


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableError with what to do; a pipe or device is never opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("is not a file with text (a pipe, socket or device); remove it")
        if status.st_size > MAX_BYTES:
            raise UnreadableError(
                f"has {status.st_size / 2**20:.0f} MB, over the limit of {MAX_BYTES // 2**20} MB; split it into one file an article"
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise UnreadableError("is a link to a file that is not there; correct or remove the link") from None
        raise UnreadableError("vanished while it was read; put it back if it was not meant to go") from None
    except PermissionError:
        raise UnreadableError("may not be read; give the pipeline read permission (chmod a+r)") from None
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror}); check the disk and run again") from None
    if len(raw) != status.st_size:
        raise UnreadableError("changed while it was read; run again when it is completely written")
    return raw


def _must_be_chinese(text: str, body: tuple[tuple[int, int], ...]) -> None:
    """Raise UnreadableError unless the article has Chinese in it, and more of it than of any other script of East Asia."""
    sample = text if len(text) < 1_000_000 else text[:1_000_000]
    han = len(_HAN.findall(sample))
    if han == 0:
        raise UnreadableError("has no Chinese in it; only Chinese articles can be read: remove it")
    if len(_KANA.findall(sample)) * 3 > han or len(_HANGUL.findall(sample)) > han:
        raise UnreadableError("is Japanese or Korean; only Chinese articles can be read: remove it")
    if len(sample) > 200 and han * 50 < len(sample):
        raise UnreadableError("has hardly any Chinese in it (under 2 % of its characters); only Chinese articles can be read: remove it")
    if not body:
        raise UnreadableError("has no article in it, only page furniture; save the article's text")
