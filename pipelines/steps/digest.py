"""Digest: which files were read, by a keyed digest of their bytes."""

import hmac
from typing import Any

from pipelines import files
from pipelines.inputs import InputFile
from pipelines.run import Run

_CHUNK_BYTES = 1 << 20


def digest_input(file: InputFile, run: Run) -> dict[str, Any]:
    """Name, size and keyed digest of an input file.

    The digest is keyed: with the masked text in hand, a plain one of the raw file would
    give away what was masked.
    """
    mac = hmac.new(run.keyring.derive("input"), digestmod="sha256")
    with files.open_input(file.path) as opened:
        while chunk := opened.read(_CHUNK_BYTES):
            mac.update(chunk)
    return {
        "source": file.source,
        "uri": file.uri,
        "format": file.format,
        "bytes": file.bytes,
        "digest": mac.hexdigest(),
    }
