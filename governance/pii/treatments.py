"""What is written in place of personal data, by name. For now one: its type in brackets."""

PLACEHOLDER = "placeholder"


def placeholder(kind: str) -> str:
    """The text that stands for a value of a type.

    It holds no digit and no at sign, so no recogniser ever finds anything in it.

    >>> placeholder("PHONE_NUMBER")
    '[PHONE_NUMBER]'
    """
    return f"[{kind}]"
