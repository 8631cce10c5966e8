"""The commands that prove, as a steward types them."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from governance.integrity.audit import AuditLog
from pipelines.cli import app
from schemas.errors import InputError, ValidationFailedError
from tests.documents import doc_id
from tests.issued import DAY, NAMES, make_finished, make_issued, people_of, policy_for


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return make_issued(tmp_path_factory.mktemp("issued"))


def _run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.output, done.exception


def test_a_copy_is_verified_with_the_public_key(whole, tmp_path):
    said, error = _run("verify", whole.copy, "--public-key", whole.signer.public)
    assert error is None
    assert "every file is as it was signed" in said
    copy = tmp_path / "copy"
    shutil.copytree(whole.copy, copy)
    (copy / "README.md").write_text("changed")
    said, error = _run("verify", copy, "--public-key", whole.signer.public, "--json")
    assert isinstance(error, ValidationFailedError)
    assert json.loads(said)["problems"] == ["README.md: has changed"]


@pytest.mark.parametrize(("number", "is_included"), [(0, True), (999, False)])
def test_a_document_is_proven_in_a_release_or_not_in_it(whole, tmp_path, number, is_included):
    said, error = _run("verify", whole.release, "--doc-id", doc_id(number))
    assert error is None
    assert json.loads(said)["is_included"] is is_included
    file = tmp_path / "proof.json"
    file.write_text(said)
    key = whole.signer.public
    said, error = _run("verify", whole.copy, "--proof", file, "--public-key", key, "--json")
    assert error is None
    assert json.loads(said) == {"doc_id": doc_id(number), "included": is_included, "proven": True}
    _, error = _run("verify", whole.copy, "--proof", file, "--doc-id", doc_id(5))
    assert isinstance(error, ValidationFailedError)
    file.write_text(file.read_text().replace("left", "right"))
    _, error = _run("verify", whole.copy, "--proof", file)
    assert isinstance(error, ValidationFailedError)


def test_a_proof_outlives_the_documents_when_the_statement_is_kept(whole, tmp_path):
    said, _ = _run("verify", whole.release, "--doc-id", doc_id(0))
    (tmp_path / "proof.json").write_text(said)
    shutil.copytree(whole.copy / "attestation", tmp_path / "kept" / "attestation")
    _, error = _run(
        "verify", tmp_path / "kept", "--proof", tmp_path / "proof.json",
        "--public-key", whole.signer.public,
    )  # fmt: skip
    assert error is None


def test_two_people_sign_a_release_off(tmp_path):
    people = people_of(tmp_path)
    release = make_finished(tmp_path / "1.0", policy_for(people))
    for role, left in (("steward", "open: privacy has not signed"), ("privacy", "")):
        said, error = _run(
            "signoff", release, "--role", role, "--name", NAMES[role],
            "--key", people[role].private, "--as-of", DAY, "--statement-language", "sw",
        )  # fmt: skip
        assert error is None
        assert left in said
        assert NAMES[role] not in said
    record = json.loads((release / "signoff" / "steward.json").read_text())
    assert (record["day"], record["statement_language"]) == (DAY, "sw")
    _, error = _run(
        "signoff", release, "--role", "privacy", "--name", NAMES["steward"],
        "--key", people["privacy"].private, "--as-of", DAY,
    )  # fmt: skip
    assert "the same person signed as steward" in str(error)
    _, error = _run(
        "signoff", release, "--role", "steward", "--name", "A", "--key", people["steward"].private,
        "--statement-language", "no language",
    )  # fmt: skip
    assert "--statement-language" in str(error)


def test_the_day_of_a_signature_comes_from_source_date_epoch(tmp_path, monkeypatch):
    people = people_of(tmp_path)
    release = make_finished(tmp_path / "1.0", policy_for(people))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")
    said, _ = _run("signoff", release, "--role", "steward", "--name", "A",
                   "--key", people["steward"].private, "--json")  # fmt: skip
    assert json.loads(said)["day"] == "2026-11-25"


def test_keys_are_made_and_known_by_their_fingerprint(tmp_path):
    said, _ = _run("keys", "new", tmp_path / "own.pem", "--json")
    made = json.loads(said)
    assert (tmp_path / "own.pem").stat().st_mode & 0o777 == 0o600
    for name in ("private", "public"):
        assert _run("keys", "fingerprint", made[name])[0].strip() == made["fingerprint"]
    assert "PRIVATE" not in said
    _, error = _run("keys", "new", tmp_path / "own.pem")
    assert isinstance(error, InputError)


def test_the_audit_log_of_a_corpus_is_shown_signed_and_verified(tmp_path, whole):
    run = tmp_path / "run.yaml"
    run.write_text("name: demo\nversion: 2026.11.0\nsources: [x.yaml]\noutput: out\n")
    _, error = _run("audit", "sign", run, "--key", whole.signer.private)
    assert "nothing to sign" in str(error)
    log = AuditLog(tmp_path / ".endonym" / "corpus" / "demo" / "audit")
    for number in range(1, 4):
        log.append("takedown.open", f"case:{number}", actor_role="steward", at=DAY)
    said, _ = _run("audit", "show", run, "--object", "case:2", "--json")
    assert [entry["seq"] for entry in json.loads(said)] == [2]
    assert "takedown.open" in _run("audit", "show", run, "--last", "1")[0]
    assert "signed entry 3" in _run("audit", "sign", run, "--key", whole.signer.private)[0]
    said, error = _run("audit", "verify", run, "--public-key", whole.signer.public)
    assert (error, "3 entries, each as it was written" in said) == (None, True)
    log.path.write_bytes(b"".join(log.path.read_bytes().splitlines(keepends=True)[:2]))
    said, error = _run("audit", "verify", run, "--public-key", whole.signer.public)
    assert isinstance(error, ValidationFailedError)
    assert "entry 3: the log was cut here" in said
    _, error = _run("audit", "sign", run, "--key", whole.signer.private)
    assert isinstance(error, ValidationFailedError)
