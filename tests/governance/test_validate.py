import json

import pytest

from governance.validate import RESULTS, validate
from schemas.decision import REMOVED
from schemas.errors import InputError
from tests.documents import decision, default_rows, row
from tests.releases import make_release
from tests.validations import failed, few_rows, judge, nothing, rewrite


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("large") / "1.0")


def test_a_sound_release_in_39_languages_passes_every_gate(large):
    validation = validate(large)
    assert validation.failed == ()
    assert validation.passed
    assert validation.may_be_released
    assert validation.manifest_root == json.loads((large / "manifest.json").read_text())["root"]


def test_the_results_are_the_same_bytes_every_time(large):
    validate(large)
    first = (large / RESULTS).read_bytes()
    (large / RESULTS).unlink()
    validate(large)
    assert (large / RESULTS).read_bytes() == first


def test_the_results_say_what_the_validation_says(release):
    validation = judge(release)
    results = json.loads((release / RESULTS).read_text(encoding="utf-8"))
    assert results["passed"] is validation.passed
    assert [gate["id"] for gate in results["gates"]] == [gate.id for gate in validation.gates]
    assert len(results["expectations"]) > 40
    assert all(item["why"] and item["gate"] for item in results["expectations"])


def test_what_is_no_release_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match=r"run\.json"):
        validate(tmp_path)


def test_a_release_without_a_manifest_may_not_be_released(release):
    (release / "manifest.json").unlink()
    validation = judge(release, signed=False)
    assert failed(validation) == {"G-INT"}
    assert not validation.may_be_released


def test_no_value_of_a_document_is_in_the_results(tmp_path):
    canary = "wanjiru.kamau@posta.example.co.ke"
    odd = row(
        9, "swh_Latn", f"Piga simu kwa {canary}",
        doc_id=canary[:32],
        source=dict.fromkeys(("id", "uri", "native_id", "url", "title", "jurisdiction"), canary),
        rights=dict.fromkeys(("declared", "concluded", "basis"), canary),
        language=dict.fromkeys(("script", "second", "model"), canary),
        provenance=dict.fromkeys(("raw_hmac", "text_sha256", "encoding", "run_id",
                                  "settings_digest"), canary),
        privacy=[{"type": canary, "count": 1, "treatment": canary}],
        decision={"stage": canary, "rule": canary, "kept_doc_id": canary},
    )  # fmt: skip
    held = row(10, canary, canary, decision=decision(REMOVED, canary, canary, kept_doc_id=canary))
    release = make_release(tmp_path / "1.0", [*few_rows(), odd, held])
    rewrite(release, counts={}, read={}, files=[])
    validation = judge(release, find=None)
    assert len(validation.failed) > 5
    written = (release / RESULTS).read_bytes()
    assert b"wanjiru" not in written
    assert b"kamau" not in written


def test_it_tells_what_it_is_doing(release):
    told = []
    validate(
        release, find=nothing, progress=lambda what, done, total: told.append((what, done, total))
    )
    assert {what for what, _, _ in told} == {
        "counting", "verifying", "checking", "looking again for personal data",
    }  # fmt: skip
    assert all(done <= total for _, done, total in told)


def test_default_rows_are_in_many_scripts():
    scripts = {made["language"]["script"] for made in default_rows() if made["language"]["script"]}
    assert len(scripts) >= 15
    assert {"Arab", "Hebr", "Deva", "Taml", "Thai", "Khmr", "Ethi", "Nkoo"} <= scripts
