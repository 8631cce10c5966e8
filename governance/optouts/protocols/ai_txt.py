"""ai.txt: rules like those of robots.txt, for training alone, often by the kind of file.

A path without a suffix is a page, so rules for `*.html` count for it too. A line
`Training: deny`, which a later proposal has, speaks for the whole host.
"""

import re

from protego import Protego

from governance.optouts.model import AI_TXT, ALLOW, DENY, UNKNOWN, Answer, Ask, Protocol
from governance.optouts.protocols.robots_txt import LONGEST_CHARS, concerned

_TRAINING = re.compile(r"(?im)^[ \t]*training[ \t]*:[ \t]*([a-z]+)")
_WORDS = {"deny": DENY, "allow": ALLOW}
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def opened(body: str, agents: tuple[str, ...]) -> Ask:
    """Reads a file once, to be asked about many paths."""
    if body.lstrip("\ufeff \t\r\n").startswith("<"):
        return lambda _path: None
    head = body.lstrip("\ufeff")[:LONGEST_CHARS]
    stated = _TRAINING.search(head)
    if stated:
        word = stated.group(1).lower()
        answer = Answer(_WORDS.get(word, UNKNOWN), f"training: {word}"[:30])
        return lambda _path: answer
    rules, asked = Protego.parse(head), concerned(head, agents)

    def ask(path: str) -> Answer:
        bare = path.partition("?")[0]
        forms = [path] if _SUFFIX.search(bare) else [path, f"{bare.rstrip('/')}/index.html"]
        barred = [name for name in asked if not all(rules.can_fetch(one, name) for one in forms)]
        return Answer(DENY, "disallowed") if barred else Answer(ALLOW, "allowed")

    return ask


PROTOCOL = Protocol(
    name="ai-txt",
    title="ai.txt, rules for training by the kind of file",
    source="Spawning's ai.txt (2023-05) and the Training line of later proposals (2026-02)",
    file=AI_TXT,
    opened=opened,
)
