"""What an opt-out protocol is, and what it answers: allow, deny, unknown, or nothing at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

ALLOW, DENY, UNKNOWN, EXEMPT = "allow", "deny", "unknown", "exempt"
#: Kinds of files that a host keeps, by the name under which they lie.
ROBOTS, AI_TXT, TDMREP = "robots.txt", "ai.txt", "tdmrep.json"
NATIONAL = "national-list"
FILES = (ROBOTS, AI_TXT, TDMREP)


class Answer(NamedTuple):
    """What a protocol says of a page.

    Args:
        value: `allow`, `deny` or `unknown`.
        said: the words that decided, shortened; never more than a directive.
    """

    value: str
    said: str


#: Asks about a path with its query, such as `/news/1?page=2`; None when nothing is said of it.
Ask = Callable[[str], Answer | None]


@dataclass(frozen=True)
class PageHead:
    """What a page itself says.

    Args:
        headers: name in lower case and value of each HTTP header, in order.
        metas: content of each `<meta>` by its name in lower case.
    """

    headers: Sequence[tuple[str, str]]
    metas: Mapping[str, str]

    def header(self, name: str) -> list[str]:
        """The values of all headers of a name (lower case), in order."""
        return [value for key, value in self.headers if key == name]


@dataclass(frozen=True)
class Protocol:
    """One way in which rightholders reserve their rights.

    Args:
        name: as in `schemas.opt_out_names`.
        title: what it is, for people.
        source: the standard or draft that was read, with its date.
        file: kind of the file that it reads, or None.
        opened: the body of such a file and the names of agents -> what to ask.
        page: what a page's own head says; None when it says nothing.
    """

    name: str
    title: str
    source: str
    file: str | None = None
    opened: Callable[[str, tuple[str, ...]], Ask] | None = None
    page: Callable[[PageHead], Answer | None] | None = None
