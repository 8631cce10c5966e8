"""The checks of python-stdnum, held to a calendar that stands still.

Some of them ask which day it is: a Danish or Norwegian number whose birth date still lies
ahead is refused, and a Belgian one is tried in the new century only once its year has come.
What is masked would then depend on the day of the run, and the same input would not give
the same release twice (promise P2). So every check is loaded once more as a copy of our
own, and where the copy looks at the calendar it always finds `LAST_DAY`. Nothing that
other code shares is changed, so threads need no lock.

The day is the last of the century, and not that of the run: a number that will be given
to a child after this version was made is a person's too. When in doubt it is masked.
"""

import datetime as dt
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec, module_from_spec
from types import ModuleType, SimpleNamespace
from typing import Self

#: Numbers with two-digit years mean the hundred years before it.
LAST_DAY = dt.date(2099, 12, 31)


class _Date(dt.date):
    @classmethod
    def today(cls) -> Self:
        return cls(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day)


class _Datetime(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Self:
        return cls(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=tz)

    today = utcnow = now  # the same day, whoever asks


_CALENDAR = SimpleNamespace(**{**vars(dt), "date": _Date, "datetime": _Datetime})


def timeless_check(module: str) -> Callable[[str], bool]:
    """Whether a number is valid by a module of python-stdnum, on whatever day it is asked.

    Args:
        module: its name below `stdnum`, such as `dk.cpr`.

    Raises:
        ImportError: there is no such module.

    The Danish number of a child that will be born on 1 February 2040:

    >>> timeless_check("dk.cpr")("010240-5000")
    True
    """
    check: Callable[[str], bool] = _copy(f"stdnum.{module}").is_valid
    return check


@cache
def _copy(name: str) -> ModuleType:
    """A module of python-stdnum as it would be with our calendar, and so all that it uses."""
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ImportError(f"python-stdnum has no module {name}")
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    for key, value in list(vars(copy).items()):
        if value is dt:
            setattr(copy, key, _CALENDAR)
        elif value is dt.date or value is dt.datetime:
            setattr(copy, key, getattr(_CALENDAR, value.__name__))
        elif isinstance(value, ModuleType) and value.__name__.startswith("stdnum."):
            setattr(copy, key, _copy(value.__name__))
    return copy
