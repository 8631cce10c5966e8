"""P5: what we cannot tell waits in quarantine with its reason; nothing is silently kept."""

import polars as pl
import pytest

from governance import pii
from pipelines.steps.scrub import scrub
from schemas.decision import UNDECIDED
from tests import runs


@pytest.mark.xdist_group("small-run")
def test_an_unknown_licence_waits(small_release):
    waiting = runs.documents(small_release, "quarantine")
    rules = waiting["decision"].struct.field("rule")
    assert (rules == "licence-unknown").sum() > 0
    assert waiting.filter(rules == "licence-unknown")["text"].null_count() > 0


def test_a_source_without_a_card_is_not_read(tmp_path):
    run = runs.make_run(tmp_path, ("notes",))
    (tmp_path / "sources" / "notes.yaml").unlink()
    done = runs.endonym("curate", run)
    assert done.returncode == 1
    assert "no card matches" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_in_no_known_format_waits(tmp_path):
    run = runs.make_run(tmp_path, ("pages",))
    card = tmp_path / "sources" / "pages.yaml"
    text = card.read_text(encoding="utf-8").replace("*.html", "*").replace("format: html\n", "")
    card.write_text(text, encoding="utf-8")
    (tmp_path / "text" / "pages" / "scan.tiff").write_bytes(b"II*\0")
    waiting = runs.documents(runs.curate(run), "quarantine")
    unknown = waiting.filter(pl.col("decision").struct.field("rule") == "unknown-format")
    assert unknown["source"].struct.field("uri").str.ends_with("scan.tiff").to_list() == [True]


def test_a_document_on_which_a_recogniser_fails_waits_without_its_text(monkeypatch):
    def failing(text, _language, _country, _recognisers):
        found = pl.DataFrame({"text": text, "failed": [True] * len(text)})
        return found.with_columns(pl.lit(None, dtype=pl.List(pl.Null)).alias("privacy"))

    monkeypatch.setattr(pii, "scrub", failing)
    batch = pl.DataFrame({"text": ["call +1 202 555 0100"], "doc_id": ["d"]}).with_columns(
        UNDECIDED,
        language=pl.struct(tag=pl.lit("eng_Latn"), second=pl.lit(None, pl.String)),
        source=pl.struct(
            uri=pl.lit("a"), native_id=pl.lit("b"), url=pl.lit("c"), title=pl.lit("d"),
            date=pl.lit("e"), jurisdiction=pl.lit("US"),
        ),
        rights=pl.struct(declared=pl.lit("f"), concluded=pl.lit("g")),
    )  # fmt: skip
    scrubbed = scrub(batch)
    assert scrubbed["text"].to_list() == [None]
    assert scrubbed["decision"].struct.field("rule").to_list() == ["recogniser-failed"]
    assert scrubbed["decision"].struct.field("outcome").to_list() == ["quarantined"]
