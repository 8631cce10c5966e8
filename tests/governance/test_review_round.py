"""The human reading round: drawn by lot, dealt to readers, taken back, held against the policy."""

import json
from datetime import date

import polars as pl
import pytest

from governance.proof.gold import read_gold
from governance.release_folder import open_release
from governance.review.agreement import kappa
from governance.review.draw import draw, lots
from governance.review.evaluation import language_lines, personal_lines, write_lines
from governance.review.judged import below_floor, shortcomings
from governance.review.pages import write_pages
from governance.review.results import keep as keep_results
from governance.review.results import read_labels, results
from governance.review.rounds import Protocol, keep, plan_round, tasks
from governance.review.shown import shown
from schemas.errors import InputError
from schemas.reading import ReadingRules
from schemas.reading_protocol import QUESTIONS
from tests import releases
from tests.documents import row, texts

PROTOCOL = Protocol(5, 20, 2, 7)
LONG = "ጤና ይስጥልኝ። " * 300
HOSTILE = "<script>alert(1)</script> \u202e <img src=x onerror=alert(2)> write to ann@example.org"


def _plain(texts_, tags, countries):  # noqa: ARG001
    masked = texts_.str.replace_all(r"\S+@example\.org", "[EMAIL_ADDRESS]")
    return pl.DataFrame({"text": masked})


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """260 Swahili documents of three sources, and a few in other scripts."""
    rows = [
        row(number, "swh_Latn", f"Habari ya asubuhi {number}. 😀 piga 0700 {number}",
            language={"score": (number * 37 % 100) / 100})
        for number in range(260)
    ]  # fmt: skip
    rows += [row(1000 + number, tag, text) for number, (tag, text) in enumerate(texts().items())]
    rows += [row(2000, "amh_Ethi", LONG), row(2001, "amh_Ethi", HOSTILE)]
    return releases.make_release(tmp_path_factory.mktemp("read") / "demo", rows)


@pytest.fixture(scope="module")
def drawn(release):
    opened = open_release(release)
    record = plan_round(opened, PROTOCOL, ["swh_Latn", "amh_Ethi"])
    keep(release, record)
    return opened, record


def _labels(record, task, answer=None, **more):
    well = dict(QUESTIONS)
    return {
        "schema": "endonym.reading-labels/1", "round": record["round"],
        "release": record["release"], "version": record["version"],
        "manifest_root": record["manifest_root"], "language": task.tag, "reader": task.reader,
        "at": "2026-11-25",
        "labels": [{"doc_id": one, **well, **(answer(one) if answer else {})}
                   for one in task.doc_ids],
        **more,
    }  # fmt: skip


def _files(tmp_path, record, answer=None, **more):
    paths = []
    for language in record["languages"]:
        for task in tasks(language):
            said = _labels(
                record,
                task,
                (lambda one, who=task.reader: answer(one, who)) if answer else None,
                **more,
            )
            path = tmp_path / f"{task.tag}.{task.reader}.json"
            path.write_text(json.dumps(said))
            paths.append(path)
    return paths


def test_the_same_seed_draws_the_same_and_another_seed_another_sample(release):
    opened = open_release(release)
    first = draw(opened, ["swh_Latn"], 100, 7)[0]["doc_id"].to_list()
    assert draw(opened, ["swh_Latn"], 100, 7)[0]["doc_id"].to_list() == first
    other = draw(opened, ["swh_Latn"], 100, 8)[0]["doc_id"].to_list()
    assert 20 < len(set(first) & set(other)) < 70


def test_every_stratum_gives_its_share_and_no_more_than_it_has(release):
    chosen, strata = draw(open_release(release), None, 100, 7)
    swahili = [one for one in strata if one["tag"] == "swh_Latn"]
    population = sum(one["population"] for one in swahili)
    assert population >= 260
    assert sum(one["drawn"] for one in swahili) == 100
    for one in swahili:
        assert abs(one["drawn"] - 100 * one["population"] / population) < 1
    assert {one["band"] for one in swahili} == {0, 1, 2, 3, 4}
    small = [one for one in strata if one["tag"] == "khm_Khmr"]
    assert sum(one["drawn"] for one in small) == sum(one["population"] for one in small)
    assert chosen["doc_id"].is_unique().all()


def test_the_lot_is_even():
    ids = pl.Series([f"{number:032x}" for number in range(4000)])
    numbers = lots(ids, 1)
    assert len(set(numbers.tolist())) == 4000
    assert abs((numbers < 2**63).mean() - 0.5) < 0.03


def test_a_round_is_dealt_in_batches_with_a_tenth_read_by_two(drawn):
    _, record = drawn
    swahili = record["languages"][1]
    assert [len(one["documents"]) for one in swahili["batches"]] == [20] * 5
    for batch in swahili["batches"]:
        assert len(batch["double"]) == 2
        assert batch["reader"] != batch["second_reader"]
    every = [one for batch in swahili["batches"] for one in batch["documents"]]
    assert len(every) == len(set(every)) == swahili["drawn"] == 100
    assert sum(len(task.doc_ids) for task in tasks(swahili)) == 110


def test_the_seed_and_the_very_files_stand_in_the_record(drawn):
    opened, record = drawn
    assert record["protocol"]["seed"] == 7
    assert record["manifest_root"] == opened.manifest_root
    assert record == plan_round(opened, PROTOCOL, ["swh_Latn", "amh_Ethi"])
    with pytest.raises(InputError, match="no released document in tlh_Latn"):
        plan_round(opened, PROTOCOL, ["tlh_Latn"])


def test_pages_are_masked_again_inert_and_the_same_twice(drawn, tmp_path):
    opened, record = drawn
    pages = write_pages(opened, record, tmp_path / "a", _plain)
    assert [page.name for page in pages] == [
        "amh_Ethi.reader-1.html", "amh_Ethi.reader-2.html",
        "swh_Latn.reader-1.html", "swh_Latn.reader-2.html",
    ]  # fmt: skip
    again = write_pages(opened, record, tmp_path / "b", _plain)
    assert [one.read_bytes() for one in pages] == [one.read_bytes() for one in again]
    text = "".join(page.read_text() for page in pages[:2])
    assert "ann@example.org" not in text
    assert "[EMAIL_ADDRESS]" in text
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert "https:" not in text
    assert "src=" not in text.replace("img src=x onerror", "")


def test_a_long_text_is_shown_by_three_parts_with_its_direction(drawn):
    opened, record = drawn
    ids = [one for batch in record["languages"][0]["batches"] for one in batch["documents"]]
    seen = shown(opened, "amh_Ethi", ids, _plain)
    (long,) = [one for one in seen.values() if one.chars == len(LONG)]
    assert [len(part) for part in long.parts] == [500, 500, 500]
    assert {one.direction for one in seen.values()} == {"ltr"}


def test_shares_have_intervals_and_readers_their_agreement(drawn, tmp_path):
    opened, record = drawn
    every = [one for batch in record["languages"][1]["batches"] for one in batch["documents"]]
    wrong = set(every[:10])
    read = read_labels(opened, _files(tmp_path, record, lambda one, _: {
        "language_correct": one not in wrong}))  # fmt: skip
    found = results(read, "2026-11-25", _plain)
    swahili = found["languages"][1]
    rate = swahili["labels"]["language_correct"]
    assert (rate["part"], rate["whole"]) == (90, 100)
    assert (round(rate["low"], 3), round(rate["high"], 3)) == (0.826, 0.945)
    assert swahili["complete"]
    assert found["overall"]["agreement"]["unnatural"] == {
        "documents": found["overall"]["agreement"]["unnatural"]["documents"], "kappa": None,
        "agreed": found["overall"]["agreement"]["unnatural"]["documents"]}  # fmt: skip
    assert swahili["agreement"]["language_correct"]["kappa"] in {1.0, None}


def test_readers_who_answer_by_chance_do_not_agree(drawn, tmp_path):
    opened, record = drawn
    read = read_labels(opened, _files(tmp_path, record, lambda one, who: {
        "artifacts": (int(one[0], 16) + (who == "reader-1")) % 2 == 0}))  # fmt: skip
    found = results(read, "2026-11-25", _plain)
    assert found["overall"]["agreement"]["artifacts"]["kappa"] < 0
    rules = ReadingRules()
    told = list(shortcomings(found, rules, opened.manifest_root, date(2026, 11, 26)))
    assert len(told) == 1
    assert "two readers agree too little on artifacts: kappa" in told[0]


def test_kappa_is_that_of_cohen():
    assert kappa([(True, True)] * 45 + [(True, False)] * 15 + [(False, True)] * 25
                 + [(False, False)] * 15) == pytest.approx(0.130435, abs=1e-6)  # fmt: skip
    assert kappa([]) is None


def test_the_policy_is_held_against_bounds_ages_files_and_languages(drawn, tmp_path):
    opened, record = drawn
    every = [one for batch in record["languages"][1]["batches"] for one in batch["documents"]]
    paths = _files(tmp_path, record, lambda one, _: {"language_correct": one not in every[:10]})
    found = results(read_labels(opened, paths), "2026-11-25", _plain)
    rules = ReadingRules(language_correct=0.85, clean=0.9, languages=["khm_Khmr"], max_age_days=30)
    assert [one.split(":")[0] for one in below_floor(found, rules)] == ["amh_Ethi", "swh_Latn"]
    told = list(shortcomings(found, rules, "0" * 64, date(2026, 12, 31)))
    assert "other files were read than lie here: read this release" in told
    assert "it was read on 2026-11-25, more than 30 days ago" in told
    assert "khm_Khmr was not read" in told
    assert any(one.startswith("amh_Ethi: clean is 1.000 of") for one in told)


def test_a_round_that_is_not_read_to_its_end_says_so(drawn, tmp_path):
    opened, record = drawn
    found = results(read_labels(opened, _files(tmp_path, record)[:3]), "2026-11-25", _plain)
    assert [one["complete"] for one in found["languages"]] == [True, False]
    told = list(shortcomings(found, ReadingRules(), opened.manifest_root, None))
    read = found["languages"][1]["read"]
    assert told == [f"swh_Latn is not read to its end: {read} of 100 documents"]


def test_labels_of_another_release_are_refused(drawn, tmp_path):
    opened, record = drawn
    paths = _files(tmp_path, record, manifest_root="0" * 64)
    with pytest.raises(InputError, match="labels count for the very files that were read"):
        read_labels(opened, paths)
    paths = _files(tmp_path, record, round="0" * 16)
    with pytest.raises(InputError, match="was not drawn from this release"):
        read_labels(opened, paths)


def test_labels_of_documents_that_were_not_given_are_refused_and_so_are_two_files(drawn, tmp_path):
    opened, record = drawn
    first, second = list(tasks(record["languages"][1]))
    own = tmp_path / "a.json"
    own.write_text(json.dumps(_labels(record, second) | {"reader": first.reader}))
    with pytest.raises(InputError, match="labels are of documents not given to reader-1"):
        read_labels(opened, [own])
    own.write_text(json.dumps(_labels(record, first)))
    with pytest.raises(InputError, match="is given twice; keep the newest file"):
        read_labels(opened, [own, own])


def test_mistakes_in_labels_are_told_without_what_was_written(drawn, tmp_path):
    opened, record = drawn
    task = next(tasks(record["languages"][1]))
    bad = _labels(record, task)
    bad["labels"][0] |= {"note": "x" * 501, "observations": ["ann@example.org"]}
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(bad))
    with pytest.raises(InputError) as caught:
        read_labels(opened, [path])
    assert "labels.0.note: String should have at most 500 characters" in str(caught.value)


def test_notes_with_personal_data_are_left_out_and_counted(drawn, tmp_path):
    opened, record = drawn
    chosen = record["languages"][1]["batches"][0]["documents"][5:7]
    notes = dict(zip(chosen, ("an index page", "the same as ann@example.org sent"), strict=True))
    paths = _files(tmp_path, record, lambda one, _: {"note": notes.get(one, "")})
    found = results(read_labels(opened, paths), "2026-11-25", _plain)
    assert [one["note"] for one in found["notes"]] == ["an index page"]
    assert found["notes_withheld"] == 1


def test_what_readers_said_becomes_evaluation_data_that_the_commands_read(drawn, tmp_path):
    from lang_models.labelled import find, read

    opened, record = drawn
    every = [one for batch in record["languages"][1]["batches"] for one in batch["documents"]]
    seen = shown(opened, "swh_Latn", every, _plain)
    start = seen[every[2]].parts[0].index("0700")
    said = {
        every[0]: {"language_correct": False, "language": "zdj_Latn"},
        every[1]: {"language_correct": False},
        every[2]: {"marks": [{"part": 0, "start": start, "end": start + 4,
                              "type": "PHONE_NUMBER"}]},
    }  # fmt: skip
    labels = read_labels(opened, _files(tmp_path, record, lambda one, _: said.get(one, {})))
    path = tmp_path / "lid.jsonl"
    drawn_documents = sum(one["drawn"] for one in record["languages"])
    assert write_lines(path, language_lines(opened, labels, _plain)) == drawn_documents
    rows = read(find([path])).rows
    assert len(rows) == drawn_documents - 1
    assert rows.filter(pl.col("tag") == "zdj_Latn").height == 1
    marked = tmp_path / "pii.jsonl"
    write_lines(marked, personal_lines(opened, labels, _plain))
    assert marked.stat().st_mode & 0o077 == 0
    gold = read_gold(marked, {})
    ((text, span),) = [(line.text, line.spans[0]) for line in gold.lines if line.spans]
    assert text[span[0] : span[1]] == "0700"
    found = results(labels, "2026-11-25", _plain)
    assert found["missed"] == {"documents": drawn_documents, "values": {"PHONE_NUMBER": 1}}


def test_a_mark_outside_the_text_that_was_read_is_refused(drawn, tmp_path):
    opened, record = drawn
    far = [{"part": 0, "start": 5000, "end": 5004, "type": "PHONE_NUMBER"}]
    labels = read_labels(opened, _files(tmp_path, record, lambda _one, _: {"marks": far}))
    with pytest.raises(InputError, match="a mark lies outside its text"):
        list(personal_lines(opened, labels, _plain))


def test_the_gate_judges_what_was_taken_back(drawn, release, tmp_path):
    from governance.validate.evidence import Evidence
    from governance.validate.gates import reading as gate

    opened, record = drawn
    evidence = object.__new__(Evidence)
    object.__setattr__(evidence, "release", opened)
    object.__setattr__(evidence, "as_of", date(2026, 11, 26))
    assert not gate.find(evidence).judged
    found = results(read_labels(opened, _files(tmp_path, record)), "2026-11-25", _plain)
    path = keep_results(release, found)
    finding = gate.find(evidence)
    assert finding.judged
    assert finding.figure == 0
    assert "documents in 2 languages" in finding.note
    path.unlink()


@pytest.mark.parametrize("name", ["agreement", "draw"])
def test_the_examples_in_the_sources_hold(name):
    import doctest
    import importlib

    assert doctest.testmod(importlib.import_module(f"governance.review.{name}")).failed == 0
