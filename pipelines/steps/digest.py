"""Digest: which files were read, by a keyed digest of their bytes."""

import hmac
from typing import Any

import polars as pl

from governance import pii
from pipelines import files
from pipelines.inputs import InputFile
from pipelines.run import Run

_CHUNK_BYTES = 1 << 20


def digest_input(file: InputFile, run: Run) -> tuple[InputFile, str]:
    """An input file and the keyed digest of its bytes.

    The digest is keyed: with the masked text in hand, a plain one of the raw file would
    give away what was masked.
    """
    mac = hmac.new(run.keyring.derive("input"), digestmod="sha256")
    with files.open_input(file.path) as opened:
        while chunk := opened.read(_CHUNK_BYTES):
            mac.update(chunk)
    return file, mac.hexdigest()


def record_input(digested: tuple[InputFile, str], run: Run) -> dict[str, Any]:
    """An input file as the run's record holds it: name, size and keyed digest."""
    file, digest = digested
    return {**described(file, run), "digest": digest}


def described(file: InputFile, run: Run) -> dict[str, Any]:
    """Name, format and size of an input file as the run's record holds them.

    Files are named by people, and after people: what is personal in a name is masked.
    """
    return {
        "source": file.source,
        "uri": _masked(file.uri, run.card(file.source).jurisdiction),
        "format": file.format,
        "bytes": file.bytes,
    }


def _masked(name: str, country: str) -> str:
    language = pl.Series([None], dtype=pl.String)
    clean = pii.scrub(pl.Series([name]), language, pl.Series([country]))["text"][0]
    return "[UNREADABLE]" if clean is None else str(clean)
