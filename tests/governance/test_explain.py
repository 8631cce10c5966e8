import json

import polars as pl
import pytest

from governance.explain import explain
from schemas.decision import QUARANTINED
from schemas.errors import InputError
from tests.documents import decision, default_rows, doc_id, row
from tests.releases import make_release


def _mask(text, _language, _country):
    return pl.DataFrame({"text": text.str.replace_all(r"[^/\s]+@\S+", "[EMAIL_ADDRESS]")})


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    unreadable = decision(QUARANTINED, "read", "undecodable")
    masked = {"native_id": "from/[EMAIL_ADDRESS]", "url": "https://example.org/[EMAIL_ADDRESS]"}
    rows = [*default_rows(), row(5000, source=masked, decision=unreadable),
            row(5001, "zul_Latn", "Sawubona", source=masked)]  # fmt: skip
    return make_release(tmp_path_factory.mktemp("explain") / "1.0", rows)


def _one(release, **asked):
    (found,) = explain(release, scrub=_mask, **asked)
    return found


def test_a_removal_tells_rule_measure_limit_and_the_source_of_the_limit(release):
    found = _one(release, doc_id=doc_id(1003))
    told = found.as_dict()
    assert (told["outcome"], told["stage"], told["rule"]) == ("removed", "screen", "short")
    assert (told["measure"], told["limit"]) == (15.0, 20.0)
    assert "by the rule short" in found.as_text()
    assert "Measured: 15; the limit is 20." in found.as_text()
    assert "The limit is from: Rae et al. 2021" in found.as_text()


def test_a_copy_tells_which_document_was_kept_where_and_how_alike(release):
    found = _one(release, doc_id=doc_id(1043))
    told = found.as_dict()
    kept = _one(release, doc_id=told["kept_doc_id"])
    assert told["similarity"] >= 0.75
    assert told["kept_in"] == kept.path
    assert f"Document {kept.doc_id} was kept instead, in {kept.path}" in found.as_text()
    assert doc_id(1043) in kept.copies
    assert "Copies that were removed in its favour (1)" in kept.as_text()


def test_a_released_document_tells_language_personal_data_and_rights(release):
    found = _one(release, native_id="udhr/18")
    text = found.as_text()
    assert "It was released" in text
    assert "Language: Tibetan (bod_Tibt), score 0.66; next English (eng_Latn), 0.02" in text
    assert "Personal data masked: 4 EMAIL_ADDRESS." in text
    assert "declared LicenseRef-UN-public, concluded CC0-1.0, held by public-domain" in text
    assert "Names of persons are not looked for." in text


def test_a_document_in_quarantine_tells_why_and_what_was_not_done(release):
    text = _one(release, url="https://example.org/1066").as_text()
    assert "put into quarantine at the stage read, by the rule undecodable" in text
    assert "No language was called" in text


def test_an_id_in_capitals_and_with_spaces_around_is_found(release):
    assert _one(release, doc_id=f" {doc_id(3).upper()} ").doc_id == doc_id(3)


def test_every_document_of_the_release_can_be_explained(release):
    for made in default_rows()[::29]:
        told = _one(release, doc_id=made["doc_id"]).as_dict()
        assert told["outcome"] == made["decision"]["outcome"]
        assert told["rule"] == made["decision"]["rule"]


def test_an_address_with_personal_data_is_found_by_its_masked_form(release):
    found = explain(release, url="https://example.org/wanjiru@posta.example.co.ke", scrub=_mask)
    assert {one.doc_id for one in found} == {doc_id(5000), doc_id(5001)}
    assert all("by its masked form" in one.as_text() for one in found)
    assert "wanjiru" not in json.dumps([one.as_dict() for one in found])


def test_the_projects_own_masking_finds_it_too(release):
    found = explain(release, native_id="from/wanjiru@posta.example.co.ke")
    assert {one.doc_id for one in found} == {doc_id(5000), doc_id(5001)}


def test_the_answer_is_json_and_holds_no_text(release):
    told = _one(release, native_id="udhr/18").as_dict()
    whole = json.dumps(told, ensure_ascii=False)
    assert "text" not in told
    assert "༄" not in whole
    assert "སྐྱེ་བོ" not in whole
    assert told["sentences"][0].startswith("Document ")


@pytest.mark.parametrize(
    "asked",
    [{"doc_id": "0" * 32}, {"native_id": "udhr/99999"}, {"url": "https://example.org/none"}],
)
def test_what_is_not_there_is_an_input_error_that_does_not_repeat_it(release, asked):
    with pytest.raises(InputError, match="no document with this") as caught:
        explain(release, scrub=_mask, **asked)
    assert not any(value in str(caught.value) for value in asked.values())


@pytest.mark.parametrize("asked", [{}, {"doc_id": "a", "url": "b"}, {"native_id": " "}])
def test_exactly_one_name_must_be_given(release, asked):
    with pytest.raises(InputError, match="give one of"):
        explain(release, **asked)


def test_what_is_no_release_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        explain(tmp_path, doc_id="0" * 32)


def test_doubts_about_the_language_are_told(tmp_path):
    second = {"model": "other.ftz@00000000", "tag": "hau_Latn", "score": 0.8, "agrees": False}
    rows = [
        row(1, language={"mixed": True, "second_model": second}),
        row(2, language={"second_model": {**second, "agrees": True}}),
        row(3, language={"second_model": {**second, "agrees": None}}),
        row(4, "und_Latn", language={"undetermined": "list", "mixed": False},
            decision=decision(QUARANTINED, "identify", "undetermined-list")),
    ]  # fmt: skip
    release = make_release(tmp_path / "1.0", rows)
    first, agreed, unknown, none = (_one(release, doc_id=one["doc_id"]).as_text() for one in rows)
    named = "The second model, other.ftz@00000000, says Hausa (hau_Latn): it"
    assert "It is in two languages." in first
    assert f"{named} disagrees." in first
    assert f"{named} agrees." in agreed
    assert f"{named} cannot be compared." in unknown
    assert "No language could be told, because of: list." in none
    assert "second model" not in none


def test_what_was_changed_in_the_text_and_what_cannot_be_read_is_told(tmp_path):
    rows = [
        row(1, provenance={"repairs": ["nfc", "zawgyi"], "flags": ["kruti-dev"]}),
        row(2, provenance={"repairs": [], "flags": []}),
    ]
    release = make_release(tmp_path / "1.0", rows)
    changed, sound = (_one(release, doc_id=one["doc_id"]).as_text() for one in rows)
    assert "Changed in its text: nfc, zawgyi." in changed
    assert "Cannot be read for a part, being in: kruti-dev." in changed
    assert "Changed" not in sound
    assert "Cannot be read" not in sound
