"""Decisions held against a release: whether what they are about is there, and what they change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from governance import rights
from governance.decisions.files import Given
from governance.optouts.places import places, wildcards
from governance.release_folder import Release, read_column
from governance.validate.gates import GATES
from lang_models.certainty import SCORE_LIMIT, SCORE_RULE, score_limits
from lang_models.changed import DEFAULT, limits_of
from lang_models.profile import Limit, load
from lang_models.quality import RULES
from pipelines.decided import HOST, SOURCE
from pipelines.run import Run
from schemas.decisions import Decision
from schemas.errors import InputError
from schemas.in_force import Change


@dataclass(frozen=True)
class Known:
    """What there is in a release to decide about.

    Args:
        sources: ids of its cards.
        tags: its languages.
        rules: names of rules that held something back, or whose limits the run states.
        hosts: hosts of its addresses and the domains above them.
        documents: those of the asked documents that are there.
    """

    sources: frozenset[str]
    tags: frozenset[str]
    rules: frozenset[str]
    hosts: frozenset[str]
    documents: frozenset[str]


def known(release: Release, given: Sequence[Given]) -> Known:
    """What the release has of the things that decisions are about; columns are read as needed."""
    kinds = {one.kind for file in given for one in file.content.decisions}
    asked = {one.target for file in given for one in file.content.decisions if one.kind == "sample"}
    tags, rules = _tags_and_rules(release)
    return Known(
        frozenset(str(card.get("id")) for card in release.run.get("sources", [])),
        tags,
        rules,
        frozenset(_hosts(release)) if "licence" in kinds else frozenset(),
        frozenset(_documents(release, asked)) if asked else frozenset(),
    )


def _tags_and_rules(release: Release) -> tuple[frozenset[str], frozenset[str]]:
    stated = {str(one.get("rule")) for one in release.run.get("limits") or []}
    tags: set[str] = set()
    for shard in release.shards:
        tags |= set(read_column(release, shard, "tag").drop_nulls().unique().to_list())
        stated |= set(read_column(release, shard, "rule").drop_nulls().unique().to_list())
    return frozenset(tags), frozenset(stated)


def _hosts(release: Release) -> set[str]:
    found: set[str] = set()
    for shard in release.shards:
        found |= set(places(read_column(release, shard, "url"))["host"].drop_nulls().to_list())
    return {name.removeprefix("*.") for host in found for name in wildcards(host)}


def _documents(release: Release, asked: Iterable[str]) -> set[str]:
    wanted = sorted(asked)
    found: set[str] = set()
    for shard in release.shards:
        ids = read_column(release, shard, "doc_id")
        found |= set(ids.filter(ids.is_in(wanted)).to_list())
    return found


def changes(given: Sequence[Given], there: Known, run: Run) -> list[Change]:
    """What the decisions change in a run, one for each thing, ordered by kind and target.

    Raises:
        InputError: every decision that is about something that is not there, or that cannot
            hold, with what to write instead.
    """
    found: dict[tuple[str, str], Change] = {}
    problems: list[str] = []
    for file in given:
        for one in file.content.decisions:
            try:
                change = _change(one, file, there, run)
            except InputError as error:
                problems.append(f"{file.path}: {one.id}: {error}")
                continue
            if change is not None:
                found[change.kind, change.target] = change
    if problems:
        raise InputError("\n".join(problems))
    return [found[key] for key in sorted(found)]


def _change(one: Decision, file: Given, there: Known, run: Run) -> Change | None:
    if one.kind == "source":
        _need(one.target, there.sources, "source", "sources")
        return _made(one, file, one.target, None)
    if one.kind == "licence":
        target = _licence_target(one.target, there)
        _check_expression(str(one.value), run)
        return _made(one, file, target, None)
    if one.kind == "threshold":
        tag, key = _limit(one.target, there)
        target = f"{tag}:{key}"
        held = [it for it in run.decided.changes if (it.id, it.target) == (one.id, target)]
        was = held[0].was if held else limit_now(tag, key, run).value
        return _made(one, file, target, was)
    if one.kind == "rule":
        _need(one.target.rpartition("/")[2], there.rules, "rule", "rules")
    elif one.kind == "sample":
        _need(one.target, there.documents, "document", None)
    else:
        _need(one.target, frozenset(check.id for check in GATES), "gate", "gates")
    return None


def _made(one: Decision, file: Given, target: str, was: float | str | None) -> Change:
    content = file.content
    return Change.model_validate(
        {
            "id": one.id, "kind": one.kind, "target": target, "verdict": one.verdict,
            "value": one.value, "was": was, "scope": one.scope, "role": content.made_by.role,
            "decided_on": content.at, "release": f"{content.release}-{content.version}",
            "report": content.report_digest, "reason": one.reason, "expires": one.expires,
        }
    )  # fmt: skip


def _need(target: str, there: frozenset[str], what: str, plural: str | None) -> None:
    if target not in there:
        listed = f"; {plural} are {', '.join(sorted(there))}" if plural else ""
        raise InputError(f"the release has no {what} {target}{listed}")


def _licence_target(target: str, there: Known) -> str:
    """The card or the host that is meant; a card's id comes first."""
    bare = target.removeprefix(SOURCE).removeprefix(HOST)
    if bare in there.sources and not target.startswith(HOST):
        return SOURCE + bare
    if bare in there.hosts and not target.startswith(SOURCE):
        return HOST + bare
    listed = ", ".join(sorted(there.sources))
    raise InputError(
        f"the release has no source and no host {bare}; sources are {listed}; a host is written"
        " as it stands in the addresses, such as example.org"
    )


def _check_expression(expression: str, run: Run) -> None:
    if rights.parsed(expression, frozenset(run.policy.licence_refs)) is None:
        raise InputError(
            f"{expression} is no SPDX licence expression; write one such as CC-BY-4.0, or an id"
            " that the policy registers under licence_refs"
        )


def _limit(target: str, there: Known) -> tuple[str, str]:
    """Language and key of the limit that is meant, by key, rule or measure."""
    tag, name = target.split(":")
    if tag != DEFAULT:
        _need(tag, there.tags, "document in the language", None)
    limits = load(None).limits
    if name in limits:
        return tag, name
    if name in {SCORE_RULE, SCORE_RULE.replace("-", "_"), "score", "raw_score"}:
        return tag, SCORE_LIMIT
    keys = [rule.limit for rule in RULES if name in {rule.name, rule.measure}]
    if len(keys) == 1:
        return tag, keys[0]
    if keys:
        raise InputError(f"{name} has two limits; write {tag}:{keys[0]} or {tag}:{keys[1]}")
    raise InputError(f"{name} is no limit, rule or measure; limits are {', '.join(limits)}")


def limit_now(tag: str, key: str, run: Run) -> Limit:
    """The limit that holds for a language now, or for all; for scores that of the model's card."""
    limit = limits_of(tag, run.decided.limits)[key]
    if key == SCORE_LIMIT and tag != DEFAULT:
        tags = pl.Series([tag])
        least = score_limits(tags, run.identifier.card, run.aim, run.decided.limits)[0]
        return Limit.model_validate({"min": least, "source": limit.source})
    return limit


def describe(change: Change) -> dict[str, Any]:
    """A change as a row for people."""
    value = "off" if change.verdict == "off" else change.value
    return {
        "id": change.id, "kind": change.kind, "target": change.target, "verdict": change.verdict,
        "was": change.was, "becomes": value, "expires": change.expires,
    }  # fmt: skip
