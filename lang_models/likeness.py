"""The reference text of languages, as a run states it so that its own text can be held against it.

How far a run's text may be from it, measure by measure, stands in `profiles/_drift.yaml`.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from lang_models.profile import FOLDER, Limits, load
from lang_models.quality import RULES
from lang_models.reference import QUANTILES
from schemas.yaml_files import read_record

#: Documents that measures of words are compared on have as many words as the pieces that the
#: reference was measured on.
_PIECE = ("length_words", 50)
_APPLIES = {rule.measure: rule.applies for rule in RULES}


def stated_reference(tags: Iterable[str]) -> dict[str, Any]:
    """The quantiles of every measure that can drift, for the languages of a run.

    Args:
        tags: the languages of the run.

    Returns:
        `quantiles` (the shares), `source` of each limit by measure, and by language and
        measure: `of`, `n`, `at`, `applies` (a measure and the least value from which on a
        document is compared) and `limit`. Languages without a measured profile are left out.
    """
    limits = drift_limits()
    languages = {}
    for tag in sorted(set(tags)):
        reference = load(tag).reference
        if reference is not None:
            languages[tag] = {
                name: {
                    **spread.model_dump(mode="json"),
                    "applies": list(_PIECE if spread.of == "pieces" else _APPLIES[name]),
                    "limit": limits[name][0],
                }
                for name, spread in sorted(reference.measures.items())
                if name in limits
            }
    sources = {name: source for name, (_, source) in sorted(limits.items())}
    return {"quantiles": list(QUANTILES), "source": sources, "languages": languages}


@cache
def drift_limits() -> dict[str, tuple[float, str]]:
    """By measure how far a run may be from the reference, and where that number is from."""
    found = read_record(FOLDER / "_drift.yaml", Limits).limits
    return {
        name: (limit.value, " ".join(limit.source.split()))
        for name, limit in found.items()
        if limit.value is not None
    }
