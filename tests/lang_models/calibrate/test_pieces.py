import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from lang_models.calibrate.pieces import pieces
from lang_models.tokens import tokenise

ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.text("ab .\n১।", max_size=30)), max_size=20
).map(lambda rows: sorted(rows, key=lambda row: row[0]))


def _frame(rows):
    return pl.DataFrame(rows, schema={"source": pl.String, "text": pl.String}, orient="row")


def _words(text):
    return tokenise(text).word_hash.tolist()


@given(ROWS, st.integers(1, 8))
def test_every_piece_has_words_enough_and_no_word_is_lost_but_at_the_end_of_a_source(rows, least):
    cut = pieces(_frame(rows), least)
    for source in "ab":
        own = cut.filter(pl.col("source") == source)["text"]
        whole = _words(pl.Series([text for name, text in rows if name == source], dtype=pl.String))
        assert all(len(_words(pl.Series([text]))) >= least for text in own)
        taken = _words(own)
        assert taken == whole[: len(taken)]


def test_a_long_line_is_cut_behind_its_sentences_in_any_script():
    text = "यह एक है। वह दो है। “ጤና ይስጥልኝ።” አዲስ ቀን። One two? Three four!"
    cut = pieces(_frame([("a", text)]), 2)["text"].to_list()
    assert cut == ["यह एक है।", "वह दो है।", "“ጤና ይስጥልኝ።”", "አዲስ ቀን።", "One two?", "Three four!"]


def test_no_piece_is_of_two_sources():
    cut = pieces(_frame([("a", "one two"), ("b", "three four five")]), 3)
    assert cut.rows() == [("b", "three four five")]
