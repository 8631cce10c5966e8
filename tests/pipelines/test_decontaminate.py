"""Decontamination: no document of a release holds passages of the evaluation sets of a run."""

import gzip
import json

import polars as pl
import pytest

from lang_models.passages import wholes
from lang_models.tokens import tokenise
from pipelines.batch import Batch
from pipelines.evaluation import counts, passages_path, prepare
from pipelines.load import load_run
from pipelines.steps.decontaminate import decontaminate, gather
from schemas.errors import InputError
from tests.articles import HINTS, articles
from tests.exams import LETTER, asked, make, write_jsonl
from tests.frames import frame


def batch_of(*texts, **same):
    rows = [{"doc_id": f"{at:032x}", "text": text} for at, text in enumerate(texts)]
    made = frame(*rows, **same)
    return Batch("0" * 16, made, 0, tokenise(made["text"]))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    run = load_run(make(tmp_path_factory.mktemp("exam"), [asked()]))
    prepare(run)
    return run


def outcomes(batch):
    return batch.frame["decision"].struct.field("outcome").to_list()


@pytest.mark.parametrize("hint", HINTS)
def test_a_document_with_a_passage_is_removed_with_its_measure_and_limit(loaded, hint):
    item, other, third = articles()[hint][:3]
    done = decontaminate(batch_of(f"{other}\n{item}", f"{other}\n{third}"), loaded).frame
    told = done["decision"][0]
    assert (told["outcome"], told["stage"]) == ("removed", "decontaminate")
    assert told["rule"] == "contaminated-exam"
    assert told["measure"] >= 1 > told["limit"] == 0
    assert done["decision"][1] is None


def test_masked_items_meet_masked_documents(loaded):
    shown = "Tuma barua kwa [EMAIL_ADDRESS] kabla ya saa nane mchana leo"
    assert outcomes(decontaminate(batch_of(shown), loaded)) == ["removed"]


def test_nothing_kept_of_a_set_tells_what_was_masked_in_it(loaded):
    table = pl.read_parquet(passages_path(loaded.evaluation[0], loaded))
    raw = tokenise(pl.Series([LETTER]))

    assert int(wholes(raw)[0][0]) not in set(table["hash"].to_list())


@pytest.mark.parametrize(
    ("answer", "expected"), [("quarantine", "quarantined"), ("keep", None), ("remove", "removed")]
)
def test_the_policy_says_what_becomes_of_it_and_it_is_noted_in_any_case(tmp_path, answer, expected):
    run = load_run(make(tmp_path, [asked()], {"contaminated": answer}))
    prepare(run)
    batch = decontaminate(batch_of(articles()["sw"][0], "Habari"), run)
    assert outcomes(batch) == [expected, None]
    (record,) = gather([batch.name], run)
    assert record["documents"] == {
        "removed": int(answer == "remove"),
        "quarantined": int(answer == "quarantine"),
        "noted": int(answer == "keep"),
    }


def test_a_set_may_allow_some_passages(tmp_path):
    run = load_run(make(tmp_path, [asked(most=10_000)]))
    prepare(run)
    assert outcomes(decontaminate(batch_of(articles()["sw"][0]), run)) == [None]


def test_what_is_decided_already_is_not_looked_at(loaded):
    batch = batch_of(articles()["sw"][0], decision__outcome="removed", decision__stage="screen",
                     decision__rule="short")  # fmt: skip
    assert decontaminate(batch, loaded).frame["decision"][0]["rule"] == "short"


def test_a_document_that_meets_two_sets_goes_for_the_one_it_holds_more_of(tmp_path):
    run = make(tmp_path, [asked(), asked(id="other", paths=["other.txt"], format=None)])
    (tmp_path / "other.txt").write_text("\n".join(articles()["sw"][:2]), encoding="utf-8")
    run = load_run(run)
    prepare(run)
    done = decontaminate(batch_of("\n".join(articles()["sw"][:2])), run).frame
    assert done["decision"][0]["rule"] == "contaminated-other"
    assert [row["documents"]["removed"] for row in gather(["0" * 16], run)] == [1, 1]


def test_documents_come_out_the_same_however_they_are_batched(loaded):
    texts = [line for hint in HINTS for line in articles()[hint][:2]]
    together = decontaminate(batch_of(*texts), loaded).frame["decision"].to_list()
    alone = [decontaminate(batch_of(text), loaded).frame["decision"][0] for text in texts]
    assert together == alone


def test_without_sets_nothing_is_done(tmp_path):
    run = load_run(make(tmp_path, []))
    batch = batch_of("Habari")
    assert decontaminate(batch, run) is batch
    assert gather(["0" * 16], run) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"paths": ["nowhere/*.jsonl"]}, "no file matches nowhere/*.jsonl"),
        ({"paths": ["policy.yaml"]}, "no format is known"),
        ({"format": "docx"}, "there is no format 'docx'"),
    ],
)
def test_a_set_that_cannot_be_found_is_told_before_anything_is_read(tmp_path, changes, told):
    with pytest.raises(InputError, match="decontaminate exam: ") as caught:
        load_run(make(tmp_path, [asked(**changes)]))
    assert told in str(caught.value)


def test_two_sets_of_one_name_are_refused(tmp_path):
    with pytest.raises(InputError, match="the id 'exam' is there twice"):
        load_run(make(tmp_path, [asked(), asked()]))


def test_a_set_without_text_where_the_run_file_says_is_refused(tmp_path):
    run = load_run(make(tmp_path, [asked(fields=["prompt"])]))
    with pytest.raises(InputError, match="decontaminate exam: there is no text"):
        prepare(run)


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl.gz", "txt"])
def test_sets_are_read_in_the_formats_of_the_job(tmp_path, suffix):
    text = articles()["ta"][0]
    table = pl.DataFrame({"question": [text]})
    run = make(tmp_path, [asked(paths=[f"set.{suffix}"], fields=["question"])])
    path = tmp_path / f"set.{suffix}"
    if suffix == "csv":
        table.write_csv(path)
    elif suffix == "parquet":
        table.write_parquet(path)
    elif suffix == "txt":
        path.write_text(text, encoding="utf-8")
    else:
        path.write_bytes(gzip.compress((json.dumps({"question": text}) + "\n").encode()))
    loaded = load_run(run)
    prepare(loaded)
    assert counts(passages_path(loaded.evaluation[0], loaded))["items"] == 1
    assert outcomes(decontaminate(batch_of(text), loaded)) == ["removed"]


def test_another_set_or_another_text_in_it_makes_the_batches_anew(tmp_path):
    digests = set()
    run = make(tmp_path, [])
    digests.add(load_run(run).staging_digest)
    run = make(tmp_path, [asked()])
    digests.add(load_run(run).staging_digest)
    write_jsonl(tmp_path / "exam" / "one.jsonl", [{"question": "Swali jingine kabisa"}])
    digests.add(load_run(run).staging_digest)
    assert len(digests) == 3
