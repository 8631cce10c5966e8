"""What is written in place of personal data: one module per treatment, and the registry."""

from governance.pii.treatments import drop, generalise, placeholder, pseudonym, surrogate
from governance.pii.treatments.treatment import Treatment, Value

__all__ = ["TREATMENTS", "Treatment", "Value", "by_name"]

TREATMENTS: tuple[Treatment, ...] = (
    placeholder.TREATMENT,
    surrogate.TREATMENT,
    pseudonym.TREATMENT,
    generalise.TREATMENT,
    drop.TREATMENT,
)


def by_name(name: str) -> Treatment:
    """The treatment that a policy means; policies are checked before, so there is one."""
    return next(treatment for treatment in TREATMENTS if treatment.name == name)
