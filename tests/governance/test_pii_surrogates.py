"""Surrogates: values that look right, follow from the key, and are nobody's."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.pii.national_ids import entries
from governance.pii.treatments.surrogates import BY_TYPE
from governance.pii.treatments.surrogates.draw import Draw, ascii_digits
from governance.pii.treatments.surrogates.phone import _FICTION, SOURCES
from governance.pii.treatments.treated import Treated
from tests.governance.treating import treat, treated

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
        assert digits.startswith(("999", "00999", "4930231", "4940669", "4969900", "4989999"))
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


def test_every_range_for_fiction_says_who_set_it_aside():
    assert set(SOURCES) == set(_FICTION)
    assert all(len(source) > 20 for source in SOURCES.values())
