"""Numbers of health insurance and of patients after a word for them.

Four to sixteen digits, with letters, hyphens and slashes between; national ones with a check
digit are `NATIONAL_ID`.

Source: the labels of cards and forms in the languages of `cues/insurance.tsv`, 2026-11; no common
standard exists.
"""

from governance.pii.labelled import labelled

RECOGNISER = labelled(
    "insurance",
    name="Health insurance or patient number",
    placeholder="HEALTH_NUMBER",
    description="Insurance and patient numbers after a cue word.",
)
