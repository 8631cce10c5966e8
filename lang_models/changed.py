"""Limits that people have changed since the profiles were written, and where they are from."""

from collections.abc import Mapping

from lang_models.profile import Limit, load

#: Tag, or `default` -> limits by their key, each with its source.
Changed = Mapping[str, Mapping[str, Limit]]
#: What stands for every language whose profile has no limit of its own.
DEFAULT = "default"
NOTHING: Changed = {}


def limits_of(tag: str | None, changed: Changed = NOTHING) -> dict[str, Limit]:
    """The limits that hold for a language.

    A change for the language comes before its profile; a change for all (`default`) holds
    where the profile has the limit that all have.

    Args:
        tag: `xxx_Xxxx`, or null.
        changed: the changes; none is the profiles alone.

    >>> new = Limit(min=2.5, source="Decision of the steward on 2026-11-25")
    >>> limits_of("swh_Latn", {"swh_Latn": {"mean_word_chars_min": new}})["mean_word_chars_min"].min
    2.5
    """
    limits = load(tag).limits
    if not changed:
        return limits
    common = load(None).limits
    for_all = changed.get(DEFAULT, {})
    whole = {key: for_all.get(key, one) if one == common[key] else one
             for key, one in limits.items()}  # fmt: skip
    return {**whole, **changed.get(tag or "", {})}
