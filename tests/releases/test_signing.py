"""Signatures in the minisign format."""

import base64

import pytest

from pipeline.errors import LandscapeError, UsageError
from pipeline.releases.signing import new_key, read_signer
from pipeline.releases.verify import verify

minisign = pytest.importorskip("minisign")


@pytest.fixture
def keys(tmp_path):
    new_key(tmp_path / "secret", tmp_path / "public")
    return tmp_path / "secret", tmp_path / "public"


def test_a_signed_release_verifies_with_its_key(industry, released, keys):
    folder = released(industry, signer=read_signer(keys[0])).folder
    assert verify(folder, key=keys[1]) == []
    assert (folder / "minisign.pub").read_bytes() == keys[1].read_bytes()


def test_the_signature_is_the_format_of_the_ordinary_tool(industry, released, keys):
    lines = (released(industry, signer=read_signer(keys[0])).folder / "SHA256SUMS.minisig").read_text().split("\n")
    assert lines[0].startswith("untrusted comment: ")
    assert base64.b64decode(lines[1])[:2] == b"ED"
    assert lines[2].startswith("trusted comment: timestamp:")
    assert len(base64.b64decode(lines[3])) == 64
    assert lines[4:] == [""]


def test_a_release_signed_by_somebody_else_is_found(industry, released, keys, tmp_path):
    folder = released(industry, signer=read_signer(keys[0])).folder
    new_key(tmp_path / "other", tmp_path / "other.pub")
    assert [problem.file for problem in verify(folder, key=tmp_path / "other.pub")] == ["SHA256SUMS.minisig"]


def test_a_release_that_is_not_signed_is_found_when_a_key_is_asked_for(industry, released, keys):
    folder = released(industry).folder
    assert verify(folder) == []
    assert ["the signature is missing" in problem.message for problem in verify(folder, key=keys[1])] == [True]


def test_signing_again_gives_the_same_bytes(industry, keys):
    from datetime import UTC, datetime

    from pipeline.releases.versions import Version

    signer, day = read_signer(keys[0]), datetime(2025, 1, 1, tzinfo=UTC)
    assert signer.signature_of(b"x", Version(1, 0, 0), day) == signer.signature_of(b"x", Version(1, 0, 0), day)


def test_a_key_with_a_password_needs_it(tmp_path):
    new_key(tmp_path / "secret", tmp_path / "public", "open sesame")
    with pytest.raises(UsageError, match="LANDSCAPE_SIGN_PASSWORD"):
        read_signer(tmp_path / "secret")
    with pytest.raises(LandscapeError, match="no usable minisign secret key"):
        read_signer(tmp_path / "secret", "wrong")
    assert read_signer(tmp_path / "secret", "open sesame").public_key_text.encode() == (tmp_path / "public").read_bytes()


def test_a_key_is_never_overwritten(keys):
    with pytest.raises(LandscapeError, match="a key is never overwritten"):
        new_key(*keys)


def test_what_is_no_key_is_named(tmp_path):
    (tmp_path / "key").write_text("hello")
    with pytest.raises(LandscapeError, match="key: is no usable minisign secret key"):
        read_signer(tmp_path / "key")
