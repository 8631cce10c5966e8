"""Words and shingles: the kernel against plain definitions, in scripts of all kinds."""

import unicodedata
from itertools import chain

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.fold import HALFWIDTH_VOICING, HAN_ZERO, SOLO, fold, tables
from lang_models.tokens import _is_unspaced, reference_words, shingle_hashes, tokenise

SCRIPTS = {
    "Latin": "aÉßŒİıǅﬁŷ",
    "Greek": "ΣσςΐᾳΩ",
    "Cyrillic": "Жёїҥ",
    "Armenian": "Աևֆ",
    "Georgian": "აႠᲐ",
    "Hebrew": "אבשׁ",
    "Arabic": "ابيکﷺ٣۴",
    "Syriac": "ܐܒ",
    "Thaana": "ދިވެ",
    "N'Ko": "ߒߞߏ߂",
    "Devanagari": "किक्षि१२",
    "Bengali": "কোড়৩",
    "Gurmukhi": "ਗੁਰੂ",
    "Tamil": "தமிழ்",
    "Malayalam": "മല‍യാൻ",
    "Sinhala": "සිං",
    "Thai": "ภาษาไทยที่๒๕",
    "Lao": "ລາວ໑",
    "Khmer": "ខ្មែរ១",
    "Myanmar": "မြန်မာ၂",
    "Tibetan": "བོད་༡",
    "Ethiopic": "አማርኛ፩",
    "Cherokee": "ᏣᎳᎩꭰ",
    "Inuktitut": "ᐃᓄᒃ",
    "Vai": "ꕙꔤ꘡",
    "Adlam": "𞤀𞤣𞥑",
    "Han": "中文〇々㍿豈𠀀",
    "Kana": "かなカナーﾞｶﾞｰ",
    "Hangul": "한국어ㄱᄒ",
    "Yi": "ꆈꌠ",
    "Javanese": "ꦗꦮ꧒",
    "Mongolian": "ᠮᠣᠩ᠋ᠭ",
    "Digits": "09²½Ⅳ①٠߉",
    "Joiners": "\u200c\u200d\u00ad\ufe0f\U000e0100\u2060\u061c",
    "Marks": "\u0301\u093c\u0e48\u1039\u3099",
    "Gaps": " \n\t.,'’-_#…\u3000\u200b—་፡।。",
}
WRITING = st.text("".join(SCRIPTS.values())) | st.text()


def hashes(text: str) -> list[int]:
    return tokenise(pl.Series([text], dtype=pl.String)).word_hash.tolist()


@given(st.lists(WRITING, max_size=5))
def test_words_are_those_of_the_definition_and_equal_words_have_equal_hashes(texts):
    tokens = tokenise(pl.Series(texts, dtype=pl.String))
    words = [reference_words(text) for text in texts]
    assert np.diff(tokens.doc_start).tolist() == [len(found) for found in words]
    pairs = set(zip(chain.from_iterable(words), tokens.word_hash.tolist(), strict=True))
    assert len(pairs) == len({word for word, _ in pairs}) == len({number for _, number in pairs})


@given(WRITING)
def test_the_characters_of_words_are_the_code_points_that_are_no_gap_and_no_joiner(text):
    counted = sum(len(reference_words(letter)) for letter in text)
    assert tokenise(pl.Series([text], dtype=pl.String)).word_chars.sum() == counted


@given(st.lists(st.none() | WRITING, max_size=6))
def test_a_document_has_the_same_words_alone_and_in_a_batch(texts):
    batch = tokenise(pl.Series(texts, dtype=pl.String))
    for place, text in enumerate(texts):
        begin, end = batch.doc_start[place : place + 2]
        assert batch.word_hash[begin:end].tolist() == hashes(text or "")


@pytest.fixture(scope="module")
def letters():
    """All code points but the unassigned, private and surrogate ones."""
    every = (chr(point) for point in range(0x110000))
    return [each for each in every if unicodedata.category(each) not in ("Cn", "Co", "Cs")]


def test_each_letter_of_a_script_without_spaces_is_known_as_one(letters):
    flags = tables().kind & SOLO > 0
    for letter in letters:
        point = ord(letter)
        is_letter = unicodedata.category(letter)[0] == "L" and point not in HALFWIDTH_VOICING
        assert flags[point] == (point in HAN_ZERO or (is_letter and _is_unspaced(letter))), point


def test_the_tables_fold_each_letter_as_fold_does(letters):
    made = tables()
    for letter in letters:
        place = made.fold[ord(letter)]
        size = made.expansion[-place] if place < 0 else 0
        points = made.expansion[1 - place : 1 - place + size] if place < 0 else [place]
        assert "".join(map(chr, points)) == fold(letter), ord(letter)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HABARI", "habari"),
        ("ＡＢＣ１２", "abc12"),
        ("٢٠٢٦", "2026"),
        ("২০২৬", "๒๐๒๖"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("Straße", "STRASSE"),
        ("IŞIK", "ışık"),
        ("İPLİK", "iplik"),
        ("می‌خواهم", "میخواهم"),
        ("co\u00adoperate", "cooperate"),
        ("ｶﾅ", "カナ"),
    ],
)
def test_writings_of_one_word_have_one_hash(one, other):
    assert hashes(one) == hashes(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("कि", "की"), ("ọkọ", "oko"), ("ကျ", "ကြ"), ("ที่", "ที"), ("دَرس", "درس"), ("ma", "mạ")],
)
def test_marks_make_other_words(one, other):
    assert hashes(one) != hashes(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ระบบ", 4),
        ("ភាសាខ្មែរ", 5),
        ("中文 text 2026", 4),
        ("Ng’ombe wangu", 3),
        ("ሰላም፡ለዓለም።", 2),
        ("한국어 문서", 2),
        ("ଓଡ଼ିଆ ଭାଷା", 2),
        ("日本語のテキスト", 8),
        ("ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", 2),
        ("e-mail", 2),
        ("", 0),
        ("\u200d\u200c", 0),
    ],
)
def test_words_are_counted_as_the_script_parts_them(text, words):
    assert len(hashes(text)) == words


def test_empty_columns_null_columns_slices_and_chunks_are_all_read():
    assert len(tokenise(pl.Series([], dtype=pl.String))) == 0
    assert tokenise(pl.Series([None, None])).doc_start.tolist() == [0, 0, 0]
    whole = pl.Series(["nje", "ndani ya nyumba", None, "mlango"])
    chunked = pl.concat([whole[:2], whole[2:]], rechunk=False)
    sliced = pl.concat([pl.Series(["mbele"]), whole]).slice(1)
    expected = tokenise(whole)
    for column in (chunked, sliced):
        assert tokenise(column).word_hash.tolist() == expected.word_hash.tolist()
        assert tokenise(column).doc_start.tolist() == expected.doc_start.tolist() == [0, 1, 4, 4, 5]


def test_hashes_are_the_same_on_every_machine():
    # If this changes, the fingerprints of earlier releases no longer match: change it knowingly.
    assert hashes("haki ภ") == [6155909038526709576, 3530291708341236577]


@given(st.lists(WRITING, max_size=4), st.integers(1, 6))
def test_a_shingle_is_a_run_of_words_and_equal_runs_have_equal_hashes(texts, size):
    tokens = tokenise(pl.Series(texts, dtype=pl.String))
    found, starts = shingle_hashes(tokens, size)
    runs = []
    for begin, end in zip(tokens.doc_start[:-1], tokens.doc_start[1:], strict=True):
        words = tokens.word_hash[begin:end].tolist()
        runs.append([tuple(words[at : at + size]) for at in range(len(words) - size + 1)])
    assert np.diff(starts).tolist() == [len(run) for run in runs]
    pairs = set(zip(chain.from_iterable(runs), found.tolist(), strict=True))
    assert len(pairs) == len({run for run, _ in pairs}) == len({number for _, number in pairs})
    assert (found.dtype, starts.dtype) == (np.uint32, np.int64)


def test_shingles_of_real_length_rarely_share_a_hash():
    numbers = " ".join(str(number) for number in range(60_000))
    found, _ = shingle_hashes(tokenise(pl.Series([numbers])))
    assert len(np.unique(found)) > len(found) - 10  # 32 bits: 0.4 collisions are expected
