"""What is masked does not depend on the day (promise P2)."""

import datetime as dt
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from types import SimpleNamespace

import polars as pl
import pytest

from governance import pii
from governance.pii import timeless
from governance.pii.national_ids import Entry, entries, entry_by_key
from tests.governance.test_pii_registry import draw

NOW, LATER = dt.date(2026, 11, 23), dt.date(2050, 1, 1)
#: Where python-stdnum 2.2 refuses a number until the day of birth in it has come.
ASKING = ["id/BE/be.ssn", "id/DK/dk.cpr", "id/NO/no.fodselsnummer"]


def _set_clock(monkeypatch, day: dt.date | None) -> None:
    """What python-stdnum's own modules take for today; None makes the question an error."""

    class Date(dt.date):
        @classmethod
        def today(cls):
            assert day is not None, "python-stdnum was asked which day it is"
            return day

    for name, module in list(sys.modules.items()):
        if name.startswith("stdnum.") and hasattr(module, "datetime"):
            monkeypatch.setattr(module, "datetime", SimpleNamespace(date=Date, datetime=None))


def _drawn(entry: Entry, many: int) -> list[str]:
    dice = random.Random(entry.key)
    return [draw(entry.shape.pattern, dice) for _ in range(many)]


@pytest.mark.parametrize("key", ASKING)
def test_a_number_of_somebody_not_born_yet_is_treated_alike_on_two_days(monkeypatch, key):
    entry = entry_by_key()[key]
    original = import_module(f"stdnum.{entry.module}").is_valid
    numbers = _drawn(entry, 20_000)
    theirs, ours = [], []
    for day in (NOW, LATER):
        _set_clock(monkeypatch, day)
        theirs.append({number for number in numbers if original(number)})
        ours.append({number for number in numbers if entry.accepts(number, number)})
    assert theirs[0] != theirs[1], "the clock of this test does not reach python-stdnum"
    assert ours[0] == ours[1]
    assert ours[0] >= theirs[0] | theirs[1], "when in doubt, it is masked"


def test_a_text_is_masked_alike_on_two_days(monkeypatch):
    # Invented: born on 1 February 2040, so refused by python-stdnum for some years to come.
    text = pl.Series(["Mit CPR-nummer er 010240-5003."])
    masked = []
    for day in (NOW, LATER):
        _set_clock(monkeypatch, day)
        masked.append(pii.scrub(text, pl.Series(["dan_Latn"]), pl.Series(["DK"]))["text"][0])
    assert masked == ["Mit CPR-nummer er [NATIONAL_ID]."] * 2


def test_no_check_asks_which_day_it_is(monkeypatch):
    stdnums = [entry for entry in entries() if entry.has_stdnum_check]
    for entry in stdnums:
        import_module(f"stdnum.{entry.module}")
    _set_clock(monkeypatch, None)
    for entry in entries():
        for number in _drawn(entry, 100):
            entry.accepts(number, number)
    for entry in stdnums:
        names = vars(sys.modules[f"stdnum.{entry.module}"])
        copied = vars(timeless._copy(f"stdnum.{entry.module}"))
        assert copied.keys() == names.keys()
        assert not {id(copied[key]) for key in copied} & {
            id(dt), id(dt.date), id(dt.datetime)
        }  # fmt: skip


def test_threads_that_load_the_checks_at_once_get_the_same_answers():
    numbers = {entry: _drawn(entry, 50) for entry in entries()}

    def answers(_) -> list[bool]:
        fresh = [
            Entry(**{name: getattr(entry, name) for name in Entry.__dataclass_fields__})
            for entry in numbers
        ]
        return [one.accepts(n, n) for one in fresh for n in numbers[entry_by_key()[one.key]]]

    timeless._copy.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        first, *others = pool.map(answers, range(8))
    assert all(other == first for other in others)
    assert any(first)


def test_a_module_that_is_not_there_is_named():
    with pytest.raises(ImportError, match=r"stdnum\.xx"):
        timeless.timeless_check("xx.nothing")
