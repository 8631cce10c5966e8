"""What was found in a batch: from the guesses for segments to the calls of documents."""

from typing import NamedTuple

import numpy as np

from lang_models import calls
from lang_models.calls import Fitting, Ranking
from lang_models.mixture import Mixing, Segments, Settled, mixing, settle
from lang_models.scripts import Counts
from lang_models.spans import Spans, merge
from lang_models.tags import Tags
from lang_models.windows import Cut

UNKNOWN = "und"


class Called(NamedTuple):
    """What was found in the documents of a batch; those without letters stand in no ranking."""

    names: list[str]  # tags by number
    members: list[tuple[str, ...]]  # the counted scripts of each tag's script
    ranking: Ranking  # tags by the model's probability
    segments: Ranking  # tags by the letters of the segments called so
    spans: Spans  # the segments, those of one language joined
    mixing: Mixing  # whether there is a second language
    counts: Counts  # letters by script of each document
    signs: np.ndarray  # int64[documents, signs.SIGNS]
    seen_share: np.ndarray  # float64[documents]


def weigh(guesses: Fitting, segments: Cut, counts: Counts, tags: Tags) -> Called:
    """The calls of a batch, from the guesses for its segments.

    Args:
        guesses: those that fit the script of their segment.
        segments: with letters, all of them.
        counts: letters by script for each segment.
        tags: of the model.
    """
    row, rows = segments.row, len(segments.seen_share)
    content, letters = counts.content(), counts.letters.sum(axis=1)
    weight = calls.body_weight(content, segments.lines)
    main_script = counts.letters.argmax(axis=1)
    unknown = len(tags.names) + main_script
    votes = calls.votes(guesses, row, weight)
    is_foreign = ~tags.is_known(counts.scripts)[main_script]
    ranking = calls.rank(
        np.r_[votes.row, row],
        np.r_[votes.tag, unknown],
        np.r_[votes.weight, weight * is_foreign],
        np.bincount(row, weight, rows),
    )
    settled = _or_unknown(settle(guesses, row, weight), unknown)
    main = calls.best(ranking, rows)[row]
    names = [*tags.names, *(f"{UNKNOWN}_{script}" for script in counts.scripts)]
    language = _languages(names)
    is_own = language[settled.tag] == language[main]
    own = np.where(is_own, np.inf, calls.probability_of(main, guesses))
    mixed = mixing(settled, own, Segments(row, content, segments.lines, weight), rows)
    return Called(
        names=names,
        members=[*tags.members, *((script,) for script in counts.scripts)],
        ranking=_without_second(ranking, mixed),
        segments=calls.rank(row, settled.tag, letters, np.bincount(row, letters, rows)),
        spans=merge(segments.window, row, settled.tag, segments.line, segments.lines, letters),
        mixing=mixed,
        counts=_by_row(counts, row, rows),
        signs=segments.signs,
        seen_share=segments.seen_share,
    )


def _without_second(ranking: Ranking, mixed: Mixing) -> Ranking:
    """The ranking in which a document's first tag is not held against its second language."""
    rest = np.where(ranking.is_best, 1.0 - mixed.weight[ranking.row], 1.0)
    return ranking._replace(weight=ranking.weight / np.maximum(rest, ranking.weight.clip(1e-9)))


def _or_unknown(settled: Settled, unknown: np.ndarray) -> Settled:
    """Segments in which no guess fits the script are in an unknown language of that script."""
    is_unknown = settled.tag < 0
    tag = np.where(is_unknown, unknown, settled.tag)
    return Settled(tag, np.where(is_unknown, 1.0, settled.probability))


def _languages(names: list[str]) -> np.ndarray:
    """A number for each tag, the same for one language in two scripts, which is no mixing."""
    languages = [name if name.startswith(UNKNOWN) else name[:3] for name in names]
    return np.unique(languages, return_inverse=True)[1]


def _by_row(counts: Counts, row: np.ndarray, rows: int) -> Counts:
    """The counts of segments added up to those of their documents."""
    letters = np.zeros((rows, len(counts.scripts)), np.int64)
    if len(row):  # segments stand in the order of their documents
        first = np.flatnonzero(np.diff(row, prepend=-1))
        letters[row[first]] = np.add.reduceat(counts.letters, first)
    hant_bias = np.bincount(row, counts.hant_bias, rows).astype(np.int64)
    return Counts(counts.scripts, letters, hant_bias)
