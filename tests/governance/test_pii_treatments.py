"""Treatments by policy: what takes the place of personal data, and what must hold of it."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from governance import pii
from governance.keys import Keyring
from governance.pii.documents import Documents, Plan, scrub_documents
from governance.pii.names import Finder
from governance.pii.national_ids import entries
from governance.pii.treatments import TREATMENTS
from governance.pii.treatments.surrogates import BY_TYPE, RANGES
from governance.pii.treatments.surrogates.draw import Draw, ascii_digits
from governance.pii.treatments.treated import Treated
from schemas.policy import Policy
from schemas.privacy import NAME_TYPES, TYPES, TYPES_OF, PrivacyPolicy
from schemas.privacy import TREATMENTS as NAMES_OF_TREATMENTS
from tests.governance.test_pii_properties import texts

CANARIES = Path(__file__).parents[2] / "tests/cases/pii"
#: One value of each type that surrogates are for, in several scripts.
VALUES = [
    ("EMAIL_ADDRESS", "amina@example.org"), ("EMAIL_ADDRESS", "संपर्क@उदाहरण.भारत"),
    ("EMAIL_ADDRESS", "ирина@example.net"), ("EMAIL_ADDRESS", "محمد@example.com"),
    ("EMAIL_ADDRESS", "សុខ@example.org"), ("EMAIL_ADDRESS", "홍길동@example.org"),
    ("PHONE_NUMBER", "+254 712 345 678"), ("PHONE_NUMBER", "+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹"),
    ("PHONE_NUMBER", "+91 98765 43210"), ("PHONE_NUMBER", "+49 30 901820"),
    ("IP_ADDRESS", "93.184.216.34"), ("IP_ADDRESS", "2606:2800:220:1:248:1893:25c8:1946"),
    ("MAC_ADDRESS", "6C-40-08-12-53-FE"), ("IBAN_CODE", "GB82 WEST 1234 5698 7654 32"),
    ("CREDIT_CARD", "4111 1111 1111 1111"), ("CREDIT_CARD", "٤١١١ ١١١١ ١١١١ ١١١١"),
    ("NATIONAL_ID", "38001085718"), ("NATIONAL_ID", "131052-308T"),
]  # fmt: skip


@pytest.fixture(scope="session")
def keyring(tmp_path_factory):
    path = tmp_path_factory.mktemp("treatments") / "key"
    path.write_text("5a" * 32)
    return Keyring(str(path))


@pytest.fixture(scope="session")
def other_keyring(tmp_path_factory):
    path = tmp_path_factory.mktemp("treatments") / "key"
    path.write_text("6b" * 32)
    return Keyring(str(path))


def strings(*values):
    return pl.Series(values, dtype=pl.String)


def treat(  # noqa: PLR0913  # what is known of a document
    policy, keyring, *texts, doc_id="d1", source="radio", country="KE", language=None,
    title=None, release="demo-1", names=None,
):  # fmt: skip
    """Documents that share an id treated under a policy; the whole result."""
    plan = Plan(PrivacyPolicy.model_validate(policy), keyring, release, names)
    rows = len(texts)
    doc_ids = [doc_id] if rows == 1 else [f"{doc_id}-{row}" for row in range(rows)]
    documents = Documents(
        {"text": strings(*texts), "title": strings(*([title] * rows))},
        *(strings(*column) for column in
          (doc_ids, [source] * rows, [language] * rows, [country] * rows)),
    )  # fmt: skip
    return scrub_documents(documents, plan)


def treated(policy, keyring, text, **about):
    return treat(policy, keyring, text, **about).fields["text"][0]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_surrogate_is_another_value_that_only_reserved_ranges_hold(keyring, kind, value):
    text = f"{'ID PESEL ' if kind == 'NATIONAL_ID' else ''}{value} ."
    country = "EE" if value == "38001085718" else "FI" if kind == "NATIONAL_ID" else None
    got = treated({"types": {kind: "surrogate"}}, keyring, text, country=country)
    assert value not in got
    assert f"[{kind}]" not in got
    spans = Treated(pseudonyms=False, surrogates=(kind,)).spans(got)
    assert [name for _, _, name in spans] == [kind]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_surrogate_keeps_the_digits_of_its_script(kind, value):
    made = BY_TYPE[kind].make(value, None, Draw(b"seed"))
    assert made is not None
    digits = [char for char in value if char.isdecimal()]
    if digits and not digits[0].isascii():
        assert not any(char.isdecimal() and char.isascii() for char in made)


@given(st.sampled_from(VALUES), st.binary(min_size=1, max_size=16))
@settings(max_examples=60)
def test_no_surrogate_is_valid_anywhere(pair, seed):
    kind, value = pair
    made = BY_TYPE[kind].make(value, None, Draw(seed))
    digits = ascii_digits(made)
    if kind == "NATIONAL_ID":
        ids = [entry for entry in entries() if not entry.has_shape_only]
        compact = re.sub("[^0-9X]", "", made)
        assert not any(entry.accepts(compact, made) for entry in ids)
    if kind == "PHONE_NUMBER":
        assert digits.startswith(("999", "00999", "4930231", "4940669"))
    if kind == "IBAN_CODE":
        assert made.startswith("ZZ")
    if kind == "CREDIT_CARD":
        assert digits.startswith("9999")
    if kind == "EMAIL_ADDRESS":
        assert made.split("@")[1].endswith(
            ("surrogate.example.org", "испытание", "إختبار", "परीक्षा", "테스트")
        )


def test_the_same_value_becomes_the_same_surrogate_in_a_document_and_another_in_the_next(keyring):
    policy = {"default": "surrogate"}
    text = "amina@example.org, Amina@EXAMPLE.org, jo@example.org"
    first = treat(policy, keyring, text, title="amina@example.org")
    one, same, other = first.fields["text"][0].split(", ")
    assert one == same == first.fields["title"][0]
    assert one != other
    assert treated(policy, keyring, text, doc_id="d2").split(", ")[0] != one


def test_surrogates_follow_from_key_document_and_value_alone(keyring, other_keyring):
    policy = {"default": "surrogate"}
    texts = ["amina@example.org", "nothing", "+254 712 345 678"]
    alone = [treated(policy, keyring, text, doc_id=f"d1-{row}") for row, text in enumerate(texts)]
    assert treat(policy, keyring, *texts).fields["text"].to_list() == alone
    assert treated(policy, other_keyring, texts[0], doc_id="d1-0") != alone[0]


def test_more_values_than_a_range_holds_become_placeholders_and_never_the_same(keyring):
    addresses = [f"93.184.{a}.{b}" for a in range(40, 44) for b in range(1, 251)]
    got = treated({"default": "surrogate"}, keyring, "\n".join(addresses)).split("\n")
    made = [line for line in got if line != "[IP_ADDRESS]"]
    assert len(set(made)) == len(made) > 400
    assert len(got) == len(addresses)


def test_made_up_numbers_are_replaced_too(keyring):
    numbers = [f"07700 900{number:03d}" for number in range(0, 1000, 7)]
    got = treated(
        {"default": "surrogate"}, keyring, "Tel: " + "\nTel: ".join(numbers), country="GB"
    )
    kept = sum(number in got for number in numbers)
    assert kept < len(numbers) / 4


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


def test_every_golden_case_keeps_none_of_its_values_under_surrogates(keyring):
    for path in sorted(CANARIES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
            case = json.loads(line)
            if "text" not in case:
                continue
            about = {"country": case.get("country"), "language": case.get("lang")}
            plain = treat({}, keyring, case["text"], **about)
            result = treat({"default": "surrogate"}, keyring, case["text"], **about)
            counted = [sum(item["count"] for item in one.privacy[0]) for one in (plain, result)]
            assert counted[1] <= counted[0]
            assert counted[0] - counted[1] <= len(
                Treated(pseudonyms=False, surrogates=tuple(BY_TYPE)).spans(case["text"])
            ), path.name


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
    ],
)
def test_what_is_wrong_with_a_policy_is_said_with_what_there_is(policy, told):
    with pytest.raises(ValidationError, match=re.escape(told)):
        Policy.model_validate({"privacy": policy})
