"""Files of decisions, read and held against each other: form, digest, signature, conflicts."""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from governance.integrity import signature
from governance.integrity.canonical import canonical
from schemas.decisions import Decision, DecisionFile
from schemas.errors import InputError

#: Ends the name of the signature that lies beside a file.
SIGNATURE = ".sig.json"
#: Stands before what is signed, so that it is never mistaken for another document.
_CONTEXT = b"endonym decisions 1\n"
_MOST_BYTES = 16_000_000
#: Kinds on which several people may say different things.
_OPINIONS = ("sample", "gate")


@dataclass(frozen=True)
class Given:
    """A file of decisions as it was read.

    Args:
        path: where it lies.
        data: its bytes.
        content: what it says.
    """

    path: Path
    data: bytes
    content: DecisionFile

    @property
    def sha256(self) -> str:
        """Digest of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def who(self) -> str:
        """Role and name of who decided, for those who work with the files."""
        return f"{self.content.made_by.role} {self.content.made_by.name.strip()}"


def read_files(paths: Iterable[Path]) -> list[Given]:
    """The files, each whole and well formed.

    Raises:
        InputError: every mistake of every file, with its place and what to write instead.
    """
    found, problems = [], []
    for path in paths:
        try:
            found.append(_read(path))
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise InputError("\n".join(problems))
    return found


def _read(path: Path) -> Given:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    return parse(path, data)


def parse(path: Path, data: bytes) -> Given:
    """The file of these bytes.

    Raises:
        InputError: every mistake in it, with its place and what to write instead.
    """
    if len(data) > _MOST_BYTES:
        raise InputError(f"{path}: is larger than any file of decisions; is it another file?")
    try:
        value = json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        told = str(error) if isinstance(error, _TwiceError) else "this is not JSON"
        raise InputError(f"{path}: {told}; export it from the report again") from None
    try:
        return Given(path, data, DecisionFile.model_validate(value))
    except ValidationError as error:
        raise InputError("\n".join(_mistakes(error, path, value))) from None


class _TwiceError(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise _TwiceError("a key stands in it twice")
    return dict(pairs)


def _no_constant(_name: str) -> None:
    raise ValueError


def _mistakes(error: ValidationError, path: Path, value: object) -> list[str]:
    """One line for every mistake: file, place, id of the decision, what to write instead."""
    found = []
    for item in error.errors():
        place = ""
        for step in item["loc"]:
            place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else str(step)
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "there is no such key; take it out"
        named = _id_at(value, item["loc"])
        told = f"{message[:1].lower()}{message[1:]}"
        found.append(f"{path}: {place or 'the file'}{named}: {told}")
    return found


def _id_at(value: object, place: Sequence[object]) -> str:
    """The id of the decision that a mistake is in, in brackets."""
    if len(place) < 2 or place[0] != "decisions" or not isinstance(value, dict):  # noqa: PLR2004
        return ""
    listed = value.get("decisions")
    at = place[1]
    if not isinstance(listed, list) or not isinstance(at, int) or at >= len(listed):
        return ""
    named = listed[at].get("id") if isinstance(listed[at], dict) else None
    return f" ({named})" if isinstance(named, str) and len(named) <= 40 else ""  # noqa: PLR2004


def conflicts(given: Sequence[Given]) -> list[str]:
    """One sentence for every thing on which two files say different things, with who says what.

    Opinions on samples and notes on gates may differ: they are all kept.
    """
    said: dict[tuple[str, str], list[tuple[Given, Decision]]] = {}
    for file in given:
        for one in file.content.decisions:
            if one.kind not in _OPINIONS:
                said.setdefault((one.kind, one.target), []).append((file, one))
    return [
        f"{kind} {target}: {_told(*first)}, but {_told(*other)}; agree, and export again"
        for (kind, target), (first, *others) in sorted(said.items())
        for other in others
        if _verdict(first[1]) != _verdict(other[1])
    ]


def _verdict(one: Decision) -> tuple[object, ...]:
    return one.verdict, one.value, one.scope, one.expires


def _told(file: Given, one: Decision) -> str:
    value = "" if one.value is None else f" {one.value}"
    return f"{file.who} says {one.verdict}{value} ({one.id})"


def payload(data: bytes) -> bytes:
    """The bytes that are signed for a file of decisions."""
    return _CONTEXT + data


def signed(data: bytes, private_key: Path) -> bytes:
    """The record of a signature over a file: key, public key and signature, one line of JSON.

    Raises:
        InputError: the key cannot be used.
    """
    spki = signature.public_bytes(private_key)
    record = {
        "key": signature.fingerprint_of(spki),
        "public_key": base64.b64encode(spki).decode("ascii"),
        "sha256": hashlib.sha256(data).hexdigest(),
        "signature": base64.b64encode(signature.sign(payload(data), private_key)).decode("ascii"),
    }
    return canonical(record) + b"\n"


def signer_of(data: bytes, record: bytes) -> str | None:
    """Fingerprint of the key that signed a file; None when the signature is not of this file."""
    try:
        told = json.loads(record)
        spki, made = (base64.b64decode(told[key], validate=True) for key in
                      ("public_key", "signature"))  # fmt: skip
        key = signature.fingerprint_of(spki)
        holds = key == told["key"] and signature.verify_with(payload(data), made, spki)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return key if holds else None
