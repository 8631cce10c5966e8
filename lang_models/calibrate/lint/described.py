"""Checks of what a profile says beside its limits: names, script, digits, marks, neighbours."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from lang_models.calibrate.lint.finding import Check, Level
from lang_models.calibrate.traits import written
from lang_models.profile import ProfileFile, common
from lang_models.quality import UNITS
from lang_models.scripts import MEMBERS, count

Found = Iterator[tuple[Level, str]]
_TAG = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
_TEN = 10
#: Words of scripts with spaces: the longest of the Declarations are 15.8 letters on average
#: (`_default.yaml`, 2026-11-23).
_LONGEST_WORDS = 16
_KINDS = 2


def names(tag: str, profile: ProfileFile) -> Found:
    """Names that are none, or an endonym in another script than the language's."""
    named = (profile.name.strip(), profile.endonym.strip())
    if not all(named) or tag in named or any("Unknown language" in name for name in named):
        yield "error", "a name or the endonym is missing, or CLDR has none: write it"
        return
    members = MEMBERS.get(profile.script, (profile.script,))
    if not set(count(pl.Series([profile.endonym])).scripts) & set(members):
        yield "warning", f"the endonym is not written in {profile.script}: CLDR has no other"


def writing(tag: str, profile: ProfileFile) -> Found:
    """Script, direction or word splitting that Unicode contradicts."""
    for key, value in written(tag).items():
        if getattr(profile, key) != value:
            yield "error", f"{key} is {getattr(profile, key)}, but Unicode says {value}"


def unspaced(tag: str, profile: ProfileFile) -> Found:
    """Words so long that the text seems to be written without spaces."""
    del tag
    spread = profile.reference.measures.get("mean_word_chars") if profile.reference else None
    if spread and spread.at[len(spread.at) // 2] > _LONGEST_WORDS:
        yield "error", "half of the reference text has words longer than any language's"


def digits(tag: str, profile: ProfileFile) -> Found:
    """Digits that are not ten in a row."""
    del tag
    for ten in profile.digits:
        values = [unicodedata.decimal(digit, -1) for digit in ten]
        in_a_row = all(ord(after) - ord(before) == 1 for before, after in pairwise(ten))
        if len(ten) != _TEN or values != list(range(_TEN)) or not in_a_row:
            yield "error", f"{ten!r} are not the ten digits of a script"


def sentence_ends(tag: str, profile: ProfileFile) -> Found:
    """Sentences that end with no mark in a language whose lines have to end with one."""
    del tag
    limit = {**common(profile.words), **profile.limits}["sentence_line_share"].value
    if profile.reference and not profile.sentence_ends and limit is not None:
        yield "error", "no mark ends its sentences, but few-sentence-lines asks for one"
    for mark in profile.sentence_ends:
        if len(mark) != 1 or mark.isalnum() or mark.isspace():
            yield "error", f"{mark!r} is no mark"


def neighbours(tag: str, profile: ProfileFile) -> Found:
    """Neighbours that are the language itself, or no languages."""
    for near in profile.neighbours.tags if profile.neighbours else ():
        if near == tag or not _TAG.fullmatch(near) or near.startswith("und"):
            yield "error", f"{near!r} is no neighbour"


def reference(tag: str, profile: ProfileFile) -> Found:
    """Measured values that cannot be, text of one kind only, or of no licence."""
    del tag
    if profile.reference is None:
        return
    for measure, spread in profile.reference.measures.items():
        if measure not in UNITS:
            yield "error", f"there is no measure {measure}"
        greatest = 1 if "share" in UNITS.get(measure, "") else float("inf")
        if spread.at[0] < 0 or spread.at[-1] > greatest:
            yield "error", f"{measure} was measured as what it cannot be"
    unlicensed = [text.name for text in profile.reference.texts if not text.licence]
    if unlicensed:
        yield "warning", f"nothing is said about the licence of {', '.join(unlicensed)}"
    if len(profile.reference.texts) < _KINDS:
        yield "warning", "it was measured on one source: another kind of text may be unlike it"


CHECKS = (
    Check("missing-name", names),
    Check("contradicts-unicode", writing),
    Check("no-spaces", unspaced),
    Check("not-digits", digits),
    Check("no-sentence-ends", sentence_ends),
    Check("no-neighbour", neighbours),
    Check("impossible-reference", reference),
)
