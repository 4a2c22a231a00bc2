"""One byte flipped in any file of a release, a file missing, a file added: verify finds each, in every file."""

import shutil

import pytest

from pipeline.releases.build import FORMATS
from pipeline.releases.checksums import files_in
from pipeline.releases.staging import remove_folder
from pipeline.releases.verify import verify

pytest.importorskip("minisign")


@pytest.fixture(scope="module")
def release(tmp_path_factory, new_industry):
    """A second, signed release with every format, unsealed so that a test can damage it, without the index beside it."""
    from pipeline.releases.publish import publish
    from pipeline.releases.signing import new_key, read_signer

    place = tmp_path_factory.mktemp("tampering")
    new_key(place / "key", place / "key.pub")
    signer = read_signer(place / "key")
    industry = new_industry()
    publish(industry.tables(), place / "datasets", inputs=industry.inputs(), formats=("parquet", "csv"), signer=signer)
    industry.article("west", "西方来客")
    publish(industry.tables(), place / "datasets", inputs=industry.inputs(), formats=FORMATS, signer=signer)
    folder = place / "datasets" / "v0.2.0"
    assert verify(folder, key=place / "key.pub") == []
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    # What the index knows must not be needed to find damage.
    for name in ("versions.json", "latest.json"):
        (place / "datasets" / name).unlink()
    yield folder
    remove_folder(place)


def flips(size: int) -> list[tuple[int, int]]:
    """Position and bit: first, last and two bytes between, enough for every part of a small file and quick for a large one."""
    return [(0, 0x01), (size - 1, 0x20), (size // 2, 0x20), (size - size // 5 - 1, 0x01)]


def test_a_flipped_byte_is_found_in_every_file(release):
    for name in files_in(release):
        path = release / name
        content = path.read_bytes()
        assert content, f"{name} is empty"
        for position, bit in flips(len(content)):
            path.write_bytes(content[:position] + bytes([content[position] ^ bit]) + content[position + 1 :])
            problems = quick(release)
            # A digest that is wrong and a file that is wrong look the same without the index: either is named.
            assert any(problem.file == name or name == "SHA256SUMS" for problem in problems), (name, position, bit)
        path.write_bytes(content)
    assert verify(release) == []


def one_of_each_kind(release) -> list[str]:
    """The files that verify reads, one of each format, and one that it does not."""
    kinds = ("claims.", "landscape.", "datapackage", "release.json", "SHA256SUMS", "minisign", "schema_changes", "README.md")
    return [name for name in files_in(release) if name.split("/")[-1].startswith(kinds)]


def quick(release):
    """The checks that look at bytes: what `verify` does first. The whole of it runs once a file in the test below."""
    from pipeline.releases.signing import signature_problems
    from pipeline.releases.verify import _byte_problems, _named

    return [*_byte_problems(release), *_named(signature_problems(release))]


def test_verify_as_a_whole_lives_through_damage_and_names_the_file(release):
    for name in one_of_each_kind(release):
        path = release / name
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] + b"\xff" + content[len(content) // 2 + 1 :])
        assert any(name in (problem.file, "SHA256SUMS") for problem in verify(release)), name
        path.write_bytes(content)


def test_a_missing_file_is_found_whichever_it_is(release, tmp_path):
    for name in files_in(release):
        shutil.move(release / name, tmp_path / "away")
        assert any(name in str(problem) for problem in quick(release)), name
        shutil.move(tmp_path / "away", release / name)
    assert verify(release) == []


@pytest.mark.parametrize("name", ["extra.txt", "parquet/extra.parquet", "csv/.hidden", "new/file", ".DS_Store"])
def test_an_added_file_is_found(release, name):
    path = release / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    assert any(problem.file == name for problem in quick(release))
    path.unlink()
    if path.parent != release and not any(path.parent.iterdir()):
        assert any(problem.file == path.parent.name for problem in quick(release)), "an empty folder too"
        path.parent.rmdir()


def test_a_link_instead_of_a_file_is_found(release, tmp_path):
    path = release / "csv" / "people.csv"
    shutil.move(path, tmp_path / "people.csv")
    path.symlink_to(tmp_path / "people.csv")
    assert any("is a link" in problem.message for problem in verify(release, chain=False))
    path.unlink()
    shutil.move(tmp_path / "people.csv", path)


def test_files_and_checksums_changed_together_are_found_by_the_signature(release):
    import hashlib

    path, sums = release / "csv" / "people.csv", release / "SHA256SUMS"
    content, lines = path.read_bytes(), sums.read_text()
    path.write_bytes(content + b"forged,,,\r\n")
    sums.write_text(lines.replace(hashlib.sha256(content).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest()))
    assert any("do not trust this copy" in problem.message for problem in verify(release, chain=False))
    path.write_bytes(content)
    sums.write_text(lines)
