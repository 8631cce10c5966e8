"""Days as options of a command."""

from datetime import UTC, date, datetime

from schemas.errors import InputError


def given_day(day: str | None) -> date:
    """The day that an option names; today when it is not given.

    Raises:
        InputError: it is no day.

    >>> given_day("2026-11-25")
    datetime.date(2026, 11, 25)
    """
    if day is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(f"--date {day}: write it as 2026-11-25") from None
