"""Passport numbers after a word for them.

Six digits and more, with up to five letters: the countries' own forms differ and nothing checks
them. What a machine reads from a passport has check digits (`travel_document`).

Source: ICAO Doc 9303 part 3, 2021 (up to nine letters and digits); the words of
`cues/passport.tsv`, 2026-11.
"""

from governance.pii.labelled import labelled

RECOGNISER = labelled(
    "passport",
    name="Passport number",
    placeholder="PASSPORT",
    description="Passport numbers after a cue word.",
    fewest_digits=6,
)
