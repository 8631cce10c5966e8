import json

import pyarrow.parquet as pq
import pytest

from governance.validate import RESULTS
from governance.validate.gates import limits
from schemas.decision import REMOVED
from schemas.policy import Policy
from tests.documents import MODEL, decision, doc_id, row, texts
from tests.releases import LIMITS, make_release, write_parquet
from tests.validations import failed, few_rows, judge, rewrite


def test_a_changed_file_fails_g_int(release):
    rewrite(release, software={"endonym": "9.9"})
    assert failed(judge(release, signed=False)) == {"G-INT"}


def test_a_file_that_nobody_signed_for_fails_g_int_without_its_name(release):
    (release / "documents" / "wanjiru@example.org.txt").write_text("x")
    validation = judge(release, signed=False)
    assert failed(validation) == {"G-INT", "G-PII-3"}
    assert "wanjiru" not in (release / RESULTS).read_text()


def test_statistics_on_text_fail_g_sch(release):
    write_parquet(
        release / "documents/language_tag=khm_Khmr/part-00000.parquet",
        [few_rows()[4]],
        write_statistics=True,
    )
    assert failed(judge(release)) == {"G-SCH"}


def test_a_page_index_on_text_fails_g_sch(release):
    write_parquet(
        release / "documents/language_tag=khm_Khmr/part-00000.parquet",
        [few_rows()[4]],
        write_statistics=True,
        write_page_index=True,
    )
    assert failed(judge(release)) == {"G-SCH"}


def test_a_footer_with_other_keys_fails_g_sch(release):
    path = release / "documents/language_tag=khm_Khmr/part-00000.parquet"
    table = pq.read_table(path, partitioning=None)
    table = table.replace_schema_metadata({**table.schema.metadata, b"note": b"x"})
    pq.write_table(table, path, write_statistics=False)
    assert failed(judge(release)) == {"G-SCH"}


def test_a_column_too_many_fails_g_sch(release):
    path = release / "documents/language_tag=khm_Khmr/part-00000.parquet"
    table = pq.read_table(path, partitioning=None)
    pq.write_table(table.append_column("more", table["doc_id"]), path, write_statistics=False)
    assert failed(judge(release)) == {"G-SCH"}


def test_a_shard_that_is_no_parquet_fails_g_sch_and_the_books(release):
    (release / "documents/language_tag=khm_Khmr/part-00000.parquet").write_bytes(b"PAR1")
    assert failed(judge(release)) == {"G-SCH", "G-REC"}


def test_a_shard_that_lacks_a_column_fails_g_sch_and_the_books(release):
    path = release / "documents/language_tag=khm_Khmr/part-00000.parquet"
    table = pq.read_table(path, partitioning=None)
    pq.write_table(table.drop_columns(["rights"]), path, write_statistics=False)
    assert failed(judge(release)) == {"G-SCH", "G-REC"}


def test_books_that_do_not_balance_fail_g_rec(release):
    rewrite(release, read={"udhr": 1})
    assert failed(judge(release)) == {"G-REC"}


def test_a_document_in_the_folder_of_another_language_fails_g_rec(tmp_path):
    release = make_release(tmp_path / "1.0", few_rows())
    khmer = release / "documents/language_tag=khm_Khmr"
    khmer.rename(release / "documents/language_tag=lao_Laoo")
    run = json.loads((release / "run.json").read_text(encoding="utf-8"))
    for file in run["files"]:
        file["path"] = file["path"].replace("khm_Khmr", "lao_Laoo")
    rewrite(release, files=run["files"])
    assert failed(judge(release)) == {"G-REC"}


def test_an_id_that_names_two_documents_fails_g_id(tmp_path):
    twice = row(4000, "lao_Laoo", "ສະບາຍດີ", doc_id=few_rows()[0]["doc_id"])
    validation = judge(make_release(tmp_path / "1.0", [*few_rows(), twice]))
    assert failed(validation) == {"G-ID"}


def test_rows_out_of_order_fail_g_id(release):
    rows = sorted(few_rows()[:2], key=lambda made: made["doc_id"], reverse=True)
    write_parquet(release / "documents/language_tag=swh_Latn/part-00000.parquet", rows)
    assert failed(judge(release)) == {"G-ID"}


@pytest.mark.parametrize(
    "change",
    [
        {"language": {"model": "someone-elses.bin"}},
        {"provenance": {"run_id": "another"}},
        {"provenance": {"settings_digest": "0" * 64}},
        {"provenance": {"raw_hmac": "short"}},
        {"provenance": {"raw_hmac": None}},
        {"source": {"id": "no-card"}},
    ],
)
def test_a_document_that_cannot_be_traced_fails_g_prov(tmp_path, change):
    rows = [*few_rows(), row(9, "lao_Laoo", "ສະບາຍດີ", **change)]
    assert failed(judge(make_release(tmp_path / "1.0", rows))) == {"G-PROV"}


@pytest.mark.parametrize("key", ["key_id", "models", "inputs", "software"])
def test_a_run_that_does_not_say_how_it_was_made_fails_g_prov(release, key):
    rewrite(release, **{key: [] if key in {"models", "inputs"} else None})
    assert "G-PROV" in failed(judge(release))


def test_a_model_without_a_digest_fails_g_prov(release):
    rewrite(release, models=[{"name": MODEL, "licence": "CC-BY-SA-3.0"}])
    assert failed(judge(release)) == {"G-PROV"}


@pytest.mark.parametrize("licence", ["CC-BY-NC-4.0", "see the file", None])
def test_a_licence_outside_the_policy_fails_g_lic_1(tmp_path, licence):
    rows = [*few_rows(), row(9, "lao_Laoo", "ສະບາຍດີ", rights={"concluded": licence})]
    assert failed(judge(make_release(tmp_path / "1.0", rows))) == {"G-LIC-1"}


def test_a_run_without_a_policy_fails_g_lic_1(release):
    rewrite(release, policy=None)
    assert failed(judge(release)) == {"G-LIC-1"}


def test_a_source_outside_the_zones_fails_g_res(release):
    rewrite(release, policy=Policy(residency_zones=["KE", "INT"]).model_dump(mode="json"))
    assert failed(judge(release)) == {"G-RES"}


def test_personal_data_left_in_a_text_fails_g_pii_1(tmp_path):
    left = row(9, "swh_Latn", "Niandikie kwa wanjiru@posta.example.co.ke kesho asubuhi.")
    release = make_release(tmp_path / "1.0", [*few_rows(), left])
    validation = judge(release, find=None)
    assert failed(validation) == {"G-PII-1"}
    (gate,) = validation.failed
    assert gate.reasons == ("unmasked values of type EMAIL_ADDRESS: 1",)


@pytest.mark.parametrize("place", ["title", "url", "native_id"])
def test_personal_data_left_beside_a_text_fails_g_pii_1(tmp_path, place):
    left = row(9, "swh_Latn", "Habari", source={place: "wanjiru@posta.example.co.ke"})
    release = make_release(tmp_path / "1.0", [*few_rows(), left])
    assert failed(judge(release, find=None)) == {"G-PII-1", "G-PII-3"}


@pytest.mark.parametrize(
    "change", [{"tag": None}, {"tag": "swahili"}, {"score": 1.5}, {"score": None}, {"share": -1.0},
               {"undetermined": "list"}, {"mixed": None}],
)  # fmt: skip
def test_a_released_document_without_a_sound_language_call_fails_g_lid(release, change):
    whole = row(4, "khm_Khmr", texts()["khm_Khmr"], language=change)
    write_parquet(release / "documents/language_tag=khm_Khmr/part-00000.parquet", [whole])
    assert "G-LID" in failed(judge(release))


def test_mixed_and_disputed_documents_are_noted_by_g_lid(tmp_path):
    second = {"model": "other.ftz@00000000", "tag": "hau_Latn", "score": 0.8, "agrees": False}
    rows = [
        row(1, language={"mixed": True}),
        row(2, language={"mixed": True, "second_model": second}),
        row(3, language={"mixed": False}),
    ]
    validation = judge(make_release(tmp_path / "1.0", rows))
    assert "G-LID" not in failed(validation)
    (gate,) = (gate for gate in validation.gates if gate.id == "G-LID")
    assert gate.note == (
        "Released documents in two languages: 2; over which two models disagree: 1"
    )


def test_a_limit_without_a_source_fails_g_src(release):
    rewrite(release, limits=[{**LIMITS[0], "source": "to be decided"}])
    assert failed(judge(release)) == {"G-SRC"}


def test_a_removal_by_a_limit_that_the_run_does_not_state_fails_g_src(release):
    rewrite(release, limits=[LIMITS[1]])
    assert failed(judge(release)) == {"G-SRC"}


@pytest.mark.parametrize("text", ["TODO", "tbd", "xxx", "?", "", "n/a", "unknown source", None, 3])
def test_a_placeholder_is_no_source(text):
    assert not limits.is_source(text)


@pytest.mark.parametrize(
    "decided",
    [
        decision(REMOVED, "screen", "short", limit=20.0),
        decision(REMOVED, "screen", "short", measure=3.0),
        decision(REMOVED, "screen", None, measure=3.0, limit=20.0),
        decision(REMOVED, "duplicates", "near-duplicate", measure=0.9, limit=0.75,
                 similarity=0.9, kept_doc_id=doc_id(77)),
    ],
)  # fmt: skip
def test_a_removal_that_does_not_explain_itself_fails_g_why(tmp_path, decided):
    rows = [*few_rows(), row(30, decision=decided)]
    assert "G-WHY" in failed(judge(make_release(tmp_path / "1.0", rows)))


def test_a_copy_of_a_document_in_an_earlier_release_may_be_kept_elsewhere(tmp_path):
    elsewhere = decision(REMOVED, "duplicates", "near-duplicate", measure=0.9, limit=0.75,
                         similarity=0.9, kept_doc_id=doc_id(77))  # fmt: skip
    release = make_release(tmp_path / "1.0", [*few_rows(), row(30, decision=elsewhere)])
    dedup = json.loads((release / "run.json").read_text())["dedup"]
    rewrite(release, dedup={**dedup, "against": ["demo/0.9"]})
    assert failed(judge(release)) == set()


def test_a_text_released_twice_fails_g_dup(tmp_path):
    rows = [*few_rows(), row(9, "khm_Khmr", few_rows()[4]["text"])]
    validation = judge(make_release(tmp_path / "1.0", rows))
    assert failed(validation) == {"G-DUP"}


def test_a_copy_that_is_not_alike_enough_fails_g_dup(release):
    dedup = json.loads((release / "run.json").read_text())["dedup"]
    rewrite(release, dedup={**dedup, "threshold": 0.95})
    assert failed(judge(release)) == {"G-DUP"}


def test_a_measure_that_cannot_be_fails_g_qlt(tmp_path):
    from schemas.measures import MEASURES

    share = next(name for name in MEASURES if name.endswith("_share"))
    rows = [*few_rows(), row(9, "lao_Laoo", "ສະບາຍດີ", quality={share: 1.5})]
    assert failed(judge(make_release(tmp_path / "1.0", rows))) == {"G-QLT"}


def test_a_warning_is_told_and_does_not_block(release):
    write_parquet(release / "removed/part-00001.parquet", [])
    run = json.loads((release / "run.json").read_text(encoding="utf-8"))
    empty = {"path": "removed/part-00001.parquet", "rows": 0}
    rewrite(release, files=[*run["files"], {**empty, "min_doc_id": None, "max_doc_id": None}])
    validation = judge(release)
    assert failed(validation) == {"G-QLT"}
    assert validation.failed[0].severity == "warning"
    assert validation.may_be_released
