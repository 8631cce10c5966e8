"""P8: a threshold names the paper, the measurement or the decision that it comes from."""

import polars as pl
import pytest

from lang_models.profile import Limits, available, load
from schemas.errors import InputError
from schemas.yaml_files import read_record
from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")


@pytest.mark.parametrize("tag", sorted(available()))
def test_every_limit_of_a_profile_names_its_source_with_a_year(tag):
    profile = load(tag)
    for name, limit in profile.limits.items():
        assert any(str(year) in limit.source for year in range(2010, 2027)), name


@pytest.mark.parametrize("source", ["", "TODO", "tbd", "?", "n/a", "xxx", "common sense"])
def test_a_placeholder_is_refused(tmp_path, source):
    path = tmp_path / "limits.yaml"
    path.write_text(f"limits:\n  length_words_min:\n    min: 5\n    source: '{source}'\n")
    with pytest.raises(InputError, match="length_words_min.source"):
        read_record(path, Limits)


def test_a_run_states_every_limit_that_it_used_with_its_source(small_release):
    limits = runs.record(small_release)["limits"]
    used = runs.documents(small_release).select(pl.col("decision").struct.unnest())
    rules = set(used.filter(pl.col("stage").is_in(["screen", "identify"]))["rule"])
    assert rules
    assert rules <= {limit["rule"] for limit in limits}
    assert all(limit["source"] for limit in limits)
