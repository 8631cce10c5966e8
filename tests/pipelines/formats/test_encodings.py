"""From bytes to text: which encoding it is, and when to leave it in doubt."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.formats.encodings import decode, decode_as, known_name
from pipelines.formats.encodings.east_asian_score import EAST_ASIAN
from pipelines.formats.encodings.markup import without_markup
from pipelines.formats.encodings.tables import SCRIPTS, letters, one_byte
from pipelines.formats.encodings.unicode_forms import without_mark
from schemas.errors import InputError

LEGACY = sorted((Path(__file__).parents[3] / "samples/text/legacy").glob("*.txt"))
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("path", LEGACY, ids=lambda path: path.name)
def test_the_encoding_of_a_real_text_is_found_without_a_hint(path):
    raw = path.read_bytes()
    gold = raw.decode(path.name.split(".")[-2])
    assert decode(raw).text == gold


@given(TEXT)
def test_valid_utf_8_is_read_as_it_is(text):
    raw = text.encode()
    if (
        not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
        and without_mark(raw) is None
    ):
        found = decode(raw)
        assert found.text == text or found.encoding in {"iso-2022-jp", "iso-2022-kr", "hz-gb-2312"}


@given(TEXT, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_settles_it(text, encoding):
    text = "a" + text  # the mark of UTF-16 and a zero character are the mark of UTF-32
    found = decode(text.encode(encoding))
    assert (found.text, found.failure) == (text, None)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "big5", "no such", "\x00"]))
def test_any_bytes_give_text_or_a_reason_and_never_an_error(raw, declared):
    for markup in (False, True):
        found = decode(raw, declared, markup=markup)
        assert (found.text is None) == (found.failure in {"bad-utf-8", "undecodable"})


@pytest.mark.parametrize("size", [200, 1000, 20_000])
def test_noise_is_left_in_doubt(size):
    source = random.Random(size)
    printable = [*range(32, 127), *range(128, 256)]
    for _ in range(20):
        assert decode(bytes(source.choices(printable, k=size))).failure == "undecodable"
        assert decode(b"\xff" + source.randbytes(size)).failure == "undecodable"


@pytest.mark.parametrize(
    "raw",
    [
        "Ẹ káàárọ̀ o, ẹ kú àárọ̀".encode()[:-1],
        "Ẹ káàárọ̀".encode() + b" caf\xe9",
        "नमस्ते दुनिया".encode().replace(b"\xa8", b"\x20", 1),
    ],
)
def test_damaged_utf_8_is_not_taken_for_something_else(raw):
    assert decode(raw).failure == "bad-utf-8"


def test_an_old_encoding_with_a_byte_too_many_is_left_in_doubt():
    raw = (
        "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. ".encode("euc-kr")
        * 20
    )
    assert decode(raw).encoding == "euc-kr"
    assert decode(raw[:51] + b"\xff" + raw[51:]).failure == "undecodable"


def test_two_readings_that_are_equally_good_are_left_in_doubt():
    assert decode("kiš".encode("iso8859-2")).failure == "undecodable"


def test_a_declared_encoding_decides_when_the_text_does_not():
    raw = "kiš".encode("iso8859-2")
    assert decode(raw, "iso-8859-2").text == "kiš"


def test_a_wrong_declaration_does_not_spoil_a_clear_text():
    raw = "Все люди рождаются свободными и равными в своем достоинстве".encode("koi8-r")
    for declared in ("windows-1251", "utf-8", "shift_jis", "nonsense"):
        assert decode(raw, declared).text == raw.decode("koi8-r")


@pytest.mark.parametrize("form", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", ["Habari ya asubuhi\n", "ሁሉም ሰው ነጻ\n", "すべての人間は、\n自由。", "हर व्यक्ति को\n"]
)
def test_utf_16_and_utf_32_are_known_without_a_mark(text, form):
    found = decode(text.encode(form))
    assert (found.text, found.encoding) == (text, form)


@pytest.mark.parametrize(
    "text", ["a\0b\0c", "\0\0\0", "id\0name\0\n" * 50, "ab\0cde\0\n" * 9, "naïve\0é"]
)
def test_zero_bytes_alone_do_not_make_utf_16(text):
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("iso2022_jp", "すべての人間は、生まれながらにして自由であり"),
        ("iso2022_kr", "모든 인간은 태어날 때부터"),
        ("hz", "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心"),
    ],
)
def test_encodings_that_switch_with_escapes_are_known(codec, text):
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("text", ["colour \x1b[31mred\x1b[0m", "x = ~{a}; y = ~{b~}", "\x1b$"])
def test_escapes_for_other_ends_are_left_alone(text):
    assert decode(text.encode()).text == text


def test_vietnamese_in_viscii_is_read():
    from pipelines.formats.encodings.viscii import TABLE

    text = "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi."
    raw = bytes(TABLE.index(letter) for letter in text)
    assert (decode(raw).text, decode(raw).encoding) == (text, "viscii")


def test_tags_do_not_speak_for_a_language():
    page = '<div class="x">' * 400 + "<p>Все люди" + "<!-- <b>" * 50 + "-->" + "</div>" * 400
    assert decode(page.encode("cp1251"), markup=True).encoding == "windows-1251"


@given(st.lists(st.sampled_from(["<", ">", "!--", "-->", "script", "/script>", "a", " "])))
def test_text_without_markup_is_never_longer(parts):
    raw = "".join(parts).encode()
    assert len(without_markup(raw)) <= len(raw)


def test_a_card_may_name_the_encoding_and_then_it_holds():
    raw = "kiš".encode("iso8859-2")
    assert decode_as(raw, "ISO-8859-2").text == "kiš"
    assert decode_as(raw, "utf-8").failure == "bad-utf-8"
    assert decode_as(b"\x98", "cp1251").failure == "undecodable"
    assert decode_as("日本".encode("iso2022_jp"), "iso-2022-jp").text == "日本"
    with pytest.raises(InputError):
        decode_as(raw, "rot13")


@pytest.mark.parametrize("name", [*one_byte(), *EAST_ASIAN, "utf-8", "utf-16-le"])
def test_every_name_that_is_noted_can_be_put_on_a_card(name):
    assert known_name(name) == name


def test_the_letters_of_every_language_are_of_its_script_and_listed_once():
    for tag, known in letters().items():
        assert len(known.rank) >= 20, tag
        assert list(known.rank.values()) == list(range(1, len(known.rank) + 1)), tag
        assert tag[-4:] in {*SCRIPTS, "Hans", "Hant", "Jpan", "Kore"}


def test_every_home_language_of_an_encoding_has_its_letters_in_the_table():
    known = {tag[:3] for tag in letters() if tag.endswith("Latn")}
    for encoding in one_byte().values():
        assert encoding.home <= known, encoding.name
