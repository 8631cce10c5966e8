"""Proposes the limits of a language, one by one, each with where it comes from.

What a limit follows from decides what text may say about it:

- *The language.* How long its words are is the same in law and in tales, more or less. So these
  limits are set where the text is enough: the most lenient of the sources has the say, with some
  room for kinds that are not among them, and a limit is never laxer than the one for all
  languages. Of stop words fewer are asked for where no source has two in nearly every piece.
- *The kind of text.* Copies, bullets and short lines differ more from source to source, copies
  four to eight times, than from language to language on the same pages, there at most 1.5 times
  (measured 2026-11-25; docs/decisions/0012-what-a-language-decides.md). So the limit for all
  languages stands unless every source that is large enough says that it would remove too much.
- *What is worth keeping.* No text tells how short is too short; these limits are decisions.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lang_models.calibrate.aim import Aim
from lang_models.calibrate.measured import Measured
from lang_models.calibrate.proposal import MOST_MOVED, REASONS, Proposal, Verdict
from lang_models.calibrate.tolerance import least_sample, tolerance_limit
from lang_models.profile import Limit
from lang_models.quality import RULES, Rule

#: Limits that the language decides.
OF_LANGUAGE = ("mean_word_chars_min", "mean_word_chars_max")
#: Limits that say what is worth keeping.
DECIDED = ("length_words_min", "length_words_max", "lorem_ipsum_count")
#: Room that limits of the language leave for kinds of text that were not at hand: of 119
#: languages the Declaration, whose words are long, ends at most 1.19 times beyond the limit that
#: was measured without it (Malayalam; half of them end at 0.80; measured 2026-11-25).
ROOM = 1.2
#: Sources that have to ask for it before a limit on the kind of text moves: two may well be of
#: one kind (decision 2026-11-25, after the manuals of one office suite and of Unix).
FEWEST_TO_MOVE = 3
_TOGETHER = "all sources together"
#: A proposed limit is rounded outwards to this many digits behind the point.
_DIGITS = {"mean_word_chars": 1, "stop_words": 0}
_USUAL_DIGITS = 2

_Which = Literal["most lenient", "middle", "strictest"]


@dataclass(frozen=True)
class _Case:
    """One limit, what was measured for it, and what holds without it."""

    rule: Rule
    aim: Aim
    common: Limit
    everywhere: Limit
    values: dict[str, np.ndarray]

    @property
    def count(self) -> int:
        return sum(map(len, self.values.values()))

    def limits(self) -> dict[str, float]:
        """The tolerance limit of every source that is large enough; else of all together."""
        whole = {_TOGETHER: np.concatenate([*self.values.values(), np.zeros(0, np.float32)])}
        for values in (self.values, whole):
            found = {
                source: tolerance_limit(array, self.rule.side, self.aim.share, self.aim.confidence)
                for source, array in values.items()
            }
            known = {source: value for source, value in found.items() if value is not None}
            if known:
                return known
        return {}

    def chosen(self, limits: dict[str, float], which: _Which) -> float:
        """One of the sources' limits; of two in the middle the more lenient."""
        ordered = sorted(limits.values(), reverse=self.rule.side == "max")
        places = {"most lenient": 0, "middle": (len(ordered) - 1) // 2, "strictest": -1}
        return ordered[places[which]]

    def is_within(self, value: float, limit: float) -> bool:
        """Would a text with this value pass the limit?"""
        given, least = np.float32(value), np.float32(limit)
        return bool(given >= least if self.rule.side == "min" else given <= least)

    def rounded(self, value: float) -> float:
        digits = _DIGITS.get(self.rule.measure, _USUAL_DIGITS)
        outwards = math.floor if self.rule.side == "min" else math.ceil
        return outwards(round(value * 10**digits, 6)) / 10**digits


def propose(
    measured: Measured, common: dict[str, Limit], everywhere: dict[str, Limit], aim: Aim
) -> Iterator[Proposal]:
    """A proposal for the limit of every rule.

    Args:
        measured: the measures of the reference text.
        common: the limits for languages whose words are parted in this way.
        everywhere: the limits for all languages.
        aim: what the limits are to do.
    """
    for rule in RULES:
        case = _Case(rule, aim, common[rule.limit], everywhere[rule.limit], measured.values(rule))
        yield _decided(case) if rule.limit in DECIDED else _proposed(case)


def _proposed(case: _Case) -> Proposal:
    limits = case.limits()
    common = case.common.value
    if not limits:
        need = least_sample(case.aim.share, case.aim.confidence)
        why = f"too little text: fewer than {need} {_unit(case)} that it applies to"
        return _proposal(case, common, None, "too little text", why)
    if common is None:
        return _switched(case, limits)
    if case.rule.limit in OF_LANGUAGE:
        return _of_language(case, limits, common)
    if case.rule.measure == "stop_words":
        return _of_stop_words(case, limits, common)
    return _of_kind(case, limits, common)


def _of_language(case: _Case, limits: dict[str, float], common: float) -> Proposal:
    """Where the most lenient source ends, with some room, but never laxer than the common one."""
    end = case.chosen(limits, "most lenient")
    value = case.rounded(end / ROOM if case.rule.side == "min" else end * ROOM)
    is_stricter = case.is_within(value, common) and value != common
    return _own(case, value, limits) if is_stricter else _kept(case, limits, "no stricter")


def _of_stop_words(case: _Case, limits: dict[str, float], common: float) -> Proposal:
    """Two of them where any source has so many; else as many as half of the sources have.

    Lists of options have few in any language, so a source without them says little.
    """
    within = [one >= common for one in limits.values()]
    if any(within):
        return _kept(case, limits, "holds" if all(within) else "holds in part")
    value = case.rounded(case.chosen(limits, "middle"))
    return _own(case, value if value >= 1 else None, limits, "middle")


def _of_kind(case: _Case, limits: dict[str, float], common: float) -> Proposal:
    """Left alone where any large source is fine with it; set from the text if that is wanted."""
    if case.aim.adopt == "all":
        value = case.rounded(case.chosen(limits, "most lenient"))
        near = _is_near(value, common)
        return _own(case, value, limits) if near else _kept(case, limits, "too far")
    within = [case.is_within(value, common) for value in limits.values()]
    if not any(within):
        return _moved(case, limits, common)
    return _kept(case, limits, "holds" if all(within) else "holds in part")


def _switched(case: _Case, limits: dict[str, float]) -> Proposal:
    """A rule that is off for such scripts, but whose limit for all languages holds here.

    The length of words stays off: without spaces only foreign words have one.
    """
    value = case.everywhere.value
    if value is None or case.rule.limit in OF_LANGUAGE:
        return _kept(case, limits, "off")
    within = {source: one for source, one in limits.items() if case.is_within(one, value)}
    if len(within) < case.aim.least_sources:
        return _kept(case, limits, "off")
    return _own(case, value, within)


def _moved(case: _Case, limits: dict[str, float], common: float) -> Proposal:
    """A limit that would remove too much of every source: of this language, it seems."""
    value = case.rounded(case.chosen(limits, "strictest"))
    kinds = len(case.values) if _TOGETHER in limits else len(limits)
    if kinds < max(case.aim.least_sources, FEWEST_TO_MOVE):
        return _kept(case, limits, "few sources")
    if not _is_near(value, common):
        return _kept(case, limits, "too far")
    return _own(case, value, limits, "strictest")


def _is_near(value: float, common: float) -> bool:
    return common / MOST_MOVED <= value <= common * MOST_MOVED


def _decided(case: _Case) -> Proposal:
    return _kept(case, case.limits(), "decided")


def _kept(case: _Case, limits: dict[str, float], verdict: Verdict) -> Proposal:
    measured = case.chosen(limits, "most lenient") if limits else None
    return _proposal(case, case.common.value, measured, verdict, REASONS[verdict])


def _own(
    case: _Case, value: float | None, limits: dict[str, float], which: _Which = "most lenient"
) -> Proposal:
    aim, measured = case.aim, case.chosen(limits, which)
    off = "Off, measured" if value is None else "Measured"
    room = (
        f" {100 * (ROOM - 1):.0f} % of room is left for other kinds of text."
        if case.rule.limit in OF_LANGUAGE
        else ""
    )
    why = (
        f"{off} {aim.day} by endonym calibrate on {case.count:,} {_unit(case)} of"
        f" {len(case.values)} sources: at most {100 * aim.share:g} % lie beyond {measured:.3g},"
        f" with a confidence of {100 * aim.confidence:g} % (Wilks 1941), {_among(limits, which)}."
        f"{room}"
    )
    return _proposal(case, value, measured, "measured", why)


def _among(limits: dict[str, float], which: _Which) -> str:
    if _TOGETHER in limits:
        return "in all sources together, for none is large enough alone"
    if len(limits) == 1:
        return f"in {next(iter(limits))}, which alone is large enough"
    spread = sorted(limits.values())
    ends = f"{spread[0]:.3g} to {spread[-1]:.3g}"
    return f"in the {which} of the {len(limits)} that are large enough ({ends})"


def _unit(case: _Case) -> str:
    if case.rule.measure == "mean_word_chars":
        return "pieces as short as a document may be"  # 10 words, or 20 characters
    return "pieces of 50 words" if case.rule.measure == "stop_words" else "documents"


def _proposal(
    case: _Case, value: float | None, measured: float | None, verdict: Verdict, why: str
) -> Proposal:
    return Proposal(
        key=case.rule.limit,
        side=case.rule.side,
        value=value,
        common=case.common.value,
        measured=measured,
        count=case.count,
        verdict=verdict,
        why=why,
    )
