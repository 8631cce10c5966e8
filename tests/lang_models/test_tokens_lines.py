"""Lines and signs of a batch: the kernels against plain definitions."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models.fold import BULLET, CLOSER, DENSE, ELLIPSIS, SPACE, TERMINAL, tables
from lang_models.lines import BULLET_LINE, ELLIPSIS_LINE, SENTENCE_LINE, SHORT_LINE
from lang_models.tokens import Tokens, tokenise

PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "\t", "\u3000", ".", "..", "...", "…", "。", "።", "؟", "”", "»", ")", "* ",
     "- ", "• ", "#", "{", "}", "haki", "права", "สิทธิ", "权利", "권리", "x" * 28, "权" * 9]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def flags(letter: str) -> int:
    return int(tables().kind[ord(letter)])


def trimmed(line: str) -> str:
    while line and flags(line[0]) & SPACE:
        line = line[1:]
    while line and flags(line[-1]) & SPACE:
        line = line[:-1]
    return line


def kind_of(line: str) -> int:
    """The bits of a line that has no blanks around it and is not empty."""
    end = line
    while end and flags(end[-1]) & (CLOSER | SPACE):
        end = end[:-1]
    ends_sentence = bool(end) and flags(end[-1]) & TERMINAL
    trails = bool(end) and (flags(end[-1]) & ELLIPSIS or end.endswith("..."))
    width = sum(3 if flags(letter) & DENSE else 1 for letter in line)
    return (
        bool(flags(line[0]) & BULLET) * BULLET_LINE
        + bool(ends_sentence) * SENTENCE_LINE
        + bool(trails) * ELLIPSIS_LINE
        + (width <= 30) * SHORT_LINE
    )


def one(text: str) -> Tokens:
    return tokenise(pl.Series([text], dtype=pl.String))


@given(st.lists(TEXTS, max_size=4))
def test_lines_are_described_as_the_definition_does(texts):
    tokens = tokenise(pl.Series(texts, dtype=pl.String))
    lines = [[trimmed(line) for line in text.split("\n")] for text in texts]
    assert [len(found) for found in lines] == [
        end - begin for begin, end in zip(tokens.line_start, tokens.line_start[1:], strict=False)
    ]
    flat = [line for found in lines for line in found]
    assert tokens.line_chars.tolist() == [len(line) for line in flat]
    assert tokens.line_kind.tolist() == [kind_of(line) if line else 0 for line in flat]


@given(st.lists(TEXTS, max_size=4))
def test_lines_have_one_hash_when_they_are_equal_and_else_another(texts):
    tokens = tokenise(pl.Series(texts, dtype=pl.String))
    flat = [trimmed(line) for text in texts for line in text.split("\n")]
    pairs = {pair for pair in zip(flat, tokens.line_hash.tolist(), strict=True) if pair[0]}
    assert len(pairs) == len({line for line, _ in pairs}) == len({number for _, number in pairs})


@given(TEXTS)
def test_each_line_knows_its_first_word(text):
    tokens = one(text)
    words = [len(one(line).word_hash) for line in text.split("\n")]
    assert tokens.line_word.tolist() == [sum(words[:place]) for place in range(len(words) + 1)]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("#haki ＃haki", [2, 0, 0]),
        ("Na kisha... ndipo… basi", [0, 2, 0]),
        ("....... ..", [0, 1, 0]),
        ("Moja.\nMbili.\nTatu.", [0, 0, 0]),
        ("...\n...", [0, 2, 0]),
        ("{ } ᠁ ⋯", [0, 2, 2]),
        ("", [0, 0, 0]),
    ],
)
def test_number_signs_ellipses_and_brackets_are_counted(text, signs):
    assert one(text).doc_signs.tolist() == [signs]


@pytest.mark.parametrize(
    "line",
    [
        "Haki zote ni sawa.", "Ni nani?", "他们赋有理性和良心。", "人々は自由である！」",
        "सब स्वतन्त्र हैं।",
        "ሰው ሁሉ ነጻ ነው።", "ሰብ ናፃ እዩ፡፡", "هل هذا حق؟", "تمام انسان آزاد ہیں۔", "လူတိုင်း လွတ်လပ်သည်။",
        "មនុស្សទាំងអស់កើតមកមានសេរីភាព។", "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་ཡོད།", "Բոլոր մարդիկ ազատ են։",
        "ᠬᠦᠮᠦᠨ ᠪᠦᠷ ᠡᠷᠬᠡ ᠴᠢᠯᠦᠭᠡ ᠲᠡᠢ᠃", "ߡߐ߱ ߓߍ߯ ߦߋ߫߹", "ᐃᓄᓕᒫᑦ ᐊᓂᖅᑎᕆᔪᓕᒫᑦ᙮", "„Alle sind frei.“",
        "« Tous sont libres. »", "(Todos son libres.)", "ꦱꦧꦼꦤ꧀ꦲꦸꦮꦺꦴꦁ꧉",
    ],
)  # fmt: skip
def test_sentences_end_in_every_script(line):
    assert one(line).line_kind[0] & SENTENCE_LINE


@pytest.mark.parametrize(
    "line", ["Menyu", "Home | About", "Orodha:", "首页", "「引用」", "2026", ")"]
)
def test_other_lines_end_no_sentence(line):
    assert not one(line).line_kind[0] & SENTENCE_LINE


def test_a_short_line_is_shorter_in_dense_scripts():
    lines = one("\n".join(["a" * 30, "a" * 31, "权" * 10, "权" * 11, "สิ" * 15, "สิ" * 16]))
    assert (lines.line_kind & SHORT_LINE > 0).tolist() == [True, False, True, False, True, False]
