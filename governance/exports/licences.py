"""What a licence asks of whoever passes the text on.

Source: the licences' own deeds; Creative Commons 4.0 legal code, sections 3(a) and 3(b);
ODbL 1.0, section 4; GPL 2.0, sections 1 and 2. Read 2026-11. A `LicenseRef-…` is a licence
that only its own text speaks for.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

ATTRIBUTION = "attribution"
NOTICE = "licence notice"
SHARE_ALIKE = "share-alike"
NON_COMMERCIAL = "non-commercial"
NO_DERIVATIVES = "no derivatives"
OWN_TERMS = "as its own text says"

_NONE = re.compile(
    r"CC0-|PDDL-|Unlicense$|DL-DE-ZERO|0BSD$|LicenseRef-.*public-domain", re.IGNORECASE
)
_DUTIES = (
    (re.compile(r"CC-BY|ODC-By|ODbL|OGL-|etalab|NLOD|DL-DE-BY", re.IGNORECASE), ATTRIBUTION),
    (re.compile(r"CC-BY-(NC-)?SA|ODbL|GPL|GFDL|MPL|EUPL", re.IGNORECASE), SHARE_ALIKE),
    (re.compile(r"CC-BY-NC", re.IGNORECASE), NON_COMMERCIAL),
    (re.compile(r"CC-BY-(NC-)?ND", re.IGNORECASE), NO_DERIVATIVES),
    (re.compile(r"MIT|Apache|BSD|ISC|GPL|GFDL|MPL|EUPL|Artistic", re.IGNORECASE), NOTICE),
)  # fmt: skip
_WORDS = frozenset({"and", "or", "with"})


def names(expression: str | None) -> list[str]:
    """The licences that an expression names, each once, in order.

    >>> names("(CC-BY-4.0 AND MIT) OR CC-BY-4.0")
    ['CC-BY-4.0', 'MIT']
    """
    found = re.findall(r"[^\s()]+", expression or "")
    return list(dict.fromkeys(word for word in found if word.lower() not in _WORDS))


def duties(expression: str | None, allowed: Iterable[str] = ()) -> list[str]:
    """What must be done by whoever passes on text under a licence expression.

    Args:
        expression: SPDX; null has no duties that could be known.
        allowed: licences of the policy; of alternatives (`OR`) only allowed ones count, and
            of those the one with the fewest duties is chosen.

    >>> duties("CC-BY-SA-4.0 AND MIT")
    ['attribution', 'licence notice', 'share-alike']
    >>> duties("CC0-1.0 OR CC-BY-4.0"), duties("LicenseRef-treaty")
    ([], ['as its own text says'])
    """
    tree = _parsed(expression or "")
    if tree is None:
        return [OWN_TERMS]
    return sorted(_of(tree, frozenset(name.lower() for name in allowed)) or ())


@lru_cache(maxsize=4096)
def _parsed(expression: str) -> Any:  # noqa: ANN401  # the package has no types
    from license_expression import ExpressionError, get_spdx_licensing  # noqa: PLC0415

    try:
        return get_spdx_licensing().parse(expression)
    except (ExpressionError, ValueError, TypeError):
        return None


def _of(tree: Any, allowed: frozenset[str]) -> set[str] | None:  # noqa: ANN401
    """The duties of a part; None where the policy does not allow it."""
    kind = type(tree).__name__
    if kind in {"OR", "AND"}:
        parts = [_of(part, allowed) for part in tree.args]
        held = [part for part in parts if part is not None]
        if kind == "OR":
            return min(held, key=lambda part: (len(part), sorted(part))) if held else None
        return set().union(*held) if len(held) == len(parts) else None
    key = str(getattr(tree, "license_symbol", tree).key)
    if allowed and key.lower() not in allowed:
        return None
    return set() if _NONE.match(key) else _of_one(key)


def _of_one(key: str) -> set[str]:
    found = {duty for pattern, duty in _DUTIES if pattern.match(key) or _is_copyleft(key, pattern)}
    return found or {OWN_TERMS}


def _is_copyleft(key: str, pattern: re.Pattern[str]) -> bool:
    """LGPL and AGPL are asked as the GPL is."""
    return bool(re.match(r"[LA]GPL", key, re.IGNORECASE) and pattern.match(key[1:]))


def reference(name: str) -> str | None:
    """Where SPDX has the text of a licence; None for a `LicenseRef-…`.

    >>> reference("CC-BY-4.0"), reference("LicenseRef-treaty")
    ('https://spdx.org/licenses/CC-BY-4.0.html', None)
    """
    is_listed = not name.lower().startswith("licenseref-")
    return f"https://spdx.org/licenses/{name}.html" if is_listed else None
