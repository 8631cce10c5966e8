"""Documents are found by what they are, and shown so that nothing in them acts."""

import json

import pytest

from governance.looking import Wanted, look
from governance.release_folder import open_release
from tests import runs

pytestmark = pytest.mark.xdist_group("small-run")


def _ids(release, **wanted):
    return [row["doc_id"] for row in look(open_release(release), Wanted(**wanted))]


def test_every_document_is_seen_once_when_nothing_is_asked(small_release):
    seen = _ids(small_release)
    assert sorted(seen) == sorted(runs.documents(small_release)["doc_id"])


@pytest.mark.parametrize(
    ("wanted", "column", "field", "value"),
    [
        ({"outcome": "quarantined"}, "decision", "outcome", {"quarantined"}),
        ({"source": "letters"}, "source", "id", {"letters"}),
        ({"rule": "near-duplicate"}, "decision", "rule", {"near-duplicate"}),
        ({"rule": "duplicates/exact-duplicate"}, "decision", "rule", {"exact-duplicate"}),
        ({"language": "swh"}, "language", "tag", {"swh_Latn"}),
    ],
)
def test_only_what_is_wanted_is_seen_and_all_of_it(small_release, wanted, column, field, value):
    rows = list(look(open_release(small_release), Wanted(**wanted)))
    assert {row[column][field] for row in rows} == value
    documents = runs.documents(small_release)
    assert len(rows) == documents[column].struct.field(field).is_in(list(value)).sum()


def test_scores_bound_what_is_seen(small_release):
    rows = list(look(open_release(small_release), Wanted(lowest=0.5, highest=0.9)))
    assert rows
    assert all(0.5 <= row["language"]["score"] <= 0.9 for row in rows)


def test_passing_over_some_leaves_the_others_in_order(small_release):
    release = open_release(small_release)
    everything = _ids(small_release, source="letters")
    later = [row["doc_id"] for row in look(release, Wanted(source="letters"), skip=7)]
    assert later == everything[7:]


def test_the_command_shows_masks_and_reasons_and_pages_machine_lines(small_release):
    shown = runs.endonym("inspect", small_release, "--rule", "near-duplicate", "--number", "3")
    assert shown.stdout.count("removed by duplicates/near-duplicate") == 3
    lines = runs.endonym("inspect", small_release, "--source", "letters", "--json", "--number", "5")
    rows = [json.loads(line) for line in lines.stdout.split("\n") if line]
    assert [row["source"]["id"] for row in rows] == ["letters"] * 5


def test_signs_that_would_act_on_a_terminal_are_shown_and_do_nothing(capsys):
    from pipelines.cli.looking import _show

    text = "\x1b[2J\x1b]0;title\x07 \u202eabc [link=https://example.org]x[/link] [EMAIL_ADDRESS]"
    row = {
        "doc_id": "0" * 32, "text": text, "privacy": [], "language": None, "duplicates": None,
        "source": {"id": "x"}, "rights": {"concluded": None},
        "decision": {"outcome": "released", "measure": None},
    }  # fmt: skip
    _show(iter([row]), 0, whole=True)
    shown = capsys.readouterr().out
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}
    assert "[link=https://example.org]x[/link] [EMAIL_ADDRESS]" in shown


def test_an_outcome_that_does_not_exist_is_one_sentence(small_release):
    done = runs.endonym("inspect", small_release, "--outcome", "kept")
    assert (done.returncode, "released, removed, quarantined" in done.stderr) == (1, True)
