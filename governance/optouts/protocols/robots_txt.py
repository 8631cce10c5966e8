"""robots.txt: whether crawlers of AI may fetch a page.

A page is denied when one of the named agents, the crawler of the source, or any crawler (`*`)
may not fetch it. Bodies beyond 500 KiB are read that far, as the standard asks for at least.
"""

import re

from protego import Protego

from governance.optouts.model import ALLOW, DENY, ROBOTS, UNKNOWN, Answer, Ask, Protocol

LONGEST_CHARS = 512_000
_ANYBODY = "*"
_AGENT = re.compile(r"(?im)^[ \t]*user[- ]?agent[ \t]*:?[ \t]*([^#\r\n]+)")
_NAMED = 5


def concerned(body: str, agents: tuple[str, ...]) -> tuple[str, ...]:
    r"""The agents that a file names, and `*` for all others.

    >>> concerned("User-agent: ccbot\nDisallow: /", ("CCBot", "GPTBot"))
    ('*', 'CCBot')
    """
    named = [name.strip().lower().strip("*") for name in _AGENT.findall(body)]
    return (_ANYBODY, *(one for one in agents if any(n and n in one.lower() for n in named)))


def opened(body: str, agents: tuple[str, ...]) -> Ask:
    """Reads a file once, to be asked about many paths."""
    if body.lstrip("\ufeff \t\r\n").startswith("<"):
        return lambda _path: Answer(UNKNOWN, "a page in place of robots.txt")
    head = body.lstrip("\ufeff")[:LONGEST_CHARS]
    rules, asked = Protego.parse(head), concerned(head, agents)

    def ask(path: str) -> Answer:
        barred = [name for name in asked if not rules.can_fetch(path, name)]
        if not barred:
            return Answer(ALLOW, "allowed")
        return Answer(DENY, f"disallowed for {', '.join(barred[:_NAMED])}")

    return ask


PROTOCOL = Protocol(
    name="robots-txt",
    title="robots.txt, asked for the names of AI crawlers",
    source="RFC 9309 (2022-09); EU Code of Practice for general-purpose AI, measure 1.3 (2025-07)",
    file=ROBOTS,
    opened=opened,
)
