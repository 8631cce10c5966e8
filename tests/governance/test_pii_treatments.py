"""Treatments by policy: what takes the place of personal data, and what must hold of it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from governance import pii
from governance.pii.names import Finder
from governance.pii.treatments import TREATMENTS
from governance.pii.treatments.surrogates import RANGES
from schemas.policy import Policy
from schemas.privacy import NAME_TYPES, TYPES, TYPES_OF, PrivacyPolicy
from schemas.privacy import TREATMENTS as NAMES_OF_TREATMENTS
from tests.governance.test_pii_properties import texts
from tests.governance.treating import strings, treat, treated


def test_a_pseudonym_is_the_same_in_a_release_and_another_one_elsewhere(keyring, other_keyring):
    policy = {"default": "pseudonym"}
    text = "+254 712 345 678 and 0712 345678"
    first, second = treated(policy, keyring, text).split(" and ")
    assert re.fullmatch(r"\[PHONE_NUMBER:[a-p]{32}\]", first)
    assert first == second == treated(policy, keyring, text, doc_id="d9").split(" and ")[0]
    others = (
        treated(policy, keyring, text, release="demo-2"), treated(policy, other_keyring, text)
    )  # fmt: skip
    assert first not in " ".join(others)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Born 12 March 1980 in Kisumu", "Born 1980 in Kisumu"),
        ("تاريخ الميلاد: ١٢/٣/١٩٨٠", "تاريخ الميلاد: ١٩٨٠"),
        ("Date of birth: 12.3.80", "Date of birth: [DATE_OF_BIRTH]"),
        ("GPS -1.29207, 36.82195", "GPS -1.2, 36.8"),
        ("from 93.184.216.34 at", "from 93.184.x.x at"),
        ("from 2606:2800:220:1:248:1893:25c8:1946 at", "from 2606:2800::/32 at"),
        ("jo@example.org", "[EMAIL_ADDRESS]"),
    ],
)
def test_generalising_keeps_the_year_the_town_and_the_network(keyring, text, expected):
    assert treated({"default": "generalise"}, keyring, text) == expected


def test_types_that_the_policy_does_not_look_for_stay(keyring):
    policy = {"default": "pseudonym", "recognisers_off": ["EMAIL_ADDRESS"]}
    got = treated(policy, keyring, "jo@example.org +254 712 345 678")
    assert got.startswith("jo@example.org [PHONE_NUMBER:")


def test_a_document_is_dropped_for_its_title_too(keyring):
    policy = {"types": {"EMAIL_ADDRESS": "drop"}}
    result = treat(policy, keyring, "clean text", title="jo@example.org")
    assert result.dropped.to_list() == [1]
    assert treat(policy, keyring, "0712 345 678").dropped.to_list() == [0]


def test_a_source_has_the_last_word(keyring):
    policy = {
        "default": "pseudonym",
        "types": {"EMAIL_ADDRESS": "surrogate"},
        "sources": {"archive": {"types": {"EMAIL_ADDRESS": "placeholder"}},
                    "press": {"default": "generalise"}},
    }  # fmt: skip
    text = "jo@example.org"
    assert treated(policy, keyring, text).endswith("@surrogate.example.org")
    assert treated(policy, keyring, text, source="archive") == "[EMAIL_ADDRESS]"
    assert treated(policy, keyring, text, source="press") == "[EMAIL_ADDRESS]"
    assert PrivacyPolicy.model_validate(policy).treatment("archive", "IMEI") == "pseudonym"


def test_counts_and_treatments_stay_in_the_row(keyring):
    policy = {"types": {"EMAIL_ADDRESS": "surrogate", "DATE_OF_BIRTH": "generalise"}}
    result = treat(policy, keyring, "jo@example.org, born 12.3.80, born 12.3.1980")
    assert result.privacy.to_list() == [
        [
            {"type": "DATE_OF_BIRTH", "count": 1, "treatment": "generalise"},
            {"type": "DATE_OF_BIRTH", "count": 1, "treatment": "placeholder"},
            {"type": "EMAIL_ADDRESS", "count": 1, "treatment": "surrogate"},
        ]
    ]


POLICIES = [{"default": name} for name in NAMES_OF_TREATMENTS] + [
    {
        "types": {
            "PHONE_NUMBER": "surrogate",
            "EMAIL_ADDRESS": "pseudonym",
            "IP_ADDRESS": "generalise",
        }
    }
]


@given(
    texts,
    st.sampled_from(POLICIES),
    st.sampled_from([None, "EE", "KE", "GB", "US", "IN", "FI"]),
    st.sampled_from([None, "eng_Latn", "arb_Arab", "zho_Hans", "swh_Latn"]),
    st.booleans(),
)
@settings(max_examples=80)
def test_treating_twice_changes_nothing_more(keyring, text, policy, country, language, has_names):
    about = {"country": country, "language": language, "names": Finder() if has_names else None}
    once = treat(policy, keyring, text, **about)
    if once.failed[0]:
        return
    again = treat(policy, keyring, once.fields["text"][0], doc_id="another", **about)
    assert again.fields["text"][0] == once.fields["text"][0]
    assert again.privacy.to_list() == [[]]


@given(texts, st.sampled_from([None, "EE", "KE"]))
@settings(max_examples=40)
def test_placeholders_by_policy_are_those_of_the_plain_way(keyring, text, country):
    plain = pii.scrub(strings(text), strings(None), strings(country))
    result = treat({}, keyring, text, country=country)
    assert result.failed.to_list() == plain["failed"].to_list()
    assert plain["failed"][0] or result.fields["text"].to_list() == plain["text"].to_list()
    assert result.privacy.to_list() == plain["privacy"].to_list()


def test_the_registries_and_the_schema_name_the_same_treatments_and_types():
    assert tuple(treatment.name for treatment in TREATMENTS) == NAMES_OF_TREATMENTS
    for treatment in TREATMENTS:
        assert sorted(treatment.types) == sorted(TYPES_OF.get(treatment.name, ()))
        assert treatment.source
    assert {recogniser.type for recogniser in pii.RECOGNISERS} == set(TYPES) - set(NAME_TYPES)
    folder = Path(pii.__file__).parent / "treatments"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "treatment", "treated"}
    assert modules == set(NAMES_OF_TREATMENTS)
    ranges = {path.stem for path in (folder / "surrogates").glob("*.py")} - {"__init__", "draw"}
    assert ranges == {one.make.__module__.rpartition(".")[2] for one in RANGES}
    assert all(one.source for one in RANGES)


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ({"types": {"EMAIL": "surrogate"}}, "EMAIL is no type; types are ADDRESS"),
        ({"types": {"IMEI": "hash"}}, "hash is no treatment; treatments are placeholder"),
        ({"types": {"ADDRESS": "generalise"}}, "ADDRESS has no generalise; generalise is for"),
        ({"types": {"PERSON": "surrogate"}}, "PERSON has no surrogate; surrogate is for"),
        ({"default": "hash"}, "hash is no treatment; treatments are"),
        ({"sources": {"a": {"default": "x"}}}, "x is no treatment"),
        ({"names": {"cues": False}}, "names needs models, lists or cues"),
        (
            {
                "names": {
                    "models": [
                        {"path": "m", "sha256": "0" * 64, "engine": "gliner", "languages": ["eng"]}
                    ]
                }
            },
            "gliner is not offered; the engine is spacy",
        ),
    ],
)
def test_what_is_wrong_with_a_policy_is_said_with_what_there_is(policy, told):
    with pytest.raises(ValidationError, match=re.escape(told)):
        Policy.model_validate({"privacy": policy})
