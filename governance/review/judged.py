"""A reading round held against what the policy asks of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from governance.release_folder import Release, read_json
from schemas.reading import ReadingRules

#: Results of the reading round of a release; `governance.review.results` says what is in it.
NAME = "validation/reading.json"
#: Labels that a floor of their own name is held against; the language has a gate of its own.
FLOORS = ("natural", "clean", "not_porn")


def rules_of(release: Release) -> ReadingRules:
    """What the policy of a run asks; the defaults where its record does not say."""
    policy = release.run.get("policy")
    said = policy.get("reading") if isinstance(policy, dict) else None
    return ReadingRules.model_validate(said) if isinstance(said, dict) else ReadingRules()


def reading_of(release: Release) -> dict[str, Any]:
    """The results of the reading round of a release; empty before there are any."""
    return read_json(release.folder / NAME)


def shortcomings(
    reading: dict[str, Any], rules: ReadingRules, root: str | None, as_of: date | None
) -> Iterator[str]:
    """One sentence for everything that the policy asks for and the round does not show.

    Args:
        reading: results of a round.
        rules: of the policy.
        root: of the files as they are now.
        as_of: the day that its age is held against.
    """
    if reading.get("manifest_root") != root:
        yield "other files were read than lie here: read this release"
    made = date.fromisoformat(str(reading.get("as_of")))
    if as_of is not None and made + timedelta(days=rules.max_age_days) < as_of:
        yield f"it was read on {made}, more than {rules.max_age_days} days ago"
    languages = {one["tag"]: one for one in reading.get("languages", [])}
    for tag in sorted(set(rules.languages) - set(languages)):
        yield f"{tag} was not read"
    for tag, one in sorted(languages.items()):
        if not one["complete"]:
            yield f"{tag} is not read to its end: {one['read']:,} of {one['drawn']:,} documents"
        yield from _below(tag, one, rules, FLOORS)
    yield from _disagreements(reading, rules)


def below_floor(reading: dict[str, Any], rules: ReadingRules) -> Iterator[str]:
    """One sentence for every language with too small a share in the right language."""
    for one in reading.get("languages", []):
        yield from _below(one["tag"], one, rules, ("language_correct",))


def _below(
    tag: str, one: dict[str, Any], rules: ReadingRules, names: tuple[str, ...]
) -> Iterator[str]:
    for name in names:
        floor, rate = getattr(rules, name), one["labels"][name]
        if floor is not None and rate["low"] < floor:
            yield (
                f"{tag}: {name.replace('_', ' ')} is {rate['share'] or 0:.3f} of"
                f" {rate['whole']:,}, at least {rate['low']:.3f} with 95 % confidence; {floor:g} is"
                " asked for"
            )


def _disagreements(reading: dict[str, Any], rules: ReadingRules) -> Iterator[str]:
    """Over all languages together: a tenth of one is too little to tell."""
    if rules.agreement is None:
        return
    for name, told in reading["overall"]["agreement"].items():
        if told["kappa"] is not None and told["kappa"] < rules.agreement:
            yield (
                f"two readers agree too little on {name.replace('_', ' ')}: kappa"
                f" {told['kappa']:.2f} over {told['documents']:,} documents; {rules.agreement:g} is"
                " asked for"
            )
