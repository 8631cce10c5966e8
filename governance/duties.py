"""What a licence asks of whoever passes the text on: its duties.

A duty is `attribution` (name the authors), `share-alike` (same licence for what is made of it),
`non-commercial`, `no-derivatives` or `notice` (pass the licence's text on).
"""

from dataclasses import dataclass

from governance.rights import parsed

ATTRIBUTION, SHARE_ALIKE, NOTICE = "attribution", "share-alike", "notice"
NON_COMMERCIAL, NO_DERIVATIVES = "non-commercial", "no-derivatives"
#: Beginning of an SPDX id -> duties, and where they are read. The longest beginning counts.
_TABLE: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("CC0-", (), "CC0 1.0, 2009"),
    ("PDDL-", (), "Open Data Commons PDDL 1.0, 2008"),
    ("Unlicense", (), "unlicense.org, 2010"),
    ("DL-DE-ZERO-", (), "Datenlizenz Deutschland Zero 2.0, 2014"),
    ("LicenseRef-public-domain", (), "no copyright, so no licence"),
    ("CC-BY-", (ATTRIBUTION,), "CC BY, section 3(a)"),
    ("CC-BY-SA-", (ATTRIBUTION, SHARE_ALIKE), "CC BY-SA, section 3(a) and (b)"),
    ("CC-BY-NC-", (ATTRIBUTION, NON_COMMERCIAL), "CC BY-NC, section 2(a)(1)"),
    ("CC-BY-NC-SA-", (ATTRIBUTION, NON_COMMERCIAL, SHARE_ALIKE), "CC BY-NC-SA, section 3"),
    ("CC-BY-ND-", (ATTRIBUTION, NO_DERIVATIVES), "CC BY-ND, section 2(a)(1)"),
    ("CC-BY-NC-ND-", (ATTRIBUTION, NON_COMMERCIAL, NO_DERIVATIVES), "CC BY-NC-ND, section 2"),
    ("ODC-By-", (ATTRIBUTION,), "ODC Attribution 1.0, section 4.2"),
    ("ODbL-", (ATTRIBUTION, SHARE_ALIKE), "ODbL 1.0, sections 4.3 and 4.4"),
    ("OGL-UK-", (ATTRIBUTION,), "Open Government Licence 3.0, 2014"),
    ("etalab-", (ATTRIBUTION,), "Licence Ouverte 2.0, 2017"),
    ("NLOD-", (ATTRIBUTION,), "Norwegian Licence for Open Government Data 2.0"),
    ("DL-DE-BY-", (ATTRIBUTION,), "Datenlizenz Deutschland Namensnennung 2.0, 2014"),
    ("MIT", (NOTICE,), "MIT licence"),
    ("BSD-", (NOTICE,), "BSD licences, clauses 1 and 2"),
    ("Apache-", (NOTICE,), "Apache 2.0, section 4"),
    ("MPL-", (NOTICE, SHARE_ALIKE), "MPL 2.0, section 3"),
    ("GPL-", (NOTICE, SHARE_ALIKE), "GPL, section 5 (version 3), section 2 (version 2)"),
    ("LGPL-", (NOTICE, SHARE_ALIKE), "LGPL, section 4 (version 3), section 2 (version 2.1)"),
    ("AGPL-", (NOTICE, SHARE_ALIKE), "AGPL 3.0, section 5"),
    ("GFDL-", (ATTRIBUTION, NOTICE, SHARE_ALIKE), "GFDL 1.3, section 4"),
)


@dataclass(frozen=True)
class Duties:
    """The branch of an expression that is used, and what it asks.

    Args:
        licences: ids of the branch, in its order.
        duties: of all of them together, sorted.
        unknown: licences whose duties the table does not have; a person must read them.
    """

    licences: tuple[str, ...]
    duties: tuple[str, ...]
    unknown: tuple[str, ...]


def of_licence(name: str) -> tuple[str, ...] | None:
    """The duties of one licence; None when the table does not have it.

    >>> of_licence("CC-BY-SA-4.0"), of_licence("LicenseRef-mine")
    (('attribution', 'share-alike'), None)
    """
    fitting = [row for row in _TABLE if name.lower().startswith(row[0].lower())]
    return max(fitting, key=lambda row: len(row[0]))[1] if fitting else None


def duties(expression: str | None, allowed: list[str], registered: frozenset[str]) -> Duties | None:
    """The duties of an expression: of alternatives the best one that is allowed, of parts all.

    The best branch has no unknown duties, then the fewest, then stands first in the policy.

    Returns:
        None when the expression cannot be parsed or no branch of it is allowed.

    >>> duties("GPL-3.0-only OR (CC0-1.0 AND CC-BY-4.0)", ["CC0-1.0", "CC-BY-4.0"], frozenset())
    Duties(licences=('CC0-1.0', 'CC-BY-4.0'), duties=('attribution',), unknown=())
    """
    tree = parsed(expression, registered)
    if tree is None:
        return None
    order = {name.lower(): place for place, name in enumerate(allowed)}
    usable = [one for one in _branches(tree) if all(name.lower() in order for name in one)]
    found = [_of_branch(branch) for branch in usable]

    def badness(one: Duties) -> tuple[int, int, list[int]]:
        return len(one.unknown), len(one.duties), [order[name.lower()] for name in one.licences]

    return min(found, key=badness, default=None)


def _branches(tree: object) -> list[tuple[str, ...]]:
    name = type(tree).__name__
    if name == "OR":
        return [branch for part in tree.args for branch in _branches(part)]  # type: ignore[attr-defined]
    if name == "AND":
        whole: list[tuple[str, ...]] = [()]
        for part in tree.args:  # type: ignore[attr-defined]
            whole = [(*left, *right) for left in whole for right in _branches(part)]
        return whole
    licence = getattr(tree, "license_symbol", tree)
    return [(str(licence.key),)]  # type: ignore[attr-defined]


def _of_branch(licences: tuple[str, ...]) -> Duties:
    known = {name: of_licence(name) for name in dict.fromkeys(licences)}
    every = {duty for found in known.values() for duty in found or ()}
    unknown = tuple(name for name, found in known.items() if found is None)
    return Duties(tuple(known), tuple(sorted(every)), unknown)


def mixed_share_alike(licences: list[str]) -> tuple[str, ...]:
    """Families of share-alike licences in one corpus; two or more cannot become one work.

    Licences that only differ by version count as one (CC BY-SA 4.0, section 3(b)(1): a later
    version with the same elements).

    >>> mixed_share_alike(["CC-BY-SA-3.0", "CC-BY-SA-4.0", "ODbL-1.0"])
    ('CC-BY-SA', 'ODbL')
    """
    families = {
        next(start for start, _, _ in sorted(_TABLE, key=lambda row: -len(row[0]))
             if name.lower().startswith(start.lower())).rstrip("-")
        for name in licences
        if SHARE_ALIKE in (of_licence(name) or ())
    }  # fmt: skip
    return tuple(sorted(families))
