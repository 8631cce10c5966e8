"""Decisions from a file to the next run: checked, counted, put in force, carried out."""

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml
from typer.testing import CliRunner

from governance.integrity.audit import AuditLog
from governance.integrity.signature import new_keys
from governance.release_folder import open_release
from governance.validate.evidence import Evidence
from governance.validate.gates import decisions as gate
from pipelines.cli import app
from pipelines.decisions.effect import _parts
from pipelines.decisions.order import FILES, carry_out, place_order
from pipelines.decisions.simulate import simulate
from pipelines.decisions.standing import problems_of, rows_of
from pipelines.load import load_run
from schemas.errors import InputError
from tests import chromium, decided, desks, runs

pytestmark = pytest.mark.xdist_group("decisions")
DAY = date(2026, 11, 25)
SOURCES = ("notes", "letters", "east-africa", "contributions", "press", "crawl-text")
TAKEN = [
    decided.decision(1, "source", "east-africa", "drop"),
    decided.decision(2, "source", "crawl-text", "quarantine"),
    decided.decision(3, "threshold", "spa_Latn:too-few-words", "move", 90),
    decided.decision(4, "threshold", "default:length_words_min", "move", 40),
    decided.decision(5, "threshold", "arb_Arab:language-score", "move", 1),
    decided.decision(6, "licence", "contributions", "conclude", "LicenseRef-all-rights-reserved"),
    decided.decision(7, "rule", "too-few-words", "accept"),
    decided.decision(8, "gate", "G-DUP", "note", comment="see the minutes"),
    decided.decision(10, "source", "notes", "drop", expires="2026-11-01"),
    decided.decision(11, "source", "press", "approve"),
    decided.decision(12, "threshold", "spa_Latn:lorem-ipsum", "move", 1e6),
]  # fmt: skip


@pytest.fixture(scope="module")
def curated(tmp_path_factory):
    """A run file, its first release, and the same run file to be decided about."""
    run = runs.make_run(tmp_path_factory.mktemp("decided"), SOURCES)
    return run, decided.with_report(runs.curate(run, "--no-report"))


@pytest.fixture
def mine(curated, tmp_path):
    """A copy of its own of the run's folder, for a test that changes it."""
    run, release = curated
    folder = tmp_path / "mine"
    shutil.copytree(run.parent, folder, symlinks=True)
    return folder / "run.yaml", folder / release.relative_to(run.parent)


@pytest.fixture(scope="module")
def carried(curated, tmp_path_factory):
    """Decisions put in force, what they were said to change, and the release that followed."""
    run, release = curated
    folder = tmp_path_factory.mktemp("carried") / "corpus"
    shutil.copytree(run.parent, folder, symlinks=True)
    mine, release = folder / "run.yaml", folder / release.relative_to(run.parent)
    file = decided.write(folder / "decisions.json", release, TAKEN)
    order = place_order(mine, [file])
    foreseen = order.effect()
    carry_out(order, DAY)
    after = runs.curate(mine, "--no-report", "--set", "version=1.1.0")
    return mine, release, after, foreseen


def test_without_new_decisions_every_document_ends_as_it_did(curated):
    run, release = curated
    loaded = load_run(run)
    for part in _parts(open_release(release), None):
        assert simulate(part, loaded).to_list() == part["outcome"].to_list()


def test_the_next_run_ends_as_was_foreseen_source_by_source(carried):
    _, release, after, foreseen = carried
    before, then = (runs.record(one)["counts"]["by_source"] for one in (release, after))
    rows = {one["source"]: one["after"] for one in foreseen.by("source")}
    assert set(rows) == {"east-africa", "crawl-text", "contributions", "letters", "notes"} & set(
        rows
    )
    assert {"east-africa", "crawl-text", "contributions"} <= set(rows)
    assert foreseen.uncompared == 0
    for source, counts in then.items():
        expected = rows.get(source) or before[source]
        moved = abs(counts["released"] - expected["released"])
        assert moved <= foreseen.orphaned, source
        assert counts["quarantined"] == expected["quarantined"], source
    assert sum(abs(then[name]["released"] - rows[name]["released"]) for name in rows) \
        <= foreseen.orphaned  # fmt: skip


def test_a_dropped_source_is_removed_with_its_reason_and_without_text(carried):
    _, _, after, _ = carried
    rows = runs.documents(after).filter(pl.col("source").struct.field("id") == "east-africa")
    ends = rows["decision"].struct
    assert set(ends.field("outcome")) == {"removed"}
    assert set(ends.field("rule")) == {"source-dropped"}
    assert rows["text"].null_count() == len(rows) > 0


def test_the_limit_that_removed_a_document_names_the_decision(carried):
    _, _, after, _ = carried
    stated = [
        one for one in runs.record(after)["limits"] if one["source"].startswith("Decision d-")
    ]
    assert {(one["profile"], one["rule"], one["limit"]) for one in stated} >= {
        ("default", "too-few-words", 40.0), ("spa_Latn", "too-few-words", 90.0),
        ("arb_Arab", "language-score", 1.0),
    }  # fmt: skip
    assert "of the steward on 2026-11-25" in stated[0]["source"]
    assert "A. Steward" not in (after / "run.json").read_text()
    done = runs.endonym("explain", after, "--doc-id", _removed_by(after, "too-few-words"))
    assert "The limit is from: Decision d-" in done.stdout


def _removed_by(release, rule):
    rows = runs.documents(release, "removed").sort("doc_id")
    return rows.filter(pl.col("decision").struct.field("rule") == rule)["doc_id"][0]


def test_the_release_says_which_decisions_were_applied(carried):
    run, _, after, _ = carried
    told = {one["id"]: one for one in runs.record(after)["decisions"]}
    states = {name: one["state"] for name, one in told.items()}
    assert states == dict.fromkeys(states, "applied") | {
        "d-0000000a": "expired", "d-0000000c": "no effect"}  # fmt: skip
    read = runs.record(after)["counts"]["by_source"]["east-africa"]["read"]
    assert told["d-00000001"]["documents"] == read
    assert {row["id"]: row["state"] for row in rows_of(run, DAY)} == states
    assert any("d-0000000a: its last day was 2026-11-01" in one for one in problems_of(run, DAY))


def _judge(release, as_of=DAY):
    evidence = object.__new__(Evidence)
    object.__setattr__(evidence, "release", open_release(release))
    object.__setattr__(evidence, "as_of", as_of)
    return gate.find(evidence)


def test_a_release_whose_report_asked_for_changes_is_not_to_be_released_itself(carried):
    _, release, after, _ = carried
    finding = _judge(release)
    assert finding.figure == 8
    assert any("curate again under another version" in one for one in finding.reasons)
    (over,) = _judge(after).reasons
    assert "d-0000000a (source notes) ended on 2026-11-01" in over
    kept = (release / "validation" / "decisions.json").read_text()
    assert "A. Steward" not in kept
    assert "see the minutes" not in kept


def test_doing_it_again_changes_no_byte_and_enters_nothing_twice(mine):
    run, release = mine
    key = new_keys(run.parent / "steward.pem")
    file = decided.write(run.parent / "d.json", release, TAKEN)
    first = carry_out(place_order(run, [file]), DAY, key.private)
    before = _bytes(run.parent)
    again = carry_out(place_order(run, [file]), date(2026, 12, 1), key.private)
    assert _bytes(run.parent) == before
    assert (len(first["entered_in_log"]), again["entered_in_log"]) == (1, [])
    entries = list(AuditLog(_state(run) / "audit").entries())
    assert [(one.action, one.actor_role, one.facts["decisions"]) for one in entries] == [
        ("decisions.apply", "steward", 11)
    ]
    assert problems_of(run, date(2026, 10, 30)) == []


def _state(run):
    return run.parent / ".endonym" / "corpus" / "demo"


def _bytes(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_is_in_force_must_be_on_record_as_it_was_given(mine):
    run, release = mine
    key = new_keys(run.parent / "steward.pem")
    file = decided.write(run.parent / "d.json", release, TAKEN[:1])
    carry_out(place_order(run, [file]), DAY, key.private)
    (kept,) = [one for one in (_state(run) / FILES).glob("*.json") if "sig" not in one.name]
    kept.write_text(kept.read_text().replace('"drop"', '"approve"'))
    found = problems_of(run, DAY)
    assert any("has changed since it was put in force" in one for one in found)
    assert any("is not the signature of its file" in one for one in found)
    assert any("another verdict than in its file" in one for one in found)
    kept.unlink()
    assert any("is not on record" in one for one in problems_of(run, DAY))


def test_the_file_in_force_is_short_yaml_that_names_no_person(mine):
    run, release = mine
    carry_out(place_order(run, [decided.write(run.parent / "d.json", release, TAKEN)]), DAY)
    text = (run.parent / "decisions" / "in-force.yaml").read_text()
    changes = yaml.safe_load(text)["changes"]
    assert [one["target"] for one in changes] == [
        "source:contributions", "crawl-text", "east-africa", "notes", "press",
        "arb_Arab:language_score_min", "default:length_words_min", "spa_Latn:length_words_min",
        "spa_Latn:lorem_ipsum_count",
    ]  # fmt: skip
    assert (changes[6]["was"], changes[6]["value"]) == (10.0, 40.0)
    assert "A. Steward" not in text


def test_a_later_decision_takes_the_place_of_an_earlier_one(mine):
    run, release = mine
    first = decided.write(run.parent / "1.json", release, TAKEN[2:3])
    carry_out(place_order(run, [first]), DAY)
    other = [decided.decision(99, "threshold", "spa_Latn:length_words_min", "off")]
    second = decided.write(run.parent / "2.json", release, other, name="B. Steward")
    order = place_order(run, [second])
    assert [(old.id, new.id) for old, new in order.replaced()] == [("d-00000003", "d-00000063")]
    carry_out(order, DAY)
    assert load_run(run).decided.limits["spa_Latn"]["length_words_min"].value is None


def test_a_verdict_on_another_report_is_refused_by_its_digest(mine):
    run, release = mine
    file = decided.write(run.parent / "d.json", release, TAKEN, report_digest="ab" * 32)
    with pytest.raises(InputError, match="was made on another report: it names abababababab"):
        place_order(run, [file])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("source", "radio", "drop"), "the release has no source radio; sources are contributions"),
        (
            ("licence", "nowhere.example", "conclude", "MIT"),
            "no source and no host nowhere.example",
        ),
        (("licence", "press", "conclude", "see below"), "see below is no SPDX licence expression"),
        (
            ("threshold", "eng_Latn:mean_word_chars", "move", 3),
            "has two limits; write eng_Latn:mean_word_chars_min or",
        ),
        (
            ("threshold", "eng_Latn:nonsense", "move", 3),
            "nonsense is no limit, rule or measure; limits are",
        ),
        (("threshold", "tlh_Latn:stop_words", "move", 3), "no document in the language tlh_Latn"),
        (("rule", "nonsense", "flag"), "the release has no rule nonsense"),
        (("sample", "0" * 32, "right"), "the release has no document 000"),
        (("gate", "G-NONE", "note"), "the release has no gate G-NONE; gates are"),
    ],
)
def test_what_is_not_there_cannot_be_decided(curated, tmp_path, given, told):
    run, release = curated
    file = decided.write(tmp_path / "d.json", release, [decided.decision(1, *given)])
    with pytest.raises(InputError) as caught:
        place_order(run, [file])
    assert told in str(caught.value)
    assert "d-00000001" in str(caught.value)


def test_two_stewards_who_do_not_agree_are_both_named(curated, tmp_path):
    run, release = curated
    ann = decided.write(tmp_path / "a.json", release, TAKEN[:1], name="Ann Example")
    other = [decided.decision(9, "source", "east-africa", "approve")]
    ben = decided.write(tmp_path / "b.json", release, other, name="Ben Example", role="rights")
    with pytest.raises(InputError) as caught:
        place_order(run, [ann, ben])
    assert "steward Ann Example says drop (d-00000001)" in str(caught.value)
    assert "rights Ben Example says approve (d-00000009)" in str(caught.value)


def test_opinions_on_samples_may_differ(curated, tmp_path):
    run, release = curated
    doc = runs.documents(release, "documents")["doc_id"][0]
    files = [
        decided.write(tmp_path / f"{name}.json", release,
                      [decided.decision(number, "sample", doc, verdict)], name=name)
        for number, name, verdict in ((1, "Ann", "right"), (2, "Ben", "wrong-mask"))
    ]  # fmt: skip
    assert place_order(run, files).changes == ()


def test_a_licence_of_a_host_reaches_its_pages_alone(mine):
    run, release = mine
    hosts = runs.documents(release)["source"].struct.field("url").drop_nulls()
    host = hosts.str.extract(r"//([^/:]+)").drop_nulls()[0].lower()
    choice = [decided.decision(1, "licence", host, "conclude", "LicenseRef-all-rights-reserved")]
    order = place_order(run, [decided.write(run.parent / "d.json", release, choice)])
    moved = order.effect().of("d-00000001")
    assert sum(moved.values()) > 0
    carry_out(order, DAY)
    cards = load_run(run).cards
    ruled = {name: [one.host for one in card.licence.hosts] for name, (card, _) in cards.items()}
    assert ruled["press"] == ([] if "url" not in cards["press"][0].fields else [host])
    (told,) = [one for name in ruled for one in cards[name][0].licence.hosts if one.host == host][
        :1
    ]
    assert told.evidence.startswith("Decision d-00000001 of the steward on 2026-11-25")


def test_a_licence_of_pictures_says_nothing_of_text(mine):
    run, release = mine
    choice = [decided.decision(1, "licence", "letters", "conclude", "MIT", scope="media")]
    order = place_order(run, [decided.write(run.parent / "d.json", release, choice)])
    assert order.effect().of("all") == {}
    carry_out(order, DAY)
    assert (
        load_run(run).cards["letters"] == load_run(run, {"decisions": "none.yaml"}).cards["letters"]
    )


def test_the_command_shows_the_effect_and_writes_only_when_told_to(mine):
    run, release = mine
    file = decided.write(run.parent / "d.json", release, TAKEN)
    shown = CliRunner().invoke(app, ["decisions", "apply", str(run), str(file)])
    assert shown.exit_code == 0, shown.output
    assert "Nothing is changed yet" in shown.output
    assert not (run.parent / "decisions").exists()
    done = CliRunner().invoke(app, ["decisions", "apply", str(run), str(file), "--yes", "--json"])
    effect = json.loads(done.output)["effect"]
    assert effect["by_decision"]["d-00000001"]
    assert (run.parent / "decisions" / "in-force.yaml").exists()
    listed = CliRunner().invoke(app, ["decisions", "list", str(run), "--json"])
    states = [row["state"] for row in json.loads(listed.output)]
    assert (states.count("not run yet"), states.count("expired")) == (8, 1)
    early = ["decisions", "check", str(run), "--as-of", "2026-10-30"]
    assert CliRunner().invoke(app, early).exit_code == 0


def test_a_change_by_hand_that_is_wrong_is_told_with_its_line(mine):
    run, release = mine
    carry_out(place_order(run, [decided.write(run.parent / "d.json", release, TAKEN)]), DAY)
    path = run.parent / "decisions" / "in-force.yaml"
    path.write_text(path.read_text().replace("default:length_words_min", "default:nonsense"))
    with pytest.raises(InputError, match="nonsense is no limit; limits are"):
        load_run(run)
    path.write_text(path.read_text().replace("kind: source", "kind: sauce"))
    with pytest.raises(InputError, match=r"in-force.yaml:\d+: changes.\d.kind"):
        load_run(run)


def test_the_state_of_the_corpus_keeps_who_decided_for_its_owner_alone(mine):
    run, release = mine
    file = decided.write(run.parent / "d.json", release, TAKEN)
    carry_out(place_order(run, [file]), DAY)
    (kept,) = (_state(run) / FILES).glob("*.json")
    assert kept.read_bytes() == Path(file).read_bytes()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.slow
@pytest.mark.browser
def test_a_decision_on_a_page_from_the_disk_changes_the_next_release(mine):
    run, release = mine
    controls = [("source", "east-africa", None), ("threshold", "spa_Latn:length_words_min", "10")]
    digest = decided.content(release, [])["report_digest"]
    page_file = desks.desk_page(run.parent / "page.html", digest, controls, "demo 1.0.0")
    file = run.parent / "exported.json"
    with chromium.browser() as started, chromium.page(started) as page:
        page.goto(page_file.as_uri())
        page.get_by_text("Who decides, and what is decided").click()
        page.get_by_label("Your name").fill("A. Steward")
        for label, verdict, value in (
            ("east-africa", "quarantine", None), ("spa_Latn:length_words_min", "move", "90"),
        ):  # fmt: skip
            page.get_by_role("button", name=f"Decide: {label}").click()
            form = page.locator("fieldset.desk-form")
            form.get_by_label("Verdict").select_option(verdict)
            if value:
                form.get_by_label("New limit").fill(value)
            form.get_by_role("button", name="Decide", exact=True).click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Export decisions.json").click()
        download.value.save_as(file)
    shown = runs.endonym("decisions", "apply", run, file, "--yes", "--json")
    assert shown.returncode == 0, shown.stderr
    foreseen = {
        row["source"]: row["after"] for row in json.loads(shown.stdout)["effect"]["by_source"]
    }
    after = runs.curate(run, "--no-report", "--set", "version=1.1.0")
    counts = runs.record(after)["counts"]["by_source"]["east-africa"]
    assert counts["quarantined"] == foreseen["east-africa"]["quarantined"] == counts["read"]
    rows = runs.documents(after, "documents")
    spanish = rows.filter(pl.col("language").struct.field("tag") == "spa_Latn")
    assert spanish["quality"].struct.field("length_words").min() >= 90
    listed = json.loads(runs.endonym("decisions", "list", run, "--json").stdout)
    assert {row["state"] for row in listed} == {"applied"}


def test_a_gate_that_a_role_returned_is_open_until_that_role_notes_it(mine):
    run, release = mine
    for number, role, verdict, is_open in (
        (1, "rights", "return", 1), (2, "steward", "note", 1), (3, "rights", "note", 0),
    ):  # fmt: skip
        choice = [decided.decision(number, "gate", "G-DUP", verdict)]
        file = decided.write(run.parent / f"{number}.json", release, choice, role=role)
        carry_out(place_order(run, [file]), DAY)
        assert _judge(release).figure == is_open
