"""What was taken down does not come back: not its place, its text, a copy, nor a part of it."""

import json
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from governance.books import reconcile
from governance.release_folder import open_release
from governance.takedown import suppression
from governance.validate.gates import taken_down
from pipelines.load import load_corpus
from pipelines.steps.suppress import is_part
from pipelines.takedown import query
from pipelines.takedown.entries import shingled
from pipelines.takedown.rescan import second_look
from tests import runs, takedowns
from tests.takedowns import failed

pytestmark = pytest.mark.xdist_group("takedown")


def test_what_was_taken_down_does_not_come_back_and_that_is_recorded(came_back):
    counts = runs.record(came_back)["counts"]
    assert counts["removed_by_rule"]["admit/suppressed"] == 1
    assert counts["removed_by_rule"]["admit/suppressed-copy"] == 3
    assert counts["quarantined_by_rule"] == {"admit/suppressed-part": 2}
    assert counts["released"] == 1
    assert reconcile(came_back).is_balanced


def test_what_is_left_of_a_suppressed_document_confirms_nothing(came_back):
    rows = runs.documents(came_back, "removed")
    assert rows["text"].null_count() == len(rows) == 4
    for name in ("url", "native_id", "title", "date"):
        assert rows["source"].struct.field(name).null_count() == len(rows)
    assert rows["provenance"].struct.field("text_sha256").null_count() == len(rows)
    measures = rows["quality"].struct.unnest()
    assert all(measures[name].null_count() == len(rows) for name in measures.columns)


def test_a_second_look_with_the_list_is_part_of_the_validation(came_back):
    look = json.loads((came_back / "validation/suppression.json").read_text())
    assert look["documents"] == 1
    assert look["hits"] == 0
    assert "G-OPT-2" not in failed(came_back)


def test_a_page_that_embeds_the_text_waits_in_quarantine_and_confirms_nothing(came_back):
    rows = runs.documents(came_back, "quarantine")
    assert len(rows) == 2
    assert rows["text"].null_count() == rows["source"].struct.field("url").null_count() == 2


@pytest.fixture(scope="module")
def keyring(corpus_run):
    return load_corpus(corpus_run).keyring


def _listed(keyring, kind, text):
    shingles, starts = query.fingerprints(pl.Series([text]))
    rows = shingled(kind, shingles, starts, keyring)
    return suppression.SuppressionList("x", rows, keyring)


def _is_part(listed, text):
    values, starts = query.fingerprints(pl.Series([text]))
    keyed = suppression.keyed_shingles(listed.keyring, values)
    return bool(is_part(keyed, starts, listed.parts(), 0.75)[0])


@pytest.mark.parametrize("at", range(0, 36, 3))
def test_a_quoted_passage_is_found_in_long_pages_of_any_script(keyring, at):
    whole = takedowns.texts(40)
    lines = [line for line in whole[at].split("\n") if line]
    listed = _listed(keyring, "passage", "\n".join(lines[2:8]))
    assert _is_part(listed, "\n".join((whole[39], "\n".join(lines[2:8]), whole[38])))
    assert not _is_part(listed, whole[39])


def test_a_greeting_is_too_short_to_be_looked_for_in_other_pages(keyring):
    greeting = "Welcome to our small page and thank you for reading"
    assert not _is_part(_listed(keyring, "near", greeting), f"{greeting}. Something else follows.")


def test_an_id_that_was_taken_down_in_secret_is_not_used_again(corpus_run, tmp_path, keyring):
    """No public list names what went as unlawful: the list of the programme is asked."""
    run = takedowns.copied(corpus_run, tmp_path / "corpus")
    release = run.parent / "out" / "1.1.0"
    name = runs.documents(release)["doc_id"][0]
    digest = suppression.keyed(keyring, "doc_id", [name.encode()])
    rows = shingled("near", np.zeros(0, np.uint32), np.zeros(1, np.int64), keyring)
    more = pl.DataFrame({"kind": ["doc_id"], "digest": digest},
                        schema={"kind": pl.String, "digest": pl.Binary})  # fmt: skip
    listed = suppression.SuppressionList("x", pl.concat([rows, more], how="diagonal"), keyring)
    assert second_look(release, listed)["ids"] == 1
    found = taken_down.find(SimpleNamespace(release=open_release(release)))
    assert found.figure == 1
    assert "id was taken down before" in found.reasons[0]
