"""Hides small counts of personal data, and what would give them away.

A count below ten can point at a person. It is shown as `<10`. Where a column hides a
single number, its sum would still give it away, so a second one is withheld.

Source: usual practice of official statistics; threshold 10 and complementary
suppression as in the governance notes, section 6.3 (2026-11).
"""

SMALLEST_SHOWN = 10
SMALL, WITHHELD = "<10", "withheld"

Cell = int | str


def hide_small(column: list[int]) -> list[Cell]:
    """A column of counts with its sum below, small ones hidden.

    Args:
        column: counts.

    Returns:
        One entry more, the sum. Zeros are shown. If anything is hidden, at least two
        numbers are, the sum counted as one of them.

    >>> hide_small([3, 40, 200])
    ['<10', 'withheld', 200, 243]
    >>> hide_small([3, 0])
    ['<10', 0, '<10']
    >>> hide_small([])
    [0]
    """
    whole = [*column, sum(column)]
    hidden = {place for place, count in enumerate(whole) if 0 < count < SMALLEST_SHOWN}
    if len(hidden) == 1:
        shown = [place for place, count in enumerate(whole) if count and place not in hidden]
        hidden.add(min(shown, key=lambda place: (whole[place], place)))
    return [_cell(count, is_hidden=place in hidden) for place, count in enumerate(whole)]


def hide_count(count: int) -> Cell:
    """One number by itself.

    >>> hide_count(4), hide_count(0), hide_count(10)
    ('<10', 0, 10)
    """
    return _cell(count, is_hidden=0 < count < SMALLEST_SHOWN)


def _cell(count: int, *, is_hidden: bool) -> Cell:
    if not is_hidden:
        return count
    return SMALL if count < SMALLEST_SHOWN else WITHHELD
