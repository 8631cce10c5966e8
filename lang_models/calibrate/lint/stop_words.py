"""Checks of stop words: are there any, are they words, and are they the language's own?"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lang_models.calibrate.lint.finding import Check, Level
from lang_models.calibrate.stop_words import DENSE
from lang_models.profile import ProfileFile, available, common, load
from lang_models.scripts import MEMBERS, count
from lang_models.tokens import tokenise

Found = Iterator[tuple[Level, str]]
_ENGLISH = "eng_Latn"
#: English and a language that is not confused with it share few function words: of the lists in
#: this package, West Frisian shares the most, a fifth (measured 2026-11-25).
_MOST_ENGLISH = 0.25


def missing(tag: str, profile: ProfileFile) -> Found:
    """No stop words where the script has words or characters that can be some."""
    del tag
    can_have = profile.words == "spaces" or profile.script in DENSE
    if not can_have or (profile.stop_words and profile.stop_words.words):
        return
    if profile.stop_words is None:
        yield "error", "there are no stop words, and no reason why"
    else:
        yield "warning", "there are no stop words, so the rule few-stop-words is silent"


def foreign(tag: str, profile: ProfileFile) -> Found:
    """Stop words in another script, or too many of English in a language that is not near it."""
    words = profile.stop_words.words if profile.stop_words else ()
    if not words:
        return
    for word in _in_another_script(profile.script, words):
        yield "error", f"the stop word {word!r} is not written in {profile.script}"
    near = profile.neighbours.tags if profile.neighbours else {}
    if tag == _ENGLISH or _ENGLISH in near:
        return
    shared = _shared(words, _ENGLISH)
    if len(shared) > _MOST_ENGLISH * len(words):
        yield "error", f"{len(shared)} of {len(words)} stop words are English: {', '.join(shared)}"


def _in_another_script(script: str, words: tuple[str, ...]) -> Iterator[str]:
    counts = count(pl.Series(words))
    members = MEMBERS.get(script, (script,))
    is_own = np.array([name in members for name in counts.scripts])
    own = counts.letters[:, is_own].sum(axis=1)
    yield from (word for word, letters in zip(words, own, strict=True) if not letters)


def _shared(words: tuple[str, ...], tag: str) -> list[str]:
    other = load(tag).stop_words if tag in available() else None
    return [word for word in words if other and word in other.words]


def told_apart(tag: str, profile: ProfileFile) -> Found:
    """Neighbours that have nearly all the stop words too, so that the rule cannot tell them."""
    del tag
    words = profile.stop_words.words if profile.stop_words else ()
    limit = {**common(profile.words), **profile.limits}["stop_words"].value or 0
    for near in profile.neighbours.tags if profile.neighbours else ():
        shared = _shared(words, near)
        if words and len(words) - len(shared) < limit:
            yield "warning", f"{len(shared)} of {len(words)} stop words are those of {near} too"


def split(tag: str, profile: ProfileFile) -> Found:
    """Stop words that are several words, or the same one twice, to the rule that counts them."""
    del tag
    words = profile.stop_words.words if profile.stop_words else ()
    tokens = tokenise(pl.Series(words, dtype=pl.String))
    for word, parts in zip(words, np.diff(tokens.doc_start), strict=True):
        if parts != 1:
            yield "error", f"the stop word {word!r} is {parts} words"
    if len(set(tokens.word_hash.tolist())) < len(tokens.word_hash):
        yield "error", "two stop words are one, once they are folded"


def unreachable(tag: str, profile: ProfileFile) -> Found:
    """A limit that asks for more stop words than there are."""
    del tag
    words = profile.stop_words.words if profile.stop_words else ()
    limit = {**common(profile.words), **profile.limits}["stop_words"].value
    if words and limit is not None and limit > len(words):
        yield "error", f"stop_words asks for {limit:g} different ones, and there are {len(words)}"


CHECKS = (
    Check("no-stop-words", missing),
    Check("foreign-stop-words", foreign),
    Check("shared-stop-words", told_apart),
    Check("split-stop-words", split),
    Check("unreachable-stop-words", unreachable),
)
