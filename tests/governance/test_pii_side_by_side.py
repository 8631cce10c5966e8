"""Masking once is enough, whatever stands beside what: every generator, several scripts."""

from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import pii
from governance.pii.finder import search
from governance.pii.recognisers import RECOGNISERS
from governance.proof.made_up import FRAMES, GENERATORS
from governance.proof.planting import _cue
from governance.proof.writing import in_digits

COUNTRIES = [None, "KE", "EE", "IN", "SA", "BR", "DE", "CN", "IR", "TH"]
LANGUAGES = [None, "swh", "est", "hin", "arb", "por", "deu", "zho", "fas", "tha"]
SCRIPTS = ["Latn", "Deva", "Arab", "Beng", "Thai", "Mymr", "Khmr"]
#: Words of several scripts, and what makes the next value look like part of the last one.
FILLERS = ["", "", "", "na", "и", "और", "و", "和", "ከ", "และ", "7514", "12", "v1.2", "fb:", "tg"]
JOINTS = [" ", " ", "  ", "\n", ", ", ": ", "-", "/", ".", "", "·", " | ", "、", "(", " + "]


def value(kind: str, number: int, place: int) -> str:
    """A made-up value of a type, with its cue word or without, in its frame."""
    chance = Random(number)  # the same number, the same value
    generate, cue_kind = GENERATORS[kind]
    made = generate(COUNTRIES[place], chance) or ""
    if chance.random() < 0.3:
        made = in_digits(made, chance.choice(SCRIPTS))
    before, after = FRAMES.get(kind, ("", ""))
    cue = _cue(cue_kind, LANGUAGES[place], chance)
    joint = chance.choice((": ", " ", ":", "："))
    return (cue + joint if cue and chance.random() < 0.7 else "") + before + made + after


values = st.builds(
    value,
    st.sampled_from(sorted(GENERATORS)),
    st.integers(0, 2**32),
    st.integers(0, len(COUNTRIES) - 1),
)
words = st.sampled_from(FILLERS).map(lambda word: f" {word} " if word else " ")
joints = st.just(" ") | st.just("\n") | words | st.sampled_from(JOINTS)
texts = st.lists(st.tuples(values, joints), min_size=2, max_size=12).map(
    lambda every: "".join("".join(piece) for piece in every)
)


@given(texts, st.integers(0, len(COUNTRIES) - 1))
@settings(max_examples=300, deadline=None)
def test_what_is_masked_once_holds_nothing_for_a_second_look(text: str, place: int) -> None:
    language, country = (pl.Series([one[place]], dtype=pl.String) for one in (LANGUAGES, COUNTRIES))
    once = pii.scrub(pl.Series([text], dtype=pl.String), language, country)
    assert not once["failed"][0]
    again = search(once["text"], language, country, RECOGNISERS)
    assert again.failed == []
    assert again.spans.rows() == [], once["text"][0]


def found(text: str) -> set[str]:
    """The types that are found in a text."""
    null = pl.Series([None], dtype=pl.String)
    return set(pii.find(pl.Series([text], dtype=pl.String), null, null)["type"])


def wallet(number: int) -> str:
    return GENERATORS["CRYPTO_WALLET"][0](None, Random(number)) or ""


def test_keys_of_aws_are_found_whatever_their_letters_and_neighbours() -> None:
    for key in ("AKIAQWERTYUIOPASDFGH", "ASIAALJEQGBZLZIQJ23Y", "AROABDYYJBRPN6WCECEF"):
        for text in (key, f"1 {key} 02:3A", f"\u0e01{key}", f"{key} 178"):
            assert "SECRET" in found(text), text
    assert found("AKIA AND ASIA, AIDA UND AROA; AKIAQWERTYUIOPASDFGHJ") == set()


def test_a_wallet_is_found_beside_other_numbers() -> None:
    for number in range(40):
        for text in (f"NO-ZU 7514 {wallet(number)}", f"53259 {wallet(number)}  1.2.1980"):
            assert "CRYPTO_WALLET" in found(text), text


def test_a_handle_is_found_after_two_letters() -> None:
    for cue in ("fb: ", "tg:", "IG ", "5 fb: ", "។ ig: "):
        assert found(f"{cue}@vusipu_4529") == {"SOCIAL_HANDLE"}, cue
    assert found("debug: @vusipu_4529 and pig: @vusipu_4529") == set()


def test_an_address_and_a_plate_end_where_the_next_value_begins() -> None:
    mail, link = "zamimiv.l100@example.org", "https://example.org/files"
    assert found(f"Address: 107 Pavasodi Street {mail}") == {"ADDRESS", "EMAIL_ADDRESS"}
    assert found(f"Address: 107 Pavasodi Street {link}") == {"ADDRESS"}
    for after in ("CLABE: 99", "カード: 52", "IMEI: 3", "and then more"):
        text = f"number plate: VE-LI 2522 {after}"
        null = pl.Series([None], dtype=pl.String)
        masked = pii.scrub(pl.Series([text]), null, null)["text"][0]
        assert masked == f"number plate: [LICENCE_PLATE] {after}"


def test_an_arabic_label_counts_in_the_spelling_of_kurdish_and_persian() -> None:
    for label in ("البطاقة الوطنية", "البطاقة الوطنية".replace("\u064a", "\u06cc")):
        assert found(f"{label}: 734728056333") == {"NATIONAL_ID"}
