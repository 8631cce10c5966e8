"""Two releases side by side: what was set otherwise, and what that did."""

import json
import shutil

import pytest

from governance.comparison import compare
from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")


@pytest.fixture(scope="module")
def later(small_run, tmp_path_factory):
    """A release of the same with another threshold, and without the source of letters."""
    run, _ = small_run
    folder = tmp_path_factory.mktemp("later") / "corpus"
    shutil.copytree(run.parent, folder, ignore=shutil.ignore_patterns("out", ".endonym"))
    (folder / "sources/letters.yaml").unlink()
    return runs.written(folder / "run.yaml", version="1.1.0", **{"dedup.threshold": 0.95})


@pytest.fixture(scope="module")
def compared(small_release, later):
    return compare(small_release, later)


def test_what_is_set_otherwise_is_named_and_nothing_else(compared):
    assert [path for path, _, _ in compared.settings] == [
        "settings.dedup.threshold", "settings.version", "sources.letters",
    ]  # fmt: skip
    assert compared.settings[0][1:] == (0.75, 0.95)


def test_every_document_of_both_is_counted_once(compared, small_release, later):
    both = set(runs.documents(small_release)["doc_id"]) | set(runs.documents(later)["doc_id"])
    assert compared.outcomes["documents"].sum() == len(both)
    gone = compared.outcomes.filter(now="not read")["documents"].sum()
    letters = runs.documents(small_release)["source"].struct.field("id") == "letters"
    assert gone == letters.sum()


def test_languages_and_sources_balance(compared, small_release, later):
    for table in (compared.languages, compared.sources):
        assert (table["before"] - table["left"] + table["entered"] == table["now"]).all()
        assert table["before"].sum() == len(runs.documents(small_release, "documents"))
        assert table["now"].sum() == len(runs.documents(later, "documents"))


def test_rules_are_counted_on_both_sides(compared, later):
    rules = dict(zip(compared.rules["rule"], compared.rules["now"], strict=True))
    found = runs.documents(later, "removed", "quarantine")["decision"].struct
    assert rules["duplicates/near-duplicate"] == (found.field("rule") == "near-duplicate").sum()
    assert sum(rules.values()) == len(runs.documents(later, "removed", "quarantine"))


def test_a_release_beside_itself_differs_in_nothing(small_release):
    same = compare(small_release, small_release)
    assert same.settings == ()
    assert dict(same.changed) == {"text": 0, "language": 0}
    assert (same.outcomes["before"] == same.outcomes["now"]).all()


def test_the_command_tells_it_and_gives_it_to_machines(small_release, later):
    told = runs.endonym("diff", small_release, later)
    assert "settings.dedup.threshold" in told.stdout
    given = json.loads(runs.endonym("diff", small_release, later, "--json").stdout)
    assert given["same_key"]
    assert given["releases"] == ["demo 1.0.0", "demo 1.1.0"]
