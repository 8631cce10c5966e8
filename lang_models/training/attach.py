"""New labels put into the file of a trained model, whose own numbers do not change.

The file has no place for what speaks for a new label alone, so the vectors get more columns, in
which the old labels have weight zero: one that is 1 for every row, and one for each new label.
In a quantised model a column is a part of its own, whose codes are a byte for each row.
"""

from collections.abc import Sequence

import numpy as np

from lang_models.fasttext_file import CENTROIDS
from lang_models.labels import PREFIX
from lang_models.training.fit import Fitted
from lang_models.training.model_file import Coded, Parts, entry

_ROUNDS = 20


def attach(parts: Parts, tags: Sequence[str], fitted: Fitted, order: np.ndarray) -> Parts:
    """A model with more labels.

    Args:
        parts: of the trained model.
        tags: of the new labels.
        fitted: what they are.
        order: int64[rows], the row of the file for each row of `fitted.own`.
    """
    own = np.zeros_like(fitted.own)
    own[:, order] = fitted.own[:, : len(order)]
    old = parts.weights.shape[1]
    vectors, place = _widened(parts.vectors, own)
    columns = place[-1] + (1 if isinstance(vectors, np.ndarray) else vectors.centroids.shape[2])
    weights = np.zeros((len(parts.weights) + len(tags), columns), np.float32)
    weights[: len(parts.weights), :old] = parts.weights
    for label, row in enumerate(fitted.weights):
        new = len(parts.weights) + label
        weights[new, :old] = row[:old]
        weights[new, place[0]] = row[-1]
        weights[new, place[1 + label]] = 1.0
    head = parts.head._replace(
        dimension=columns,
        entries=parts.head.entries + len(tags),
        labels=parts.head.labels + len(tags),
    )
    entries = parts.entries + b"".join(entry(f"{PREFIX}{tag}", 1) for tag in tags)
    return Parts(head, entries, parts.kept, vectors, weights, parts.rest)


def _widened(vectors: np.ndarray | Coded, own: np.ndarray) -> tuple[np.ndarray | Coded, list[int]]:
    """The vectors with the new columns, and where those begin: the ones, then each label's."""
    if isinstance(vectors, np.ndarray):
        ones = np.ones((len(vectors), 1), np.float32)
        whole = np.concatenate([vectors, ones, own.T.astype(np.float32)], axis=1)
        return whole, list(range(vectors.shape[1], whole.shape[1]))
    parts, _, width = vectors.centroids.shape
    new = [_ones(vectors), *(_column(vectors, values) for values in own)]
    codes = np.concatenate([vectors.codes, *(code[:, None] for code, _ in new)], axis=1)
    centroids = np.zeros((parts + len(new), CENTROIDS, width), np.float32)
    centroids[:parts] = vectors.centroids
    for number, (_, values) in enumerate(new):
        centroids[parts + number, :, 0] = values
    widened = vectors._replace(codes=codes, centroids=centroids, last=width)
    return widened, [(parts + number) * width for number in range(len(new))]


def _ones(coded: Coded) -> tuple[np.ndarray, np.ndarray]:
    """Codes and centroids that make 1 of each row's norm."""
    if coded.norm_codes is None or coded.norm_centroids is None:
        return np.zeros(len(coded.codes), np.uint8), np.ones(CENTROIDS, np.float32)
    norms = coded.norm_centroids.astype(np.float64)
    return coded.norm_codes, np.divide(1.0, norms, out=np.zeros(CENTROIDS), where=norms != 0)


def _column(coded: Coded, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes and centroids of a column: 255 values by Lloyd's algorithm, and zero.

    Source: Lloyd 1982, doi:10.1109/TIT.1982.1056489.
    """
    norms = coded.norms.astype(np.float64)
    wanted = np.divide(values, norms, out=np.zeros(len(values)), where=norms != 0)
    held = np.sort(wanted[wanted != 0])
    if not len(held):
        return np.zeros(len(values), np.uint8), np.zeros(CENTROIDS, np.float32)
    centroids = np.quantile(held, np.linspace(0, 1, CENTROIDS - 1))
    for _ in range(_ROUNDS):
        code = np.searchsorted((centroids[1:] + centroids[:-1]) / 2, held)
        count = np.bincount(code, minlength=len(centroids))
        total = np.bincount(code, held, minlength=len(centroids))
        centroids = np.where(count > 0, total / count.clip(1), centroids)
    centroids = np.sort(np.r_[centroids, 0.0])
    code = np.searchsorted((centroids[1:] + centroids[:-1]) / 2, wanted)
    code = np.where(wanted == 0, np.searchsorted(centroids, 0.0), code)
    return code.astype(np.uint8), centroids.astype(np.float32)
