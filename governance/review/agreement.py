"""How far two readers agree beyond chance."""

from collections.abc import Sequence


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two readers' answers to one question.

    Args:
        pairs: the answers of both, a document each.

    Returns:
        1 for full agreement, 0 for what chance would give, below 0 for less. None where
        there is nothing to tell: no documents, or both gave the same answer throughout, so
        that chance alone explains it.

    Source: Cohen 1960, Educational and Psychological Measurement 20(1):37-46.

    >>> kappa([(True, True)] * 20 + [(False, False)] * 15 + [(True, False)] * 5
    ...       + [(False, True)] * 10)
    0.4
    >>> kappa([(True, True)] * 9) is None
    True
    """
    if not pairs:
        return None
    whole = len(pairs)
    agreed = sum(one == other for one, other in pairs) / whole
    first = sum(one for one, _ in pairs) / whole
    second = sum(other for _, other in pairs) / whole
    chance = first * second + (1 - first) * (1 - second)
    if chance == 1.0:
        return None
    return round((agreed - chance) / (1 - chance), 6)
