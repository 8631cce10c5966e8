"""The type in brackets: the default. Nothing of the value stays, and nothing links documents.

Source: the form of spaCy's and Presidio's placeholders, which corpora of text use widely.
"""

from governance.pii.treatments.treatment import Treatment, Value

PLACEHOLDER = "placeholder"


def placeholder(kind: str) -> str:
    """The text that stands for a value of a type.

    It holds no digit and no at sign, so no recogniser ever finds anything in it.

    >>> placeholder("PHONE_NUMBER")
    '[PHONE_NUMBER]'
    """
    return f"[{kind}]"


def _replace(value: Value) -> str:
    return placeholder(value.type)


TREATMENT = Treatment(PLACEHOLDER, (), is_unique=False, replace=_replace, source="Presidio 2.2")
