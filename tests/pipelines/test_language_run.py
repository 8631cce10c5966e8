"""A whole run that meets a mixed document, two models that disagree, and text in no language."""

import hashlib
import json

import polars as pl
import pytest
import yaml

from pipelines.load import load_run
from schemas.errors import InputError
from tests import runs
from tests.fasttext_files import write_model
from tests.golden import rows

UDHR = {row["expected"]: row["text"] for row in rows("identify/udhr.jsonl")}
MIXED = next(row for row in rows("identify/mixed.jsonl") if row["label"].startswith("ell"))
#: Long enough for the quality rules, short enough that no rule of repetition applies.
TEXTS = {
    "greek": "\n".join([UDHR["ell_Grek"], UDHR["ell_Grek"][::2]]),
    "mixed": MIXED["text"],
    "disputed": UDHR["eus_Latn"],
    "list": "\n".join(sorted(set(UDHR["ind_Latn"].replace(",", "").split()))),
    "short": "Habari",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("language")
    run = runs.make_run(folder, ("notes",))
    _write_source(folder)
    (folder / "sources/notes.yaml").unlink()
    settings = yaml.safe_load(run.read_text(encoding="utf-8"))
    sha256 = _write_model(folder / "second.bin")
    settings["second_model"] = {"path": "second.bin", "sha256": sha256, "licence": "CC0-1.0"}
    run.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return run, runs.curate(run)


def _write_source(folder):
    card = yaml.safe_load((folder / "sources/notes.yaml").read_text(encoding="utf-8"))
    card |= {"id": "speech", "paths": ["../speech.jsonl"], "fields": {"text": "text", "id": "id"},
             "expected_languages": ["eng_Latn"]}  # fmt: skip
    (folder / "sources/speech.yaml").write_text(yaml.safe_dump(card), encoding="utf-8")
    lines = [json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()]
    (folder / "speech.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_model(path):
    """A second model that takes Basque for Swahili, and knows Greek."""
    words = {"swh_Latn": UDHR["eus_Latn"], "eus_Latn": "hitzik", "ell_Grek": TEXTS["greek"]}
    return write_model(path, {tag: " ".join(sorted(set(it.split()))) for tag, it in words.items()})


def _row(release, name):
    frame = runs.documents(release).filter(pl.col("source").struct.field("native_id") == name)
    return frame.row(0, named=True)


def test_a_mixed_document_is_released_with_its_spans(made):
    row = _row(made[1], "mixed")
    assert row["decision"]["outcome"] == "released"
    language = row["language"]
    assert language["mixed"]
    spans = [[span["tag"], span["first_line"], span["lines"]] for span in language["spans"]]
    assert spans == MIXED["expected"]
    lines = row["text"].split("\n")
    assert all(lines[first].isascii() == (tag == "eng_Latn") for tag, first, _ in spans)


def test_a_document_over_which_the_models_disagree_waits_in_quarantine(made):
    row = _row(made[1], "disputed")
    decision = row["decision"]
    assert (decision["outcome"], decision["stage"]) == ("quarantined", "identify")
    assert decision["rule"] == "models-disagree"
    assert row["language"]["tag"] == "eus_Latn"
    assert row["language"]["second_model"]["tag"] == "swh_Latn"
    assert row["language"]["second_model"]["agrees"] is False
    assert _row(made[1], "greek")["language"]["second_model"]["agrees"] is True


@pytest.mark.parametrize(
    ("name", "reason", "measure", "limit"),
    [("list", "list", 1.0, 1.5), ("short", "too-short", 6.0, 12.0)],
)
def test_text_in_no_language_waits_in_quarantine_with_its_reason(
    made, name, reason, measure, limit
):
    row = _row(made[1], name)
    decision = row["decision"]
    assert (row["language"]["tag"], row["language"]["undetermined"]) == ("und_Latn", reason)
    assert (decision["outcome"], decision["rule"]) == ("quarantined", f"undetermined-{reason}")
    assert (decision["measure"], decision["limit"]) == (pytest.approx(measure), limit)


def test_the_record_names_both_models_and_every_limit_about_language(made):
    run, release = made
    record = runs.record(release)
    second = run.parent / "second.bin"
    digest = hashlib.sha256(second.read_bytes()).hexdigest()
    assert [model["sha256"] for model in record["models"]][1] == digest
    assert record["models"][1]["name"] == f"second.bin@{digest[:8]}"
    assert {"card", "card_sha256"} <= set(record["models"][0])
    stated = {row["rule"]: row for row in record["limits"] if row["profile"] == "default"}
    for rule in ("undetermined-list", "models-disagree", "mixed-language", "language-score"):
        assert stated[rule]["source"]
    assert record["policy"]["language_precision"] is None


def test_the_release_passes_and_its_report_tells_all_three(made):
    _, release = made
    results = json.loads((release / "validation/results.json").read_text(encoding="utf-8"))
    assert results["may_be_released"]
    twin = json.loads((release / "report/review.json").read_text(encoding="utf-8"))
    told = {name: one.get("values") for name, one in twin["metrics"].items()}
    assert told["language.undetermined.documents"] == {"list": 1, "too-short": 1}
    assert told["language.languages.mixed"][MIXED["expected"][0][0]] == 1
    assert told["language.second_model.documents"] == {"eus_Latn|swh_Latn": 1}
    assert {key[-8:] for key in told["language.unexpected.documents"]} == {"ell_Grek"}


def test_explain_tells_why(made):
    _, release = made
    done = runs.endonym("explain", release, "--native-id", "disputed")
    assert done.returncode == 0, done.stderr
    assert "models-disagree" in done.stdout
    assert "disagrees" in done.stdout


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ({"path": "x.bin", "sha256": "0" * 64, "licence": "CC0-1.0"}, "is no fastText model"),
        ({"path": "x.bin", "sha256": "0" * 64}, "under which licence"),
        ({"path": "x.bin"}, "no such model; the package has"),
    ],
)
def test_a_second_model_that_cannot_be_used_is_refused_before_anything_is_read(
    tmp_path, model, reason
):
    run = runs.make_run(tmp_path, ("notes",), second_model=model)
    (tmp_path / "x.bin").write_bytes(b"no model")
    with pytest.raises(InputError, match=reason) as refusal:
        load_run(run).check_models()
    assert "\n" not in str(refusal.value)


def test_a_model_of_the_package_is_chosen_by_its_name(tmp_path):
    run = load_run(runs.make_run(tmp_path, ("notes",), model={"path": "lid.176.ftz"}))
    run.check_models()
    assert run.models[0]["name"].startswith("lid.176.ftz@")
    assert run.models[0]["licence"] == "CC-BY-SA-3.0"
    assert run.identifier.name == run.models[0]["name"]


def test_a_policy_that_asks_for_more_than_the_models_card_has_is_refused(tmp_path):
    sha256 = _write_model(tmp_path / "own.bin")
    card = {"thresholds": {"*": {"for_precision": {"0.8": 0.5}}}}
    (tmp_path / "own.card.json").write_text(json.dumps(card), encoding="utf-8")
    own = {"path": "own.bin", "sha256": sha256, "licence": "CC0-1.0"}
    settings = runs.make_run(tmp_path, ("notes",), model=own)
    with (tmp_path / "policy.yaml").open("a", encoding="utf-8") as policy:
        policy.write("\nlanguage_precision: 0.9\n")
    run = load_run(settings)
    with pytest.raises(InputError, match=r"no thresholds for a precision of 0\.9"):
        run.check_models()


def test_another_card_beside_the_model_is_another_run(tmp_path):
    sha256 = _write_model(tmp_path / "own.bin")
    own = {"path": "own.bin", "sha256": sha256, "licence": "CC0-1.0"}
    settings = runs.make_run(tmp_path, ("notes",), model=own)
    before = load_run(settings)
    assert before.models[0]["card"] is None
    digest = before.staging_digest
    card = {"calibration": {"*": {"x": [0.5], "y": [0.5]}}}
    (tmp_path / "own.card.json").write_text(json.dumps(card), encoding="utf-8")
    assert load_run(settings).staging_digest != digest
