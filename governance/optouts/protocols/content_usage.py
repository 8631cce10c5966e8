"""AIPREF: `Content-Usage: train-ai=n`, as a rule in robots.txt and as an HTTP header.

`Content-Signal: ai-train=no`, which came before it, is read in the same way. Values are
case-sensitive; whatever is neither yes nor no is unknown. Of several rules of a group the
longest path counts; a no of any group that concerns AI wins.
"""

import re
from collections.abc import Iterable

from governance.optouts.model import ALLOW, DENY, ROBOTS, UNKNOWN, Answer, Ask, PageHead, Protocol
from governance.optouts.patterns import matches
from governance.optouts.protocols.robots_txt import LONGEST_CHARS, concerned

#: Category of use -> its yes and no. `train-genai` stands in earlier drafts.
_USES = {"train-ai": ("y", "n"), "train-genai": ("y", "n"), "ai-train": ("yes", "no")}
_LINE = re.compile(r"^\s*([A-Za-z][A-Za-z -]*?)\s*:\s*(.*?)\s*$")
_RULES = ("content-usage", "content-signal")
_Rule = tuple[str, Answer]


def preference(words: str) -> Answer | None:
    """What a list of preferences says of training; None when it says nothing.

    >>> preference("search=y, train-ai=n"), preference("train-ai=N").value, preference("search=n")
    (Answer(value='deny', said='train-ai=n'), 'unknown', None)
    """
    found = []
    for item in words.split(","):
        key, _, value = (part.strip() for part in item.partition("="))
        if key in _USES:
            yes, no = _USES[key]
            known = {yes: ALLOW, no: DENY}
            found.append(
                Answer(known[value], f"{key}={value}")
                if value in known
                else Answer(UNKNOWN, f"{key}=?")
            )
    return strongest(found)


def strongest(answers: Iterable[Answer]) -> Answer | None:
    """A no wins over a yes, and a yes over what cannot be understood."""
    order = (DENY, ALLOW, UNKNOWN)
    return min(answers, key=lambda answer: order.index(answer.value), default=None)


def opened(body: str, agents: tuple[str, ...]) -> Ask:
    """Reads the rules of a robots.txt once, to be asked about many paths."""
    asked = {name.lower() for name in concerned(body, agents)}
    groups = _groups(body[:LONGEST_CHARS])
    chosen = [rules for name, rules in groups.items() if name in asked]

    def ask(path: str) -> Answer | None:
        return strongest(answer for rules in chosen if (answer := _longest(rules, path)))

    return ask


def _longest(rules: list[_Rule], path: str) -> Answer | None:
    fitting = [(len(pattern), answer) for pattern, answer in rules if matches(pattern, path)]
    longest = max((length for length, _ in fitting), default=0)
    return strongest(answer for length, answer in fitting if length == longest)


def _groups(body: str) -> dict[str, list[_Rule]]:
    groups: dict[str, list[_Rule]] = {}
    names: list[str] = []
    is_open = False
    for line in body.splitlines():
        found = _LINE.match(line.partition("#")[0])
        if not found:
            continue
        field, value = found.group(1).lower(), found.group(2)
        if field == "user-agent":
            names = [*names, value.lower()] if is_open else [value.lower()]
            is_open = True
            continue
        is_open = False
        rule = _rule(value) if field in _RULES else None
        for name in names if rule else ():
            groups.setdefault(name, []).append(rule)  # type: ignore[arg-type]
    return groups


def _rule(value: str) -> _Rule | None:
    pattern, words = ("/", value)
    if value.startswith(("/", "*")):
        pattern, _, words = value.partition(" ")
    answer = preference(words)
    return (pattern, answer) if answer else None


def page(head: PageHead) -> Answer | None:
    """What the page's own headers say."""
    values = [value for name in _RULES for value in head.header(name)]
    return strongest(answer for value in values if (answer := preference(value)))


PROTOCOL = Protocol(
    name="content-usage",
    title="AIPREF Content-Usage, in robots.txt and in headers",
    source="IETF drafts aipref-vocab-06 (2026-04), aipref-attach-03 (2025-09); no standards yet",
    file=ROBOTS,
    opened=opened,
    page=page,
)
