"""Student, admission and matriculation numbers after a word for them.

Four to sixteen digits, with letters, hyphens and slashes between, right after the word. Nothing
checks them, so without the word they stay; national ones with a check digit are
`NATIONAL_ID`.

Source: the labels of cards and forms in the languages of `cues/student.tsv`, 2026-11; every school
numbers in its own way.
"""

from collections.abc import Iterator

from governance.pii.kinds import CUED
from governance.pii.labelled import labelled_numbers
from governance.pii.recogniser import Recogniser, Window


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of numbers right after a cue word."""
    return labelled_numbers(window, "student")


RECOGNISER = Recogniser(
    name="Student number",
    type="STUDENT_NUMBER",
    anchors=CUED,
    strictness=2,
    find=find,
    description="Student and admission numbers after a cue word.",
    source="the forms' own labels",
)
