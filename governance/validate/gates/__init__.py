"""The gates that a release must pass, in the order in which they are told."""

from governance.validate.check import Check
from governance.validate.gates import (
    books,
    drift,
    duplicates,
    identity,
    integrity,
    language,
    licences,
    limits,
    personal_data,
    provenance,
    quality,
    reasons,
    residency,
    schema,
)

GATES: tuple[Check, ...] = (
    integrity.CHECK,
    schema.CHECK,
    books.CHECK,
    identity.CHECK,
    provenance.CHECK,
    licences.CHECK,
    residency.CHECK,
    personal_data.CHECK,
    language.CHECK,
    limits.CHECK,
    reasons.CHECK,
    duplicates.CHECK,
    quality.CHECK,
    drift.CHECK,
)
