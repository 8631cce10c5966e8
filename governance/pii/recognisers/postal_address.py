"""Postal addresses after their label: "Address: 12 Moi Avenue, Nairobi".

From the label's colon to the end of the line, or of the sentence, where a digit stands in it:
a house, a box or a postal code. Addresses in running text have no such label and stay, unless
names are looked for by a model.

Source: Universal Postal Union, S42 (elements of an address); the labels in `cues/address.tsv`.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import CUED
from governance.pii.recogniser import Recogniser, Window

# The colon ends the label; what follows is one line of at most this many code points.
_LABELLED = re.compile(r"[:：] ?(?=([^\n;|<>{}=]{6,120}))")
_END = re.compile(
    r"[.。।።](?= [^\W\d_]{4,}|\s*\Z)|[;|\t]| {2}| (?:Tel|Phone|E-?mail|Fax)\b"
    r"|[ ,(](?=[^ ]{0,80}(?:@|://|::)|www\.|\[[A-Z_]{3,}\]|@|0x)"  # the next value begins
)
_CODE = re.compile(r"0x|::|//|\\|[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[@_$&*\[\]]|[a-z]\(|[A-Z]+[0-9]+:")
_HOUSE = re.compile(r"(?<![0-9.])[0-9]{1,6}(?![0-9]|[.,][0-9])")
_WORD = re.compile(r"[^\W\d_]{2}")
_LABEL_GAP_CHARS = 2


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of what stands after the label of an address and holds a number and a word."""
    text = window.text
    for match in _LABELLED.finditer(text):
        window.spend(1)
        if not window.has_cue("address", match.start(), _LABEL_GAP_CHARS):
            continue
        line = match[1]
        end = _END.search(line)
        written = (line[: end.start()] if end else line).rstrip(" .,")
        if _HOUSE.search(written) and _WORD.search(written) and not _CODE.search(written):
            yield match.end(), match.end() + len(written)


RECOGNISER = Recogniser(
    name="Postal address",
    type="ADDRESS",
    anchors=CUED,
    strictness=1,
    find=find,
    description="The line after the label of an address, where a number stands in it.",
    source="UPU S42",
)
