"""What a release is handed out with says what its records say, and no more."""

import csv
import io
import json
import pkgutil
import re
from types import SimpleNamespace

import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import yaml

from governance import exports
from governance.exports import EXPORTS, card, meta, public_report, render, training_summary
from governance.exports.export import Export
from governance.exports.licences import duties, names
from governance.exports.material import Standing, gather
from governance.release_folder import open_release
from governance.validate.gates import small_cells
from tests.governance.exports.conftest import DAY, cards, documents, removed_id, run_folder


def text(made, name):
    return made.files[name].decode()


def test_every_module_that_makes_a_file_is_in_the_registry():
    found = {
        module.EXPORT.id
        for info in pkgutil.iter_modules(exports.__path__)
        if isinstance(
            getattr(
                module := __import__(f"governance.exports.{info.name}", fromlist=["x"]),
                "EXPORT",
                None,
            ),
            Export,
        )
    }
    assert found == {export.id for export in EXPORTS}
    assert len(EXPORTS) == len(found)


def test_the_standards_take_what_was_rendered(rendered):
    assert meta.problems(rendered.files) == []


def test_the_same_records_give_the_same_bytes(ran, rendered, material):
    assert render(gather(ran, DAY, material.standing)).files == rendered.files


@pytest.mark.parametrize("name", [name for name, _ in meta.CHECKS])
def test_a_file_that_is_missing_or_is_none_of_its_standard_is_told(rendered, name):
    others = {path: content for path, content in rendered.files.items() if path != name}
    assert meta.problems(others) == [f"{name}: is missing"]
    assert any(one.startswith(f"{name}: ") for one in meta.problems({**others, name: b"[1]\n"}))


def test_croissant_without_a_data_type_is_told(rendered):
    broken = json.loads(text(rendered, "croissant.json"))
    del broken["recordSet"][0]["field"][0]["dataType"]
    found = meta.problems({**rendered.files, "croissant.json": json.dumps(broken).encode()})
    assert found
    assert all(one.startswith("croissant.json") for one in found)


def test_a_contract_that_its_schema_does_not_know_is_told_by_place(rendered):
    broken = yaml.safe_load(text(rendered, "contract.odcs.yaml"))
    broken["schema"][0]["properties"][0]["logicalType"] = "words"
    made = {**rendered.files, "contract.odcs.yaml": yaml.safe_dump(broken).encode()}
    assert any("schema/0/properties/0" in one for one in meta.problems(made))


def test_an_event_that_the_schema_of_openlineage_refuses_is_told(rendered):
    name = "lineage/openlineage.ndjson"
    events = [json.loads(line) for line in rendered.files[name].split(b"\n") if line]
    events[0]["eventTime"] = 20261125
    changed = b"\n".join(json.dumps(event).encode() for event in events)
    told = meta.problems({**rendered.files, name: changed})
    assert f"{name}: line 1: the whole does not keep to oneOf" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [('"START"', '"BEGIN"'), ('"eventType": "START"', '"eventType": "COMPLETE"'),
     ("SchemaDatasetFacet.json", "NoFacet.json"), ("T00:00:00Z", " at noon"),
     ('"runId": "', '"runId": "x')],
)  # fmt: skip
def test_events_that_openlineage_does_not_know_are_told(rendered, old, new):
    changed = rendered.files["lineage/openlineage.ndjson"].decode().replace(old, new)
    made = {**rendered.files, "lineage/openlineage.ndjson": changed.encode()}
    assert any(one.startswith("lineage/") for one in meta.problems(made))


def test_a_header_without_configs_is_told(rendered):
    changed = text(rendered, "README.md").replace("\nconfigs:", "\nconfigurations:")
    assert meta.problems({**rendered.files, "README.md": changed.encode()}) == [
        "README.md: its header says no configs"
    ]


def test_the_card_names_every_language_source_licence_and_gate(rendered, material):
    page = text(rendered, "README.md")
    header = yaml.safe_load(page.split("---\n")[1])
    tags = set(material.contents.sizes["tag"])
    assert {config["config_name"] for config in header["configs"]} == tags | {"default"}
    assert len({tag[-4:] for tag in tags}) >= 15
    assert header["license"] == "other"
    for heading in ("Motivation", "Composition", "Collection", "Preprocessing", "Uses",
                    "Distribution", "Maintenance", "Waivers"):  # fmt: skip
        assert re.search(rf"^##+ {heading}$", page, re.MULTILINE)
    for word in ("radio", "CC-BY-SA-4.0", "G-LIC-1", "language-models", "not measured",
                 "ames of persons", "udhr@example.org"):  # fmt: skip
        assert word in page
    assert "deed of gift \\| signed" in text(rendered, "LICENSES/CC0-1.0.md")


def test_no_file_says_that_the_text_is_anonymous(rendered):
    for name, content in rendered.files.items():
        assert b"anonymi" not in content.lower(), name


def test_nothing_of_a_removed_document_is_handed_out(issued):
    words = [removed_id(), "withheld.example.org", "withheld-1", "Siri ya mtu"]
    words += [json.loads((issued.here / "run.json").read_text())["inputs"][0]["digest"]]
    for path in issued.copy.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            read = (
                str(pq.read_table(path).to_pylist()).encode() if path.suffix == ".parquet" else b""
            )
            assert not any(word.encode() in content + read for word in words), path.name


def test_the_largest_tenth_of_domains_is_listed_and_small_ones_are_not_named(rendered, material):
    rows = list(csv.DictReader(io.StringIO(text(rendered, "top_domains.csv"))))
    assert [row["domain"] for row in rows] == ["example.org"]
    assert rows[0]["rank"] == "1"
    assert rows[0]["sme_list"] == "yes"
    assert int(rows[0]["bytes"]) == material.contents.domains["bytes"].max()
    assert float(rows[0]["share"]) == pytest.approx(
        int(rows[0]["bytes"]) / material.contents.domains["bytes"].sum(), abs=1e-6
    )
    assert all(b"jane-doe" not in content for content in rendered.files.values())


def test_a_source_of_which_nothing_was_released_is_not_named(tmp_path, ran):
    more = [*cards(), {**cards()[0], "id": "withheld-source", "title": "A withheld source"}]
    made = render(gather(run_folder(tmp_path / "r", like=ran, sources=more), DAY, Standing()))
    assert all(b"withheld source" not in content.lower() for content in made.files.values())
    assert all(b"withheld-source" not in content for content in made.files.values())


def test_a_card_without_a_type_leaves_gaps_that_block(tmp_path, ran):
    bare = [{key: value for key, value in one.items() if key != "source_type"} for one in cards()]
    made = render(gather(run_folder(tmp_path / "r", like=ran, sources=bare), DAY, Standing()))
    summary = json.loads(text(made, "eu_training_content_summary.json"))
    assert "2.3 Data crawled and scraped from online sources" in training_summary.unanswered(
        summary
    )
    assert any("no record answers 2.1" in one for one in meta.problems(made.files))
    assert any(gap.field.startswith("2.1") and "source_type" in gap.missing for gap in made.gaps)
    assert "**Gap:**" in text(made, "eu_training_content_summary.md")


def test_the_summary_answers_from_the_records(rendered):
    fields = {
        (one["section"], one["field"]): one["answer"]
        for one in json.loads(text(rendered, "eu_training_content_summary.json"))["fields"]
    }
    assert fields["head", "Last update"] == "25/11/26"
    assert fields["1.3", "Latest date of data acquisition"] == "10/2026"
    assert "less than 1 billion tokens" in fields["1.3", "Modality and size"]
    assert "community radio" in fields["2.2.1", "Data licensed by rightsholders"]
    assert fields["2.5", "Synthetic data"] == "None."
    assert fields["2.3", "Crawlers, their purpose and behaviour"] == "No crawler was used."
    assert {section for section, _ in fields} == {
        "head", "1.1", "1.2", "1.3", "2.1", "2.2.1", "2.2.2", "2.3", "2.4", "2.5", "2.6", "3.1",
        "3.2", "3.3",
    }  # fmt: skip


def test_quantiles_of_few_documents_are_hidden(rendered):
    metrics = pl.read_parquet(io.BytesIO(rendered.files["quality/metrics.parquet"]))
    assert metrics.filter("is_hidden")["documents"].null_count() == metrics["is_hidden"].sum() > 0
    shown = metrics.filter(~pl.col("is_hidden"))
    assert shown["documents"].min() >= 10
    assert shown["p50"].to_list() == [0.5] * len(shown)


def test_the_public_report_hides_small_numbers_and_shows_no_passage(rendered):
    told = json.loads(text(rendered, "report/review.public.json"))["metrics"]
    assert set(told["funnel.rules.documents"]["values"].values()) <= {"<10", "withheld"}
    assert set(told["funnel.rules.measure_min"]["values"].values()) == {"withheld"}
    page = text(rendered, "report/steward_report.public.html")
    assert not re.search(r"https?://", page)
    assert "<script" not in page
    assert "data-decide" not in page
    assert 'class="text"' not in page
    pages = {name.partition(".")[0] for name in told}
    assert {"sources", "quality", "drift", "signoff", "representation"}.isdisjoint(pages)
    assert {"desk", "glance", "funnel", "privacy"} <= pages


def test_the_ledger_has_evidence_and_duties(rendered):
    ledger = pl.read_parquet(io.BytesIO(rendered.files["licence_ledger.parquet"]))
    row = ledger.filter(pl.col("source") == "letters").to_dicts()[0]
    assert row["duties"] == ["attribution", "share-alike"]
    assert row["verified_by"] == "rights officer"
    assert ledger["documents"].sum() == 39


def test_measured_recall_is_told_with_its_interval(tmp_path, ran):
    measured = {
        "recall_by_type": {
            "EMAIL_ADDRESS": {
                "share": 0.987,
                "low": 0.951,
                "high": 0.996,
                "part": 296,
                "whole": 300,
            }
        }
    }
    made = render(
        gather(run_folder(tmp_path / "r", like=ran, privacy_evidence=measured), DAY, Standing())
    )
    assert "0.987 | 0.951 to 0.996 | 300" in text(made, "privacy_statement.md")
    assert "EMAIL_ADDRESS 0.987" in text(made, "README.md")


@pytest.mark.parametrize(
    ("expression", "allowed", "expected"),
    [
        ("CC-BY-SA-3.0 OR GPL-2.0-or-later", (), ["attribution", "share-alike"]),
        ("CC-BY-4.0 OR CC0-1.0", ("CC-BY-4.0",), ["attribution"]),
        ("LGPL-2.1-or-later", (), ["licence notice", "share-alike"]),
        ("CC-BY-NC-ND-4.0", (), ["attribution", "no derivatives", "non-commercial"]),
        (None, (), ["as its own text says"]),
        ("see the file (copyright", (), ["as its own text says"]),
    ],
)
def test_duties_follow_from_the_licence(expression, allowed, expected):
    assert duties(expression, allowed) == expected


def test_an_expression_is_taken_apart():
    assert names("GPL-2.0-or-later WITH Classpath-exception-2.0") == [
        "GPL-2.0-or-later", "Classpath-exception-2.0",
    ]  # fmt: skip


def test_polars_and_pyarrow_open_the_release_as_it_lies(issued):
    for place in (issued.here, issued.copy):
        assert pl.scan_parquet(place / "documents/**/*.parquet").collect().height == 39
        assert ds.dataset(place / "documents", partitioning="hive").count_rows() == 39


def test_the_required_header_is_what_the_card_makes(material):
    assert set(card.REQUIRED) <= set(card.header(material))


def test_a_source_of_a_few_documents_shows_no_small_count(ran, tmp_path):
    folder = run_folder(tmp_path / "r", like=ran, rows=documents()[:5])
    _, twin = public_report.edition(gather(folder, DAY, Standing()))
    assert set(json.loads(twin)["metrics"]["privacy.by_source.read"]["values"].values()) == {"<10"}
    (folder / "report/review.public.json").write_bytes(twin)
    found = small_cells.find(SimpleNamespace(release=open_release(folder)))
    assert (found.judged, found.figure) == (True, 0)
