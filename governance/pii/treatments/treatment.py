"""What a treatment is, and what it is told of a value."""

from collections.abc import Callable
from dataclasses import dataclass

from governance.keys import Keyring


@dataclass(frozen=True, slots=True)
class Value:
    """A value found in a document.

    type: what it is. text: as it stands there. identity: one form for all its ways of writing.
    country: of the document, or null. doc_id: of the document. release: name and version.
    attempt: 0, and one more each time that what was drawn is taken in the document already.
    """

    type: str
    text: str
    identity: str
    country: str | None
    doc_id: str
    release: str
    keyring: Keyring
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment.

    name: as policies say it. types: those that it can be given to; none named means all.
    is_unique: two different values of a document must not become the same.
    replace: what stands in the place of a value; None where a placeholder has to.
    """

    name: str
    types: tuple[str, ...]
    is_unique: bool
    replace: Callable[[Value], str | None]
    source: str
