"""Document ids for the leaves of a Merkle tree: 16 bytes each, sorted, each once."""

import re
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import InputError

ID_CHARS = 32
ID = re.compile(r"[0-9a-f]{32}")


def shown_id(doc_id: str) -> str:
    """What was given for an id, if it can be shown: never a URL or a text that came by mistake."""
    return doc_id if re.fullmatch(r"[0-9A-Fa-f-]{1,64}", doc_id) else "what was given"


def sorted_ids(doc_ids: Iterable[str] | pa.Array | pa.ChunkedArray) -> np.ndarray:
    """The ids as 16 bytes each, sorted."""
    is_arrow = isinstance(doc_ids, pa.Array | pa.ChunkedArray)
    chunked = doc_ids if is_arrow else pa.chunked_array([pa.array(list(doc_ids), pa.string())])
    chunks = chunked.chunks if isinstance(chunked, pa.ChunkedArray) else [chunked]
    parts = [_numbers(chunk) for chunk in chunks]
    whole = np.concatenate([np.zeros((0, 2), ">u8"), *parts])
    order = np.lexsort((whole[:, 1], whole[:, 0]))
    # numpy joins arrays in the byte order of the machine; the digits stand the other way round.
    ordered = whole[order].astype(">u8")
    if len(ordered) > 1 and bool((ordered[1:] == ordered[:-1]).all(axis=1).any()):
        raise InputError("an id names two documents, so there is no tree of them (gate G-ID)")
    return ordered


def _numbers(ids: pa.Array) -> np.ndarray:
    text = b"".join(ids.cast(pa.binary()).drop_null().to_pylist())
    codes = np.frombuffer(text, np.uint8)
    digits = _DIGITS[codes]
    is_id = len(codes) == ID_CHARS * len(ids) and not bool((digits == _NO_DIGIT).any())
    lengths = np.diff(_offsets(ids))
    if not is_id or not bool((lengths == ID_CHARS).all()):
        raise InputError("an id is not 32 hexadecimal characters, so there is no tree (gate G-ID)")
    pairs = digits.reshape(-1, 2)
    return (pairs[:, 0] * 16 + pairs[:, 1]).astype(np.uint8).view(">u8").reshape(-1, 2)


def _offsets(ids: pa.Array) -> np.ndarray:
    lengths = pc.fill_null(pc.binary_length(ids), 0).to_numpy(zero_copy_only=False)
    return np.concatenate([[0], np.cumsum(lengths)])


_NO_DIGIT = 255
_DIGITS = np.full(256, _NO_DIGIT, np.uint8)
_DIGITS[np.frombuffer(b"0123456789abcdef", np.uint8)] = np.arange(16, dtype=np.uint8)
