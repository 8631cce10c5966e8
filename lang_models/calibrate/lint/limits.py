"""Checks of limits: do they do anything, do they do too much, were they measured at all?"""

from collections.abc import Iterator

from lang_models.calibrate.aim import MARK
from lang_models.calibrate.limits import OF_LANGUAGE
from lang_models.calibrate.lint.finding import Check, Level
from lang_models.calibrate.proposal import MOST_MOVED
from lang_models.calibrate.tolerance import least_sample
from lang_models.profile import Limit, ProfileFile, common
from lang_models.quality import RULES, UNITS, Rule
from lang_models.reference import QUANTILES, Spread

Found = Iterator[tuple[Level, str]]
_BY_LIMIT: dict[str, Rule] = {rule.limit: rule for rule in RULES}
_PAIRS = (("mean_word_chars_min", "mean_word_chars_max"), ("length_words_min", "length_words_max"))
#: A rule that removes more than a twentieth of good text needs a reason (docs/add-a-language.md).
_MOST_REMOVED = 0.05
#: Beyond three times what all but a hundredth of the text reaches, a limit removes nothing.
_MOST_BEYOND = 3
_DIFFERENCE = 1e-9
_LEAST_CONFIDENCE = 0.5  # with less, a limit would be a guess


def at_the_end(tag: str, profile: ProfileFile) -> Found:
    """Limits at the end of their scale, where nothing can break them."""
    del tag
    for key, rule in _BY_LIMIT.items():
        limit = profile.limits.get(key)
        if limit is None or limit.value is None:
            continue
        greatest = 1.0 if "share" in UNITS[rule.measure] else float("inf")
        is_idle = limit.value >= greatest if limit.side == "max" else limit.value <= 0
        if is_idle:
            yield "error", f"{key} {limit.value:g} is the end of its scale: it removes nothing"


def as_for_all(tag: str, profile: ProfileFile) -> Found:
    """Limits that are said to be the language's own and are those for all languages."""
    del tag
    below = common(profile.words)
    for key, limit in profile.limits.items():
        if key in below and limit.value is not None and _is_same(limit, below[key]):
            yield "error", f"{key} {limit.value:g} is the limit for all languages: leave it out"


def _is_same(limit: Limit, other: Limit) -> bool:
    return other.value is not None and abs(float(limit.value or 0) - other.value) < _DIFFERENCE


def absurd(tag: str, profile: ProfileFile) -> Found:
    """Limits that cannot be right, by the text they were measured on or by all languages."""
    del tag
    spreads = profile.reference.measures if profile.reference else {}
    for key, limit in profile.limits.items():
        if key in _BY_LIMIT and limit.value is not None:
            yield from _far_from_text(key, limit, spreads.get(_BY_LIMIT[key].measure))
            yield from _far_from_common(key, limit, common(profile.words)[key].value)


def _far_from_text(key: str, limit: Limit, spread: Spread | None) -> Found:
    value = limit.value
    if spread is None or value is None:
        return
    at = dict(zip(QUANTILES, spread.at, strict=True))
    if limit.side == "max":
        removes, is_far = value < at[1 - _MOST_REMOVED], value > _MOST_BEYOND * at[0.99] > 0
    else:
        removes, is_far = value > at[_MOST_REMOVED], value * _MOST_BEYOND < at[0.01]
    if removes:
        yield "error", f"{key} {value:g} removes more than a twentieth of the text it is from"
    if is_far and key in OF_LANGUAGE:  # others are held against those for all languages
        yield "error", f"{key} {value:g} is far beyond all of the text it is from"


def _far_from_common(key: str, limit: Limit, below: float | None) -> Found:
    value = limit.value
    if value is None or below is None or key.startswith("length_"):
        return
    if key in OF_LANGUAGE:
        is_laxer = value > below if limit.side == "max" else value < below
        if is_laxer:
            yield "error", f"{key} {value:g} is laxer than {below:g}, which no language needs"
    elif key != "stop_words" and not below / MOST_MOVED <= value <= below * MOST_MOVED:
        yield "error", f"{key} {value:g} is more than {MOST_MOVED} times from {below:g}"


def reversed_pairs(tag: str, profile: ProfileFile) -> Found:
    """A least value above the greatest one."""
    del tag
    limits = {**common(profile.words), **profile.limits}
    for low, high in _PAIRS:
        least, most = limits[low].value, limits[high].value
        if least is not None and most is not None and least >= most:
            yield "error", f"{low} {least:g} is not below {high} {most:g}: nothing passes"


def unaccounted(tag: str, profile: ProfileFile) -> Found:
    """Limits about which a measured profile says nothing, or two things."""
    del tag
    if profile.reference is None:
        yield "warning", "it was never measured: run endonym calibrate"
        return
    kept = [key for group in profile.kept for key in group.limits]
    for key in _BY_LIMIT:
        if key in profile.limits and key in kept:
            yield "error", f"{key} is both set and kept"
        if key not in profile.limits and key not in kept:
            yield "error", f"{key} is neither set nor kept with a reason"


def unmeasured(tag: str, profile: ProfileFile) -> Found:
    """Limits that are said to be measured on more text than there was."""
    del tag
    if profile.reference is None:
        return
    words = sum(text.words for text in profile.reference.texts)
    pieces = words / (common(profile.words)["length_words_min"].value or 1)
    need = least_sample(profile.reference.share or _MOST_REMOVED, _LEAST_CONFIDENCE)
    for key in OF_LANGUAGE:
        if key in profile.limits and MARK in profile.limits[key].source and pieces < need:
            yield "error", f"{key} was measured on {words:,} words, which are too few for it"


CHECKS = (
    Check("floor-hit", at_the_end),
    Check("as-for-all", as_for_all),
    Check("absurd-limit", absurd),
    Check("reversed-limits", reversed_pairs),
    Check("unaccounted-limit", unaccounted),
    Check("unmeasured-limit", unmeasured),
)
