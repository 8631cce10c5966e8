"""Student, admission and matriculation numbers after a word for them.

Four to sixteen digits, with letters, hyphens and slashes between; national ones with a check
digit are `NATIONAL_ID`.

Source: the labels of cards and forms in the languages of `cues/student.tsv`, 2026-11; every school
numbers in its own way.
"""

from governance.pii.labelled import labelled

RECOGNISER = labelled(
    "student",
    name="Student number",
    placeholder="STUDENT_NUMBER",
    description="Student and admission numbers after a cue word.",
)
