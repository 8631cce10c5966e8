"""The secret of a programme, and one derived key for every purpose.

The key is a file of 64 hexadecimal characters. It is read where it is needed and
never stands in options, logs or outputs; only its id does. Whoever holds it can test
guesses against ids and digests, so it is kept like a password.

Source: HKDF is RFC 5869 (2010); HMAC is RFC 2104 and FIPS 198-1 (2008).
"""

import hmac
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from schemas.errors import InputError

KEY_FILE_VARIABLE = "ENDONYM_KEY_FILE"
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Keyring:
    """The keys of one run, by purpose; only the path and the id travel to the workers.

    A worker on a machine where the path is not there reads the file that `ENDONYM_KEY_FILE`
    names there.

    Args:
        path: file of 64 hexadecimal characters.
        expected_id: the id that the key must have, so that a worker with another key on its
            machine is told from the others; None: any.
    """

    path: str
    expected_id: str | None = None

    def derive(self, purpose: str) -> bytes:
        """The 32-byte key for a purpose such as `doc-id`.

        Raises:
            InputError: the file is missing, is no key, or is another key.
        """
        path = _present(self.path)
        found = _derive(path, "key-id").hex()[:8]
        if self.expected_id not in {None, found}:
            raise InputError(
                f"{path}: this machine has the key {found}, the run began with {self.expected_id};"
                " give every worker the same key"
            )
        return _derive(path, purpose)

    @property
    def key_id(self) -> str:
        """Eight characters that tell keys apart and say nothing about them."""
        return self.derive("key-id").hex()[:8]

    def digests(self, purpose: str, values: Iterable[bytes]) -> list[str]:
        """A keyed digest (HMAC-SHA-256, 64 hexadecimal characters) of every value, in order."""
        key = self.derive(purpose)
        return [hmac.digest(key, value, "sha256").hex() for value in values]


def _present(path: str) -> str:
    """The path, or what the environment names on a machine where it is not there."""
    elsewhere = os.environ.get(KEY_FILE_VARIABLE)
    return elsewhere if elsewhere and not Path(path).exists() else path


@lru_cache(maxsize=64)
def _derive(path: str, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  # slow to import
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    secret = bytes.fromhex(_read(Path(path)))
    return HKDF(SHA256(), 32, salt=None, info=f"endonym/{purpose}".encode()).derive(secret)


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="ascii").strip().lower()
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no key file; give one as `key:` or {KEY_FILE_VARIABLE}"
        ) from None
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path}: the key file cannot be read as text") from None
    if not _HEX.fullmatch(text):
        raise InputError(f"{path}: a key is 64 hexadecimal characters; this file is not")
    return text


def find_keyring(named: str | None, run_folder: Path) -> Keyring:
    """The key of a run: as named, else by environment, else `.endonym/key`, made on first use.

    Args:
        named: the run file's `key`, relative to the run file, or None.
        run_folder: folder of the run file.

    Raises:
        InputError: a named file is missing or is no key.
    """
    chosen = named or os.environ.get(KEY_FILE_VARIABLE)
    if chosen:
        path = run_folder / chosen if named else Path(chosen)
    else:
        path = run_folder / ".endonym" / "key"
        if not path.exists():
            _make(path)
    resolved = str(path.resolve())
    return Keyring(resolved, _derive(resolved, "key-id").hex()[:8])


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32) + "\n")


@lru_cache(maxsize=1)
def well_known_key_ids() -> frozenset[str]:
    """The ids of keys that stand in examples and tests: one byte or one pattern repeated.

    >>> len(well_known_key_ids())
    260
    """
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    patterns = ("0123456789abcdef", "deadbeef", "cafebabe", "1234567890")
    written = [f"{byte:02x}" * 32 for byte in range(256)]
    written += [(pattern * 32)[:64] for pattern in patterns]
    keys = (
        HKDF(SHA256(), 32, salt=None, info=b"endonym/key-id").derive(bytes.fromhex(one))
        for one in written
    )
    return frozenset(key.hex()[:8] for key in keys)
