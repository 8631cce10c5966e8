"""TDMRep: `tdm-reservation` in a file of the host, in headers and in the page.

The file comes first, then the header, then the page; each that says something overrides what
came before. `1` means that rights are reserved: the page may be had by contract, which a
source card says with its route. `0` means that they are not. Anything else says nothing.
"""

import json
from typing import Any

from governance.optouts.model import (
    ALLOW,
    DENY,
    TDMREP,
    UNKNOWN,
    Answer,
    Ask,
    PageHead,
    Protocol,
)
from governance.optouts.patterns import matches

_KEY = "tdm-reservation"
_VALUES = {"0": ALLOW, "1": DENY}


def _answer(value: Any, *, has_policy: bool = False) -> Answer | None:  # noqa: ANN401  # JSON
    known = _VALUES.get(str(value).strip()) if type(value) in {int, str} else None
    if known is None:
        return None
    offer = ", with a policy" if has_policy and known == DENY else ""
    return Answer(known, f"{_KEY}={str(value).strip()}{offer}")


def opened(body: str, _agents: tuple[str, ...]) -> Ask:
    """Reads `/.well-known/tdmrep.json`; of its rules the first that fits a path counts."""
    try:
        rules = json.loads(body.lstrip("\ufeff"))
    except ValueError:
        rules = None
    if not isinstance(rules, list):
        return lambda _path: Answer(UNKNOWN, "tdmrep.json is no list")
    whole = [one for one in rules if isinstance(one, dict) and isinstance(one.get("location"), str)]

    def ask(path: str) -> Answer | None:
        for rule in whole:
            if matches(rule["location"], path):
                return _answer(rule.get(_KEY), has_policy="tdm-policy" in rule)
        return None

    return ask


def page(head: PageHead) -> Answer | None:
    """What header and page say; the page's word is the last."""
    has_policy = bool(head.header("tdm-policy")) or "tdm-policy" in head.metas
    in_page = _answer(head.metas.get(_KEY, ""), has_policy=has_policy)
    if in_page:
        return in_page
    headers = [_answer(value, has_policy=has_policy) for value in head.header(_KEY)]
    return next((one for one in reversed(headers) if one), None)


PROTOCOL = Protocol(
    name="tdmrep",
    title="TDM Reservation Protocol: file, headers, page",
    source="W3C Community Group, final report of 2024-05-10; Directive (EU) 2019/790, article 4(3)",
    file=TDMREP,
    opened=opened,
    page=page,
)
