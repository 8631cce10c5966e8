"""The lexicon of a new model, from the lines that it may be trained on."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from lang_models.lexicon_file import Lexicon, key, level_of
from lang_models.strings import buffers


def lexicon(lines: pl.DataFrame, tags: Sequence[str], most_words: int) -> Lexicon:
    """How often each word stands in the lines of each label.

    All lines count, each once, not only those that the model was shown.

    Args:
        lines: `tag` and `text`, as the model sees it.
        tags: of the model's labels, in its order.
        most_words: of a label, the most frequent; of equally frequent ones those with the
            smaller keys.
    """
    from lang_models.inference.words import words_of  # noqa: PLC0415  # numba is slow to import

    texts = dict(lines.group_by("tag").agg("text").iter_rows())
    words, levels, total = [], [], np.zeros(len(tags))
    for place, tag in enumerate(tags):
        found = words_of(*buffers(pl.Series(texts.pop(tag, []), dtype=pl.String)))
        counts = np.bincount(found.word, minlength=len(found.distinct.hash))[1:]
        keys, same = np.unique(key(found.distinct.hash[1:]), return_inverse=True)
        count = np.bincount(same, counts, minlength=len(keys))
        total[place] = count.sum()
        kept = np.sort(np.argsort(-count, kind="stable")[:most_words])
        words.append(keys[kept])
        levels.append(level_of(count[kept]))
    start = np.r_[0, np.cumsum([len(one) for one in words])]
    return Lexicon(start, np.concatenate(words), np.concatenate(levels), total)
