"""What Great Expectations imports and never uses is imported when something asks for it."""

import subprocess
import sys

import pytest

from governance.validate.later import imported_when_asked

_JUDGE = """
import sys
import polars as pl
from governance.validate.expectations import Judge
judge = Judge("release", {})
judge._failing(pl.DataFrame({"path": ["a"]}))
print("great_expectations" in sys.modules, "altair" in sys.modules, "scipy.stats" in sys.modules)
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as kl
print(round(float(kl.stats.norm.cdf(0.0)), 3), kl.alt.Chart.__name__, "scipy.stats" in sys.modules)
"""


def test_a_validation_imports_no_statistics_and_no_charts_and_they_are_there_when_asked_for():
    done = subprocess.run(
        [sys.executable, "-c", _JUDGE], capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first.split() == ["True", "False", "False"]
    assert second.split() == ["0.5", "Chart", "True"]


def test_what_is_imported_already_stays_and_what_is_not_is_forgotten_again():
    before = sys.modules["json"]
    sys.modules.pop("antigravity", None)
    with imported_when_asked("json", "antigravity"):
        assert sys.modules["json"] is before
        held = sys.modules["antigravity"]
    assert "antigravity" not in sys.modules
    with pytest.raises(AttributeError):
        held.__something__  # noqa: B018  # asked by the import system, and no reason to import


def test_a_module_that_is_asked_within_comes_at_once():
    sys.modules.pop("colorsys", None)
    with imported_when_asked("colorsys"):
        import colorsys

        assert colorsys.rgb_to_hls(0, 0, 0) == (0.0, 0.0, 0.0)
    assert sys.modules["colorsys"].__name__ == "colorsys"
