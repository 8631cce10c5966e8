"""A column of texts as the bytes that kernels walk over, and bytes as a column of texts."""

import numpy as np
import polars as pl
import pyarrow as pa


def buffers(text: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    r"""The UTF-8 bytes of a column, and where each row begins and the last one ends.

    Args:
        text: strings without nulls.

    Returns:
        uint8, at least one, and int64[rows + 1]; both read-only.

    >>> data, offsets = buffers(pl.Series(["leo", "ቤት"]))
    >>> offsets.tolist(), bytes(data[3:])[:3]
    ([0, 3, 9], b'\xe1\x89\xa4')
    """
    column = text.rechunk().to_arrow().cast(pa.large_string())
    _, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, np.int64, len(column) + 1, column.offset * 8)
    return np.frombuffer(data or b"\0", np.uint8), ends


def texts(data: np.ndarray, offsets: np.ndarray) -> pl.Series:
    """The strings that lie one behind another in a buffer: the reverse of `buffers`.

    Args:
        data: uint8, UTF-8.
        offsets: int64[rows + 1], at the beginnings of characters.

    >>> texts(np.frombuffer("leokesho".encode(), np.uint8), np.array([0, 3, 8])).to_list()
    ['leo', 'kesho']
    """
    parts = (pa.py_buffer(np.ascontiguousarray(offsets)), pa.py_buffer(data))
    return pl.Series(pa.LargeStringArray.from_buffers(len(offsets) - 1, *parts))
