"""Whether a run may take place: purposes, expiry, and every place that text would lie in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from pipelines import files
from schemas.policy import Policy
from schemas.settings import RunSettings
from schemas.source import SourceCard

Cards = Mapping[str, tuple[SourceCard, str]]
#: Options of Beam that say where it works, and where it puts what it works with.
_REGIONS = ("region", "worker_region", "zone", "worker_zone")
_PLACES = ("temp_location", "staging_location", "artifacts_dir")
_OPTION = re.compile(r"^--([a-z_]+)=(.+)$")


def purposes(settings: RunSettings, cards: Cards, policy: Policy) -> Iterator[str]:
    """What of the run's purpose the policy or a card does not allow."""
    purpose = settings.purpose
    if policy.purposes and purpose is None:
        yield f"purpose: the policy {policy.name} asks for one of {', '.join(policy.purposes)}"
    elif purpose and policy.purposes and purpose not in policy.purposes:
        allowed = ", ".join(policy.purposes)
        yield f"purpose: {purpose} is not what the policy {policy.name} allows ({allowed})"
    for name, (card, _) in cards.items():
        uses = ", ".join(card.intended_uses)
        if card.intended_uses and purpose is None:
            yield f"source {name}: may be used for {uses}; say the run's `purpose`"
        elif card.intended_uses and purpose not in card.intended_uses:
            yield f"source {name}: may be used for {uses}, not for {purpose}; leave the card out"


def expired(cards: Cards, policy: Policy, as_of: date) -> Iterator[str]:
    """Cards whose last day is past, where the policy lets a run stop for it."""
    for name, (card, _) in cards.items() if policy.expired_source == "stop" else ():
        if card.last_day and card.last_day < as_of:
            yield f"source {name}: its use ended on {card.last_day}; leave the card out"


def sources(cards: Cards, policy: Policy) -> Iterator[str]:
    """Cards whose text may not be held at all, or not where the policy allows."""
    zones = policy.residency_zones
    for name, (card, _) in cards.items():
        if zones and card.jurisdiction not in zones:
            yield (
                f"source {name}: its jurisdiction {card.jurisdiction} is outside the policy's"
                f" residency zones ({', '.join(zones)})"
            )


def places(
    cards: Cards, policy: Policy, paths: Mapping[str, str], beam_options: Sequence[str] = ()
) -> Iterator[str]:
    """Places of a run that lie outside the zones, or nobody knows where.

    Args:
        cards: with the folders that their paths start from.
        policy: its zones, and `locations`: a beginning of paths or a region -> its zone.
        paths: what it is (`output` …) -> path or URI.
        beam_options: as they are given to Beam.
    """
    named = {**paths, **_inputs(cards), **_options(beam_options)}
    only = {name: card.residency_zone for name, (card, _) in cards.items() if card.residency_zone}
    if not policy.locations:
        for name, needed in only.items():
            yield f"source {name}: must stay in {needed}; the policy's `locations` must say where"
    if not policy.residency_zones and not only:
        return
    for what, place in sorted(named.items()) if policy.locations else ():
        zone = zone_of(place, policy.locations)
        if zone is None:
            yield f"{what}: nobody knows where this place lies; add it to the policy's `locations`"
        elif policy.residency_zones and zone not in policy.residency_zones:
            zones = ", ".join(policy.residency_zones)
            yield f"{what}: lies in {zone}, outside the policy's residency zones ({zones})"
        for name, needed in only.items():
            is_other = what.startswith("source ") and not what.startswith(_input(name))
            if zone and zone != needed and not is_other:
                yield f"source {name}: must stay in {needed}, but {what} lies in {zone}"
    if not policy.locations:
        yield from _remote(named)


def _remote(named: Mapping[str, str]) -> Iterator[str]:
    """Without `locations` only this machine's disk is taken to lie within the zones."""
    for what, place in sorted(named.items()):
        if not files.is_local(place) or what.startswith("--"):
            yield f"{what}: nobody knows where this place lies; add it to the policy's `locations`"


def zone_of(place: str, locations: Mapping[str, str]) -> str | None:
    """The zone of the longest beginning that fits; of a region, the zone of its name.

    >>> zone_of("gs://text-ke/a", {"gs://": "US", "gs://text-ke": "KE"})
    'KE'
    """
    fitting = [start for start in locations if _begins(place, start)]
    return locations[max(fitting, key=len)] if fitting else None


def _begins(place: str, start: str) -> bool:
    return place == start or place.startswith(start if start.endswith("/") else f"{start}/")


def _input(name: str) -> str:
    return f"source {name}: paths"


def _inputs(cards: Cards) -> dict[str, str]:
    found = {}
    for name, (card, folder) in cards.items():
        for number, path in enumerate(card.paths):
            place = str(Path(folder, path).resolve()) if files.is_local(path) else path
            found[_input(name) + (f"[{number}]" if number else "")] = place
    return found


def _options(beam_options: Sequence[str]) -> dict[str, str]:
    pairs = [found.groups() for one in beam_options if (found := _OPTION.match(one))]
    return {f"--{key}": value for key, value in pairs if key in {*_REGIONS, *_PLACES}}
