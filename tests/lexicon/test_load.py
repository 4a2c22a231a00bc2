"""Loading: a broken lexicon is refused with a message that names file, row and what is wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.lexicon
from pipeline.errors import LandscapeError
from pipeline.lexicon import Lexicon, load

HERE = Path(pipeline.lexicon.__file__).parent
HEADERS = {
    "organizations.csv": "org_id,name_zh,name_en,org_type,country,parent_org_id,wikidata_id,aliases",
    "people.csv": "person_id,name_zh,name_en,aliases",
    "models.csv": "model_id,name,family,developer_org_id,modality,aliases",
    "products.csv": "product_id,name_zh,name_en,org_id,category,aliases",
    "cohorts.csv": "cohort_id,name_zh,name_en,definition,aliases",
    "benchmarks.csv": "benchmark_id,name,kind,aliases",
    "media.csv": "media_id,name_zh,name_en,aliases",
}
TOML = ("families.toml", "roles.toml", "speech_verbs.toml", "modality.toml", "decoys.toml")

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a small lexicon; keyword arguments are the rows of a file, or the text of a TOML file."""

    def make(**files: str) -> Path:
        for name, header in HEADERS.items():
            (tmp_path / name).write_text(f"{header}\n{files.get(name.split('.')[0], '')}\n", encoding="utf-8")
        for name in TOML:
            (tmp_path / name).write_text(files.get(name.split(".")[0], ""), encoding="utf-8")
        return tmp_path

    return make


def refused(folder: Path) -> str:
    with pytest.raises(LandscapeError) as caught:
        load(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_names_are_aliases_too(write: Write) -> None:
    lexicon = load(write(organizations="acme,顶点科技,Acme,startup,CN,,,顶点集团"))
    assert {a.surface for a in lexicon.entities["acme"].aliases} == {"顶点科技", "Acme", "顶点集团"}


def test_traditional_names_are_made(write: Write) -> None:
    lexicon = load(write(organizations="acme,顶点网络,,startup,CN,,,"))
    assert lexicon.entities["acme"].name_zh_hant == "頂點網絡"
    assert {(a.surface, a.script) for a in lexicon.aliases} == {("顶点网络", "hans"), ("頂點網絡", "hant")}


def test_a_given_traditional_name_is_kept(write: Write) -> None:
    folder = write()
    (folder / "people.csv").write_text("person_id,name_zh,name_zh_hant,name_en,aliases\nli-hou,李后,李后,,\n", encoding="utf-8")
    assert load(folder).entities["li-hou"].name_zh_hant == "李后"


def test_a_latin_name_serves_as_the_chinese_name(write: Write) -> None:
    entity = load(write(models="zeta-2,Zeta-2,zeta,,text,")).entities["zeta-2"]
    assert (entity.name_zh, entity.name_en, entity.attributes["developer_org_id"]) == ("Zeta-2", "Zeta-2", None)


def test_a_name_repeated_with_a_tilde_is_ambiguous(write: Write) -> None:
    lexicon = load(write(organizations="zeta,Zeta,Zeta,startup,CN,,,~Zeta", products="zeta-app,Zeta,,zeta,assistant,~zeta"))
    assert all(a.is_ambiguous for a in lexicon.aliases)
    assert [e.id for e in lexicon.named("ZETA")] == ["zeta", "zeta-app"]


def test_a_clash_names_both_rows(write: Write) -> None:
    message = refused(write(organizations="zeta,Zeta,,startup,CN,,,", models="zeta-model,ze-ta,zeta,,text,~Zeta"))
    assert "models.csv row 2 (zeta-model)" in message
    assert "organizations.csv row 2 (zeta)" in message


def test_an_id_used_twice_names_both_rows(write: Write) -> None:
    message = refused(write(organizations="zeta,甲甲,,startup,CN,,,\nzeta,乙乙,,startup,CN,,,"))
    assert "row 3 (zeta)" in message
    assert "row 2 (zeta)" in message


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({"organizations": "Zeta,甲甲,,startup,CN,,,"}, "slug"),
        ({"organizations": "ze--ta,甲甲,,startup,CN,,,"}, "slug"),
        ({"organizations": "zeta,,,startup,CN,,,"}, "name is missing"),
        ({"organizations": "zeta,甲甲,,start-up,CN,,,"}, "org_type 'start-up'"),
        ({"organizations": "zeta,甲甲,,startup,China,,,"}, "country 'China'"),
        ({"organizations": "zeta,甲甲,,startup,CN,,95,"}, "wikidata_id '95'"),
        ({"organizations": "zeta,甲甲,,startup,CN,eta,,"}, "parent_org_id 'eta'"),
        ({"organizations": "zeta,甲甲,,startup,CN,zeta,,"}, "points to the row itself"),
        ({"organizations": "zeta,甲甲,,startup,CN,,"}, "7 cells where the header has 8"),
        ({"organizations": "zeta,甲甲,,startup,CN,,,甲"}, "single character"),
        ({"organizations": "zeta,甲甲,,startup,CN,,,~"}, "no letter"),
        ({"models": "zeta-1,Zeta-1,zeta,zeta,text,"}, "developer_org_id 'zeta'"),
        ({"models": "zeta-1,Zeta-1,zeta,,prose,"}, "modality 'prose'"),
        ({"products": "zeta-app,Zeta App,,,,"}, "category ''"),
        ({"benchmarks": "zeta-bench,Zeta Bench,list,"}, "kind 'list'"),
    ],
)
def test_a_broken_row_is_named(write: Write, files: dict[str, str], part: str) -> None:
    message = refused(write(**files))
    assert f"{next(iter(files))}.csv row 2" in message
    assert part in message


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({"families": "[[family]]\nid = 'zeta'\nname = 'Zeta'\nmodality = 'text'\nstems = ['Zeta']"}, "families.toml family zeta: id"),
        ({"families": "[[family]]\nid = 'zeta'\nmodality = 'text'"}, "name is missing"),
        ({"families": "[[family]]\nid = 'zeta'\nname = 'Zeta'\nmodality = 'text'\nversion = '('"}, "not a regular expression"),
        ({"families": "[[family]]\nid = 'zeta'\nname = 'Zeta'\nmodality = 'text'\ntail = 'x'"}, "key tail is unknown"),
        ({"families": "[[family]]\nid = 'zeta'\nname = 'Zeta'\nmodality = 'text'\nstems = 'Zeta'"}, "stems must be a list"),
        ({"roles": "boss = ['老板']"}, "roles.toml: key boss is unknown"),
        ({"roles": "ceo = '总裁'"}, "ceo must be a list"),
        ({"roles": "ceo = ['总裁']\nchair = ['总裁']"}, "'总裁' is listed under ceo and chair"),
        ({"modality": "planned = ["}, "modality.toml is not valid TOML"),
    ],
)
def test_a_broken_toml_file_is_named(write: Write, files: dict[str, str], part: str) -> None:
    assert part in refused(write(**files))


def test_a_missing_file_is_named(write: Write) -> None:
    folder = write()
    (folder / "people.csv").unlink()
    assert "people.csv is missing" in refused(folder)


def test_a_wrong_header_is_named(write: Write) -> None:
    folder = write()
    (folder / "people.csv").write_text("person_id,name,aliases\n", encoding="utf-8")
    assert "people.csv row 1: column name_zh is missing" in refused(folder)


def test_a_file_in_another_encoding_is_named(write: Write) -> None:
    folder = write()
    (folder / "people.csv").write_bytes("person_id,name_zh,name_en,aliases\nli-jia,李甲,,\n".encode("gb18030"))
    assert "people.csv is not UTF-8" in refused(folder)


def test_a_broken_quotation_mark_is_named(write: Write) -> None:
    folder = write(people='li-jia,"李"甲,,')
    assert "people.csv is not valid CSV" in refused(folder)


def test_the_version_follows_the_content_and_not_the_line_ends(tmp_path: Path) -> None:
    copies: list[Lexicon] = []
    for name, change in (("same", lambda b: b), ("crlf", lambda b: b.replace(b"\n", b"\r\n")), ("other", lambda b: b + b"# x\n")):
        folder = tmp_path / name
        shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        roles = folder / "roles.toml"
        roles.write_bytes(change(roles.read_bytes()))
        copies.append(load(folder))
    same, crlf, other = (c.version for c in copies)
    assert load().version == same == crlf != other
