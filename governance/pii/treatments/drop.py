"""Documents that hold a value of the type are removed, and their text is not written.

What is left of the row (title, address, id) gets a placeholder.

Source: our own; the strictest of all treatments.
"""

from governance.pii.treatments.placeholder import placeholder
from governance.pii.treatments.treatment import Treatment, Value
from schemas.privacy import DROP


def _replace(value: Value) -> str:
    return placeholder(value.type)


TREATMENT = Treatment(DROP, (), is_unique=False, replace=_replace, source="our own")
