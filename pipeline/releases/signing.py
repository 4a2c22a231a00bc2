"""Signatures: Ed25519 over SHA256SUMS in the minisign format, so that `minisign -Vm SHA256SUMS -p minisign.pub` verifies a release too.

Needs the extra `sign` (py-minisign). Nothing here reads a clock: the trusted comment carries the date of publication, so that a rebuild signs the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import LandscapeError, UsageError
from pipeline.releases.layout import CHECKSUMS_FILE, PUBLIC_KEY_FILE, SIGNATURE_FILE
from pipeline.releases.versions import Version

if TYPE_CHECKING:
    import minisign

_COMMENT = "signature of a Chinese LLM Landscape release"


@dataclass(frozen=True)
class Signer:
    """A secret key ready to sign."""

    key: minisign.SecretKey

    @property
    def public_key_text(self) -> str:
        """The text of `minisign.pub`."""
        public: Any = _library().PublicKey.from_secret_key(self.key)
        return bytes(public).decode() + "\n"

    def signature_of(self, checksums: bytes, version: Version, published: datetime) -> bytes:
        """The bytes of `SHA256SUMS.minisig`."""
        comment = f"timestamp:{int(published.timestamp())}\tfile:{CHECKSUMS_FILE}\tversion:{version}\thashed"
        signature: Any = self.key.sign(checksums, prehash=True, untrusted_comment=_COMMENT, trusted_comment=comment)
        return bytes(signature) + b"\n"


def read_signer(path: Path, password: str | None = None) -> Signer:
    """The signer of a secret key file, as made by `minisign -G` or `new_key`. Raises LandscapeError when it cannot be read or decrypted."""
    library = _library()
    try:
        key = library.SecretKey.from_file(path)
        if key.is_encrypted():
            if password is None:
                raise UsageError(f"{path}: the key has a password; give it in LANDSCAPE_SIGN_PASSWORD")
            key.decrypt(password)
    except OSError as error:
        raise LandscapeError(f"{path}: the signing key cannot be read ({error.strerror})") from error
    except (library.Error, ValueError) as error:
        raise LandscapeError(f"{path}: is no usable minisign secret key ({error})") from error
    return Signer(key)


def new_key(secret: Path, public: Path, password: str | None = None) -> None:
    """Writes a new key pair. Raises LandscapeError when a file exists: a key is never overwritten."""
    for path in (secret, public):
        if path.exists():
            raise LandscapeError(f"{path}: exists already; a key is never overwritten")
    pair: Any = _library().KeyPair.generate()
    if password is not None:
        pair.secret_key.encrypt(password)
    secret.touch(mode=0o600)
    secret.write_bytes(bytes(pair.secret_key) + b"\n")
    public.write_bytes(bytes(pair.public_key) + b"\n")


def signature_problems(release: Path, key: Path | None = None) -> list[tuple[str, str]]:
    """What is wrong with the signature of a release, as (file, message). `key`: the public key to trust.

    Without `key` the key enclosed in the release is used: that finds damage, not forgery.
    """
    signature, enclosed = release / SIGNATURE_FILE, release / PUBLIC_KEY_FILE
    if not signature.exists() and not enclosed.exists() and key is None:
        return []
    for path, what in ((signature, "the signature"), (enclosed, "the public key")):
        if not path.is_file():
            return [(path.name, f"{what} is missing: the release is not signed, or not completely")]
    library = _library()
    try:
        found: Any = library.Signature.from_file(signature)
        if bytes(found) + b"\n" != signature.read_bytes() or found.untrusted_comment != _COMMENT:
            return [(SIGNATURE_FILE, "is not exactly what was written; restore the file")]
        checksums = (release / CHECKSUMS_FILE).read_bytes()
        for path in [enclosed] if key is None else [enclosed, key]:
            library.PublicKey.from_file(path).verify(checksums, found)
    except OSError as error:
        return [(SIGNATURE_FILE, f"{error.filename}: cannot be read ({error.strerror})")]
    except (library.Error, ValueError) as error:
        return [(SIGNATURE_FILE, f"does not belong to {CHECKSUMS_FILE} and {key or PUBLIC_KEY_FILE} ({error}); do not trust this copy")]
    return []


def _library() -> Any:
    try:
        import minisign
    except ImportError as error:
        raise LandscapeError("signatures need the package py-minisign: pip install 'chinese-llm-landscape[sign]'") from error
    return minisign
