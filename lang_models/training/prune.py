"""A quantised model made smaller: of its vectors only the longest stay."""

import numpy as np

from lang_models.training.model_file import Coded, Parts


def pruned(parts: Parts, kept_rows: int) -> Parts:
    """The model with so many vectors of n-grams; its words and labels stay.

    A vector's length is that of its codes times its norm, as fastText prunes by the norm (Joulin
    et al. 2016, arXiv:1612.03651, section 3.2), but after the codes were learnt: these come from
    more vectors, and a model can be cut again without being trained again.

    Args:
        parts: of a model; one that is not quantised stays as it is.
        kept_rows: how many vectors stay; 0: all.
    """
    coded = parts.vectors
    if not isinstance(coded, Coded) or not 0 < kept_rows < len(coded.codes) - parts.head.words:
        return parts
    words, kept = parts.head.words, parts.kept
    if parts.head.pruned < 0:
        kept = np.repeat(np.arange(parts.head.buckets, dtype=np.int32)[:, None], 2, axis=1)
    longest = np.argsort(-_lengths(coded)[words:], kind="stable")
    is_kept = np.zeros(len(longest), bool)
    is_kept[longest[np.isin(longest, kept[:, 1])][:kept_rows]] = True
    place = np.cumsum(is_kept) - 1
    kept = kept[is_kept[kept[:, 1]]].copy()
    kept[:, 1] = place[kept[:, 1]]
    rows = np.r_[np.arange(words), words + np.flatnonzero(is_kept)]
    norms = None if coded.norm_codes is None else coded.norm_codes[rows]
    return parts._replace(
        head=parts.head._replace(pruned=len(kept)),
        kept=kept,
        vectors=coded._replace(codes=coded.codes[rows], norm_codes=norms),
    )


def _lengths(coded: Coded) -> np.ndarray:
    """float64[rows]: the lengths of vectors, added up in one order on every machine."""
    square = np.zeros(len(coded.codes))
    for codes, centroids in zip(coded.codes.T, coded.centroids.astype(np.float64), strict=True):
        square += (centroids**2).cumsum(axis=1)[:, -1][codes]
    return np.abs(coded.norms) * np.sqrt(square)
