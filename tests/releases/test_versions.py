import pytest

from pipeline.errors import UsageError
from pipeline.releases.versions import FIRST, Level, Version, next_version


def test_the_first_release_is_0_1_0():
    assert next_version(None, Level.NONE) == FIRST == Version(0, 1, 0)


@pytest.mark.parametrize(
    ("before", "level", "after"),
    [
        ("0.1.0", Level.PATCH, "0.1.1"),
        ("0.1.4", Level.MINOR, "0.2.0"),
        ("0.1.4", Level.MAJOR, "0.2.0"),  # before 1.0.0 a break raises the minor number and is announced
        ("1.2.3", Level.PATCH, "1.2.4"),
        ("1.2.3", Level.MINOR, "1.3.0"),
        ("1.2.3", Level.MAJOR, "2.0.0"),
        ("0.9.9", Level.MINOR, "0.10.0"),
    ],
)
def test_the_level_of_the_difference_decides(before, level, after):
    assert str(next_version(Version.parse(before), level)) == after


def test_a_version_asked_for_may_raise():
    assert next_version(Version(0, 3, 1), Level.PATCH, Version(1, 0, 0)) == Version(1, 0, 0)


def test_a_version_asked_for_may_not_lower():
    with pytest.raises(UsageError, match=r"--version 0\.3\.2 is too low.*makes it 0\.4\.0"):
        next_version(Version(0, 3, 1), Level.MINOR, Version(0, 3, 2))


@pytest.mark.parametrize("text", ["1.2", "1.2.3.4", "01.2.3", "1.2.x", "", "1.2.3-rc1", "１.2.3", "-1.0.0", "1.2.3\n"])
def test_what_is_no_version_is_refused(text):
    with pytest.raises(UsageError, match="is not a version"):
        Version.parse(text)


@pytest.mark.parametrize("name", ["0.1.0", "v0.1", "vv0.1.0", "v0.1.0.tmp", "latest"])
def test_other_folders_are_no_releases(name):
    assert Version.of_folder(name) is None


def test_versions_are_ordered_as_numbers():
    assert sorted(map(Version.parse, ["0.10.0", "0.9.0", "v0.2.0"])) == [Version(0, 2, 0), Version(0, 9, 0), Version(0, 10, 0)]
