"""Measuring, planting and looking again: each tells the truth, and none tells a value."""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from governance.keys import Keyring
from governance.pii import RECOGNISERS
from governance.pii.documents import Documents, Plan, scrub_documents
from governance.proof import last_look, planting
from governance.proof.canaries import KEY, read_canaries
from governance.proof.evaluation import evaluate, to_bytes
from governance.proof.gold import Line, read_gold
from governance.proof.made_up import GENERATORS, NOT_PLANTED
from governance.proof.scan import scan, scan_release
from governance.proof.scores import score
from governance.proof.writing import ZEROS, in_digits, script_of
from governance.release_folder import open_release
from governance.validate import RESULTS
from governance.validate.gates import keyed, linter, recall
from schemas.errors import InputError
from schemas.privacy import PrivacyPolicy
from tests.documents import default_rows
from tests.releases import make_release
from tests.validations import judge

SLICE = Path(__file__).parents[2] / "cases" / "pii_proof" / "slice.jsonl"
ADDRESS = "wanjiru.k41@example.org"


def test_the_pinned_slice_is_found_whole_in_every_script_and_nothing_else():
    whole = evaluate([SLICE], {})["all"]
    assert whole["recall"]["share"] == 1.0
    assert whole["exact_recall"]["share"] == 1.0
    assert whole["precision"]["share"] == 1.0
    assert (whole["leak"]["part"], whole["damage"]["part"]) == (0, 0)
    assert len(whole["by_script"]) >= 12


def test_the_record_of_an_evaluation_is_the_same_twice_and_holds_no_value():
    first, second = (to_bytes(evaluate([SLICE], {})) for _ in range(2))
    assert first == second
    assert b"@example" not in first
    assert "٠١٠٠" not in first.decode()


def test_a_span_counts_when_four_fifths_of_it_are_found_and_a_finding_when_half_of_it_is_right():
    line = Line("0123456789 and more", "eng", None, ((0, 10, "PHONE_NUMBER"),), ((11, 14, "word"),))
    near = score([line], [[(2, 12, "IBAN_CODE")]], ["Latn"], ("PHONE_NUMBER",)).whole
    assert (near.covered, near.exact, near.left_chars, near.damaged) == (1, 0, 2, 1)
    far = score([line], [[(3, 19, "IBAN_CODE")]], ["Latn"], ("PHONE_NUMBER",))
    assert (far.whole.covered, far.by_type["IBAN_CODE"].right) == (0, 0)


def test_spans_of_types_that_nobody_looks_for_are_not_asked_but_findings_in_them_are_right():
    line = Line("Ana 5550100", None, None, ((0, 11, "PERSON_CARD"),), ())
    whole = score([line], [[(4, 11, "PHONE_NUMBER")]], ["Latn"], ("PHONE_NUMBER",)).whole
    assert (whole.marked, whole.found, whole.right) == (0, 1, 1)


def test_bad_lines_of_a_set_are_all_named_and_never_quoted(tmp_path):
    path = tmp_path / "gold.jsonl"
    lines = ['{"text": 3}', '{"text": "a", "spans": [[0, 9, "X"]]}', f'{{"who": "{ADDRESS}"}}']
    path.write_text("\n".join(lines))
    with pytest.raises(InputError, match="line 1, 2, 3") as refused:
        read_gold(path, {})
    assert ADDRESS not in str(refused.value)


def test_valid_numbers_are_found_beside_their_cue_and_invalid_ones_stay(tmp_path):
    path = tmp_path / "values.jsonl"
    common = {"country": "EE", "module": "ee.ik"}
    rows = [{"value": "38001085718", "valid": True}, {"value": "38001085719", "valid": False}]
    path.write_text("\n".join(json.dumps(row | common) for row in rows))
    found = evaluate([path], {})["sets"][0]["values"]["in_context"]
    assert found["recall"]["part"] == 1
    assert found["invalid_masked"]["part"] == 0


def test_every_recogniser_has_a_generator_or_a_reason():
    types = {recogniser.type for recogniser in RECOGNISERS}
    assert types <= set(GENERATORS) | set(NOT_PLANTED)


def test_values_are_planted_in_many_scripts_the_same_by_seed_and_where_the_spans_say():
    rows = [json.loads(line) for line in SLICE.read_text(encoding="utf-8").splitlines()]
    planted, canaries = planting.plant(rows, 60, seed=3)
    assert (planted, canaries) == planting.plant(rows, 60, seed=3)
    assert len({canary.value for canary in canaries}) == len(canaries) == 60
    assert len({canary.script for canary in canaries}) >= 12
    told = {row["text"][start:end] for row in planted for start, end, _ in row["spans"]}
    assert {canary.value for canary in canaries} == told


def test_digits_of_every_script_are_its_own():
    for script in ZEROS:
        assert int(in_digits("407", script)) == 407
    assert script_of(pl.Series(["नमस्ते", "ᱥᱟᱱᱛᱟᱲᱤ", "abc", None])).to_list() == [
        "Deva",
        "Olck",
        "Latn",
        "Zyyy",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.log", f"2026-11-25 12:00 sent to {ADDRESS}"),
        ("a.json", json.dumps({"x": [1, {"y": ADDRESS}]})),
        ("a.json", json.dumps({ADDRESS: 1})),
        ("a.jsonl", '{"a": "\\u0077anjiru.k41@example.org"}\n'),
        ("a.yaml", f"who: {ADDRESS}"),
        ("a.csv", f"1;2;{ADDRESS}"),
        ("a.html", f"<p>ask</p><a href='mailto:{ADDRESS}'>me</a>"),
        ("a.html", f'<script>const who = "{ADDRESS}";</script>'),
    ],
)
def test_a_finding_is_told_by_file_place_and_type_in_every_kind_of_file(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    hits = scan(tmp_path).hits
    assert [(hit.file, hit.type) for hit in hits] == [(name, "EMAIL_ADDRESS")]
    assert hits[0].place.startswith("line 1")
    assert ADDRESS not in str(hits)


def test_packed_files_file_names_and_footers_are_looked_at(tmp_path):
    import gzip

    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(f"x\n{ADDRESS}".encode()))
    (tmp_path / f"{ADDRESS}.txt").write_text("x")
    pq.write_table(pa.table({"who": [ADDRESS], "n": [254712345678]}), tmp_path / "c.parquet")
    keyed = pa.table({"n": [1]}).replace_schema_metadata({"by": ADDRESS})
    pq.write_table(keyed, tmp_path / "d.parquet")
    hits = scan(tmp_path).hits
    assert {(hit.place, hit.type) for hit in hits} == {
        ("line 2, column 1", "EMAIL_ADDRESS"), ("file name", "EMAIL_ADDRESS"),
        ("row 1, column who", "EMAIL_ADDRESS"), ("footer", "EMAIL_ADDRESS"),
    }  # fmt: skip
    assert ADDRESS not in str(hits)


def test_digests_ids_times_numbers_and_drawings_do_not_alarm(tmp_path):
    digests = [hashlib.sha256(bytes([byte])).hexdigest() for byte in range(256)]
    record = {"sha256": digests, "doc_id": digests[0][:32], "count": 254712345678, "at": "2026-11-25T12:00:00.123456Z",
              "run_id": f"demo-2026.11.0-{digests[1][:12]}", "seconds": 41.123456789}  # fmt: skip
    (tmp_path / "run.json").write_text(json.dumps(record))
    (tmp_path / "names.txt").write_text("\n".join(digests + [one[:32] for one in digests]))
    (tmp_path / "page.html").write_text("<svg><path d='M 0712 345678 L 4111111111111111 0'/></svg>")
    (tmp_path / "job.log").write_text(
        "INFO 2026-11-25 13:10:15,123 [140233456789] 1732541234567 done"
    )
    assert scan(tmp_path).hits == []


def test_canaries_are_found_as_digests_escapes_and_in_bytes_and_the_key_too(tmp_path):
    (tmp_path / "key").write_text(hashlib.sha256(b"t").hexdigest())
    (tmp_path / "list.yaml").write_text('- {value: "०७१२ ३४५", type: "PHONE_NUMBER"}\n')
    sought = read_canaries(tmp_path / "list.yaml", tmp_path / "key")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.json").write_text(json.dumps({"x": "०७१२ ३४५"}))
    (out / "b.txt").write_text(hashlib.new("md5", b"0712345", usedforsecurity=False).hexdigest())
    (out / "c.bin").write_bytes(b"\0\1" + "०७१२ ३४५".encode())
    (out / "d.txt").write_text((tmp_path / "key").read_text().upper())
    found = {(hit.file, hit.type) for hit in scan(out, sought).hits}
    assert found == {
        ("a.json", "PHONE_NUMBER"),
        ("b.txt", "PHONE_NUMBER"),
        ("c.bin", "PHONE_NUMBER"),
        ("d.txt", KEY),
    }


def test_contacts_of_the_cards_are_meant_to_be_read(tmp_path):
    card = {"custodian": {"contact": "rights@library.example.org"}}
    (tmp_path / "run.json").write_text(json.dumps({"sources": [card]}))
    (tmp_path / "page.html").write_text("<p>rights@library.example.org</p>")
    assert scan(tmp_path).hits == []


def test_a_look_with_a_policy_leaves_out_what_it_leaves_out_and_says_so(tmp_path):
    (tmp_path / "a.txt").write_text(f"{ADDRESS} and qabfek2@surrogate.example.org 93.184.216.34")
    off = PrivacyPolicy(recognisers_off=["IP_ADDRESS"])
    without, strict = scan(tmp_path, policy=off), scan(tmp_path)
    assert without.as_dict()["not_looked_for"] == ["IP_ADDRESS"]
    assert {hit.type for hit in without.hits} == {"EMAIL_ADDRESS"}
    assert strict.not_looked_for == []
    assert {hit.type for hit in strict.hits} == {"EMAIL_ADDRESS", "IP_ADDRESS"}


def test_a_look_with_a_policy_leaves_its_pseudonyms_alone_and_no_others(tmp_path):
    sign = f"[EMAIL_ADDRESS:{'a' * 32}]"
    (tmp_path / "a.txt").write_text(f"{sign} {ADDRESS}")
    found = scan(tmp_path, policy=PrivacyPolicy(default="pseudonym")).hits
    assert [hit.place for hit in found] == [f"line 1, column {len(sign) + 2}"]


@pytest.fixture
def release(tmp_path):
    return make_release(tmp_path / "release")


def _gate(release, check):
    """What a gate finds that looks at the release alone."""
    return check.find(SimpleNamespace(release=open_release(release)))


def test_personal_data_in_a_report_fails_the_release_after_its_gates_were_judged(release):
    judge(release, find=None)
    assert last_look.last_look(release) == 0
    (release / "report").mkdir(exist_ok=True)
    (release / "report" / "index.html").write_text(f"<p>{ADDRESS}</p>")
    assert last_look.last_look(release) == 1
    results = (release / RESULTS).read_text()
    assert not json.loads(results)["passed"]
    assert ADDRESS not in results


def test_personal_data_in_the_journal_fails_g_pii_3(release):
    (release / "journal.json").write_text(json.dumps({"machine": ADDRESS}))
    found = _gate(release, linter.CHECK)
    assert found.figure == 1
    assert found.reasons == ("journal.json, line 1, column 14: EMAIL_ADDRESS",)


def test_a_release_as_a_run_leaves_it_is_clean(release):
    assert scan_release(release).hits == []


#: One value of each type that surrogates are for, and of those that can be generalised.
REAL = (
    "ring wanjiru.k41@example.org", "tel. +254 712 345 678", "IP address 93.184.216.34",
    "iban GB82 WEST 1234 5698 7654 32", "card 4111 1111 1111 1111",
    "MAC 6C-40-08-12-53-FE", "isikukood 38001085718", "date of birth: 12 March 1980",
)  # fmt: skip


@pytest.mark.parametrize("treatment", ["surrogate", "pseudonym", "generalise"])
def test_what_a_policy_wrote_is_left_alone_and_a_value_of_the_same_type_fails(
    release, tmp_path, treatment
):
    (tmp_path / "key").write_text("5a" * 32)
    policy = PrivacyPolicy(default=treatment)
    plan = Plan(policy, Keyring(str(tmp_path / "key")), "demo-1")
    text = pl.Series(REAL, dtype=pl.String)
    about = [pl.Series([one] * len(REAL), dtype=pl.String) for one in ("d1", "radio", None, None)]
    treated = scrub_documents(Documents({"text": text}, *about), plan).fields["text"]
    assert not set(treated) & set(REAL)
    _rewritten(release, policy={"privacy": {"default": treatment}})
    (release / "report").mkdir(exist_ok=True)
    page = release / "report" / "index.html"
    page.write_text("".join(f"<p>{one}</p>" for one in treated))
    assert scan_release(release).hits == []
    page.write_text("".join(f"<p>{one}</p>" for one in [*treated, *REAL]))
    assert len({hit.type for hit in scan_release(release).hits}) == len(REAL)


def test_a_privacy_policy_that_cannot_be_read_is_said(release):
    _rewritten(release, policy={"privacy": {"default": "shuffle"}})
    with pytest.raises(InputError, match="privacy policy cannot be read"):
        scan_release(release)


def _rewritten(release, **record):
    from tests.validations import rewrite

    rewrite(release, **record)
    return release


def test_recall_that_nobody_measured_is_said_and_fails_where_a_floor_is_set(release):
    found = _gate(release, recall.CHECK)
    assert ("recall not measured" in found.note, found.judged) == (True, False)
    policy = {"privacy": {"recall_floor": 0.9}}
    assert _gate(_rewritten(release, policy=policy), recall.CHECK).figure == 1


@pytest.mark.parametrize(("low", "passed"), [(0.91, True), (0.89, False)])
def test_the_lower_bound_of_each_type_is_held_against_the_floor(release, low, passed):
    rates = {"EMAIL_ADDRESS": {"part": 99, "whole": 100, "share": 0.99, "low": low, "high": 1.0}}
    _rewritten(release, policy={"privacy": {"recall_floor": 0.9}},
               privacy_evidence={"recall_by_type": rates, "recognisers_sha256": "0"})  # fmt: skip
    assert (_gate(release, recall.CHECK).figure == 0) == passed


def test_a_key_that_anyone_can_guess_fails_g_pii_4(release, tmp_path):
    (tmp_path / "key").write_text("5a" * 32)
    _rewritten(release, key_id=Keyring(str(tmp_path / "key")).key_id)
    assert _gate(release, keyed.CHECK).figure == 1


def test_names_that_are_plain_digests_of_what_anyone_could_guess_fail_g_pii_4(tmp_path):
    rows = default_rows()
    address = "https://example.org/wanjiru"
    rows[0]["source"]["url"] = address
    rows[0]["doc_id"] = hashlib.sha256(address.encode()).hexdigest()[:32]
    found = _gate(make_release(tmp_path / "plain", rows), keyed.CHECK)
    assert found.reasons == ("documents whose id or raw digest is a plain digest: 1",)
