"""Numbers of health insurance and of patients after a word for them.

Four to sixteen digits, with letters, hyphens and slashes between, right after the word. Nothing
checks them, so without the word they stay; national ones with a check digit are
`NATIONAL_ID`.

Source: the labels of cards and forms in the languages of `cues/insurance.tsv`, 2026-11; no common
standard exists.
"""

from collections.abc import Iterator

from governance.pii.kinds import CUED
from governance.pii.labelled import labelled_numbers
from governance.pii.recogniser import Recogniser, Window


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of numbers right after a cue word."""
    return labelled_numbers(window, "insurance")


RECOGNISER = Recogniser(
    name="Health insurance or patient number",
    type="HEALTH_NUMBER",
    anchors=CUED,
    strictness=2,
    find=find,
    description="Insurance and patient numbers after a cue word.",
    source="the forms' own labels",
)
