"""A run under a policy with every treatment, and with names by a model, from file to record."""

import json
import re

import polars as pl
import pytest
import yaml

from governance.pii.names.digest import folder_digest
from tests import runs
from tests.name_models import train

pytestmark = pytest.mark.xdist_group("treated")
TEXTS = {
    "surrogate": "Yesterday Tavin Orlo wrote to amina.w@example.org, then to bela@example.net .",
    "pseudonym": "Ring +254 712 345 678 tomorrow, or +254 712 345 678 on any other day of it .",
    # In another language than the model's: beside a year it sees other names than beside a date.
    "generalise": "Mwimbaji huyo, amezaliwa 12 Machi 1980, aliandika kutoka 93.184.216.34 jioni.",
    "drop": "The card 4111 1111 1111 1111 was lost, and nobody at all has found it since .",
}
FILLER = (
    " The river rises in the hills above the town and runs past the old mill to the sea."
    " Children learn to swim in it when summer comes, and the boats bring salt and cloth."
)
SWAHILI = (
    " Mto huu unaanza milimani juu ya mji na kupita karibu na kinu cha zamani hadi baharini."
    " Watoto hujifunza kuogelea humo wakati wa kiangazi, na mashua huleta chumvi na nguo."
)
PRIVACY = {
    "types": {"EMAIL_ADDRESS": "surrogate", "PHONE_NUMBER": "pseudonym", "CREDIT_CARD": "drop"},
    "sources": {"notes": {"types": {"DATE_OF_BIRTH": "generalise", "IP_ADDRESS": "generalise"}}},
}


def make(folder, model, **privacy):
    run = runs.make_run(folder, ("notes",))
    [path] = sorted((folder / "text" / "notes").glob("*"))[:1]
    card = yaml.safe_load((folder / "sources" / "notes.yaml").read_text(encoding="utf-8"))
    (folder / "text" / "notes" / path.name).unlink()
    rows = [{"text": text + (SWAHILI if name == "generalise" else FILLER), "id": f"{name}/jo@example.org", "license": "CC0-1.0"}
            for name, text in TEXTS.items()]  # fmt: skip
    (folder / "text" / "notes" / "made.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
    )
    card |= {"paths": ["../text/notes/made.jsonl"], "format": "jsonl",
             "fields": {"text": "text", "id": "id"}}  # fmt: skip
    (folder / "sources" / "notes.yaml").write_text(yaml.safe_dump(card), encoding="utf-8")
    policy = yaml.safe_load((folder / "policy.yaml").read_text(encoding="utf-8"))
    policy["privacy"] = PRIVACY | privacy
    if model:
        named = {"path": "../model", "sha256": folder_digest(model), "languages": ["eng"]}
        policy["privacy"]["names"] = {"models": [named]}
    (folder / "policy.yaml").write_text(yaml.safe_dump(policy), encoding="utf-8")
    return run


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("treated")
    model = train(folder / "model")
    run = make(folder / "run", model)
    done = runs.endonym("curate", run, "--json")
    assert done.returncode in {0, 2}, done.stderr[-2000:]
    return next((folder / "run").rglob("run.json")).parent, done


def by_treatment(folder):
    rows = runs.documents(folder)
    names = rows["source"].struct.field("native_id").str.split("/").list.first()
    return {name: rows.row(at, named=True) for at, name in enumerate(names)}


def test_each_document_is_treated_as_the_policy_says(release):
    rows = by_treatment(release[0])
    text = rows["surrogate"]["text"]
    assert "Tavin" not in text
    assert "[PERSON]" in text
    assert len(set(re.findall(r"\w+@surrogate\.example\.org", text))) == 2
    found = re.findall(r"\[PHONE_NUMBER:[a-p]{32}\]", rows["pseudonym"]["text"])
    assert len(found) == 2
    assert len(set(found)) == 1
    assert "amezaliwa 1980," in rows["generalise"]["text"]
    assert "93.184.x.x" in rows["generalise"]["text"]


def test_a_dropped_document_is_removed_with_its_rule_and_without_its_text(release):
    row = by_treatment(release[0])["drop"]
    assert row["text"] is None
    assert row["decision"]["rule"] == "personal-data"
    assert row["decision"]["outcome"] == "removed"
    assert (row["decision"]["measure"], row["decision"]["limit"]) == (1.0, 0.0)
    assert {"type": "CREDIT_CARD", "count": 1, "treatment": "drop"} in row["privacy"]


def test_ids_are_treated_like_the_text_and_no_value_is_left_anywhere(release):
    folder, done = release
    for row in by_treatment(folder).values():
        assert row["source"]["native_id"].endswith("@surrogate.example.org")
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    text = str(runs.documents(folder).to_dicts()) + done.stdout + done.stderr
    for value in (
        "amina.w@",
        "bela@",
        "712 345 678",
        "12 Machi 1980",
        "4111 1111",
        "Tavin",
        "216.34",
    ):
        assert value.encode() not in written
        assert value not in text


def test_the_record_has_treatments_ids_of_keys_and_what_was_done_about_names(release):
    told = runs.record(release[0])["privacy"]
    assert told["treatments"]["notes"]["DATE_OF_BIRTH"] == "generalise"
    assert set(told["keys"]) == {"pseudonym/PHONE_NUMBER", "surrogate"}
    assert all(re.fullmatch("[0-9a-f]{8}", value) for value in told["keys"].values())
    assert runs.KEY not in json.dumps(told)
    assert told["names"]["masked"] is True
    assert "by a model in documents in eng" in told["names"]["statement"]
    page = (release[0] / "report" / "index.html").read_text(encoding="utf-8")
    assert "Names of persons are masked in part only." in page
    assert told["names"]["statement"] in json.loads(release[1].stdout)["names"]


def test_the_second_look_of_the_validation_takes_no_surrogate_for_a_leak(release):
    results = json.loads((release[0] / "validation" / "results.json").read_text())
    gates = {gate["id"]: gate for gate in results["gates"] if gate["id"].startswith("G-PII")}
    assert gates["G-PII-1"]["passed"], gates["G-PII-1"]["reasons"]
    assert gates["G-PII-1"]["figure"] == pytest.approx(0)


def test_the_shards_balance_and_count_every_document_once(release):
    counts = runs.record(release[0])["counts"]
    assert counts["read"] == len(TEXTS)
    assert counts["removed_by_rule"].get("scrub/personal-data") == 1
    assert isinstance(runs.documents(release[0]), pl.DataFrame)


@pytest.mark.parametrize(
    ("privacy", "told"),
    [
        ({"sources": {"archiv": {}}}, "archiv is the id of no source card of this run; cards are"),
        ({"types": {"EMAIL": "drop"}}, "policy.yaml:"),
        ({"names": {"lists": ["none.txt"]}}, "there is no such list of names"),
        ({"names": {"models": [{"path": "none", "sha256": "0" * 64, "languages": ["eng"]}]}},
         "there is no such folder; privacy.names needs the model there"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_one_line_before_anything_is_read(tmp_path, privacy, told):
    run = make(tmp_path, None, **privacy)
    done = runs.endonym("curate", run)
    assert done.returncode == 1
    assert told in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_a_change_of_treatments_lists_or_release_makes_other_batches(tmp_path):
    from pipelines.load import load_run

    run = make(tmp_path, None, names={"lists": ["names.txt"]})
    (tmp_path / "names.txt").write_text("Amani\nBaraka\n", encoding="utf-8")
    digests = [load_run(run).staging_digest, load_run(run).staging_digest]
    digests.append(load_run(run, {"version": "1.0.1"}).staging_digest)  # pseudonyms are a release's
    (tmp_path / "names.txt").write_text("Amani\nBaraka\nJuma\n", encoding="utf-8")
    digests.append(load_run(run).staging_digest)
    policy = yaml.safe_load((tmp_path / "policy.yaml").read_text(encoding="utf-8"))
    policy["privacy"]["default"] = "pseudonym"
    (tmp_path / "policy.yaml").write_text(yaml.safe_dump(policy), encoding="utf-8")
    digests.append(load_run(run).staging_digest)
    assert digests[0] == digests[1]
    assert len(set(digests)) == len(digests) - 1
