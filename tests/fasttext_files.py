"""Writes small fastText models by hand: training such small ones now and then ends in NaN.

Layout: fastText 0.9.2, as `lang_models/fasttext_file.py` reads it.
"""

import hashlib
import struct
from pathlib import Path

import numpy as np

SUPERVISED, SKIPGRAM = 3, 2
_SOFTMAX = 3


def write_model(path: Path, words_of_label: dict[str, str], kind: int = SUPERVISED) -> str:
    """A classifier that knows the words of each label, each for sure; returns its sha256."""
    words = [word for text in words_of_label.values() for word in text.split()]
    labels = list(words_of_label)
    owner = [place for place, text in enumerate(words_of_label.values()) for _ in text.split()]
    dimension = len(labels)
    vectors = np.zeros((len(words), dimension), np.float32)
    vectors[np.arange(len(words)), owner] = 10.0
    content = b"".join(
        [
            _head(dimension, len(words), len(labels), kind),
            *(word.encode() + b"\0" + struct.pack("<qb", 1, 0) for word in words),
            *(f"__label__{label}".encode() + b"\0" + struct.pack("<qb", 1, 1) for label in labels),
            b"\0" + _matrix(vectors),
            b"\0" + _matrix(np.eye(dimension, dtype=np.float32)),
        ]
    )
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _head(dimension: int, words: int, labels: int, kind: int) -> bytes:
    settings = [dimension, 5, 1, 1, 5, 1, _SOFTMAX, kind, 0, 0, 0, 100]
    sizes = [words + labels, words, labels, words, -1]
    return struct.pack("<2i12id3i2q", 793712314, 12, *settings, 1e-4, *sizes)


def _matrix(values: np.ndarray) -> bytes:
    return struct.pack("<2q", *values.shape) + values.tobytes()
