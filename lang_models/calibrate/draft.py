"""Puts a profile together: what was measured, and what a person had set before.

Calibrating again replaces what calibrating wrote. A limit or a list of stop words with another
source is somebody's decision and stays, and so does everything that is not measured here.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from lang_models.calibrate import stop_words, traits
from lang_models.calibrate.aim import MARK, Aim, Sample
from lang_models.calibrate.limits import propose
from lang_models.calibrate.measured import Measured, measure
from lang_models.calibrate.proposal import Proposal
from lang_models.names import full_names
from lang_models.profile import Limit, ProfileFile, common
from lang_models.reference import Kept, Neighbours, Reference, Text

_BY_HAND = "set by a person, see its source"


@dataclass(frozen=True)
class Draft:
    """A profile that was measured and not yet written.

    Args:
        tag: `xxx_Xxxx`.
        profile: what the file will say.
        proposals: one a limit, in the order of the rules.
        left_out: why rows of the reference text were left out, and how many.
    """

    tag: str
    profile: ProfileFile
    proposals: tuple[Proposal, ...]
    left_out: dict[str, int]


def calibrate(
    sample: Sample, neighbours: Neighbours, before: ProfileFile | None, aim: Aim
) -> Draft:
    """Measures reference text and drafts the profile of its language.

    Args:
        sample: the text.
        neighbours: as they were measured.
        before: the profile that there is; what a person set in it stays.
        aim: what the limits are to do.
    """
    written = traits.written(sample.tag)
    limits = common("characters" if written["words"] == "characters" else "spaces")
    measured = measure(sample, limits)
    chosen = _stop_words(sample.tag, measured.pieces, before, aim)
    measured = measured.with_stop_words(chosen.different)
    proposals = tuple(
        _unless_by_hand(proposal, before, aim)
        for proposal in propose(measured, limits, common("spaces"), aim)
    )
    profile = {
        **_names(sample.tag, before, aim),
        **written,
        "digits": traits.digits(sample.tag, sample.text["text"]),
        "sentence_ends": traits.sentence_ends(sample.text["text"]),
        "neighbours": neighbours,
        "stop_words": chosen.stop_words,
        "limits": _limits(proposals, before),
        "kept": _kept(proposals),
        "reference": _reference(measured, sample, aim),
    }
    return Draft(sample.tag, _over(before, profile), proposals, sample.left_out)


def _stop_words(
    tag: str, pieces: pl.DataFrame, before: ProfileFile | None, aim: Aim
) -> stop_words.Chosen:
    old = before.stop_words if before else None
    if old and old.words and _is_by_hand(old.source, aim):
        return stop_words.given(old, pieces)
    return stop_words.choose(tag, pieces, aim)


def _is_by_hand(source: str, aim: Aim) -> bool:
    return MARK not in source and not aim.replace


def _unless_by_hand(proposal: Proposal, before: ProfileFile | None, aim: Aim) -> Proposal:
    old = before.limits.get(proposal.key) if before else None
    if old is None or not _is_by_hand(old.source, aim):
        return proposal
    return replace(proposal, value=old.value, verdict="by hand", why=_BY_HAND)


def _names(tag: str, before: ProfileFile | None, aim: Aim) -> dict[str, str]:
    if before and not aim.replace:
        return {"name": before.name, "endonym": before.endonym}
    name, endonym = full_names(tag)
    return {"name": name, "endonym": endonym}


def _limits(proposals: tuple[Proposal, ...], before: ProfileFile | None) -> dict[str, Limit]:
    """The limits of its own; first what a person set or another command wrote."""
    measured = {proposal.key for proposal in proposals if proposal.verdict != "by hand"}
    old = before.limits if before else {}
    stay = {key: limit for key, limit in old.items() if key not in measured}
    return stay | {one.key: one.limit for one in proposals if one.verdict == "measured"}


def _kept(proposals: tuple[Proposal, ...]) -> tuple[Kept, ...]:
    """The limits that stand, by the reason."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in proposals:
        if one.verdict not in {"measured", "by hand"}:
            by_reason[one.why].append(one.key)
    return tuple(Kept(limits=tuple(keys), reason=why) for why, keys in by_reason.items())


def _reference(measured: Measured, sample: Sample, aim: Aim) -> Reference:
    texts = (
        Text(name=name, rows=rows, words=words, **_licence(sample.licences.get(name)))
        for name, rows, words in sample.sizes.iter_rows()
        if words
    )
    return Reference(
        measured=aim.day,
        share=aim.share,
        texts=tuple(texts),
        measures=measured.spreads(),
    )


def _licence(licence: str | None) -> dict[str, Any]:
    return {"licence": licence} if licence else {}


def _over(before: ProfileFile | None, profile: dict[str, Any]) -> ProfileFile:
    """The new profile; keys of the old one that nothing is said about here stay."""
    old = {name: getattr(before, name) for name in before.model_fields_set} if before else {}
    return ProfileFile(**(old | profile))
