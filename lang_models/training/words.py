"""The commonest words of each language of a model: what a new language is told apart from.

The list lies beside a model as `NAME.words.tsv.gz`: tag, word, count. Whoever adds a language to
the model has no text of the others; made-up lines of their words stand in for it.
"""

import gzip
import zlib
from pathlib import Path

import numpy as np
import polars as pl

from lang_models.training.digest import chances
from lang_models.writing import UNSPACED_CODES
from schemas.errors import InputError

WORDS = {"tag": pl.String, "word": pl.String, "count": pl.Int64}
#: The 200 commonest make up about half of running text; 700 languages of them take under a
#: megabyte (measured 2026-11-25 on the text of the package's model).
_MOST_WORDS = 200
_LONGEST_CHARS = 30
#: In scripts without spaces so many letters in a row stand for a word.
_PIECE = ".{1,4}"
_LENGTH, _OWN, _PICK, _FOREIGN = 11, 12, 13, 14
_MOST_IN_LINE = 20


def commonest(lines: pl.DataFrame) -> pl.DataFrame:
    """The commonest words of each language, the most frequent first.

    Args:
        lines: `tag` and `text`, as the model sees it. A word that stands once is left out.
    """
    is_solo = pl.col("tag").str.slice(4).is_in(list(UNSPACED_CODES))
    pieces = pl.when(is_solo).then(pl.col("text").str.extract_all(_PIECE))
    words = lines.select("tag", word=pieces.otherwise(pl.col("text").str.split(" "))).explode(
        "word"
    )
    words = words.filter(pl.col("word").str.len_chars().is_between(1, _LONGEST_CHARS))
    counts = words.group_by("tag", "word").agg(count=pl.len().cast(pl.Int64))
    counts = counts.filter(pl.col("count") > 1).sort("tag", -pl.col("count"), "word")
    return counts.group_by("tag", maintain_order=True).head(_MOST_WORDS).select(*WORDS)


def path_of(model: Path) -> Path:
    """Where the words of a model lie."""
    return model.with_suffix(".words.tsv.gz")


def packed(words: pl.DataFrame) -> bytes:
    """The file of some words; the same bytes for the same words."""
    table = words.write_csv(separator="\t", include_header=False, quote_style="never")
    return gzip.compress(table.encode(), mtime=0)


def read(model: Path) -> pl.DataFrame:
    """The words that lie beside a model; none where there is no such file.

    Raises:
        InputError: the file is damaged.
    """
    path = path_of(model)
    if not path.exists():
        return pl.DataFrame(schema=WORDS)
    try:
        content = gzip.decompress(path.read_bytes())
        return pl.read_csv(
            content, separator="\t", has_header=False, schema=WORDS, quote_char=None
        ).drop_nulls()
    except (OSError, EOFError, zlib.error, pl.exceptions.PolarsError) as error:
        raise InputError(f"{path}: no list of words ({type(error).__name__})") from None


def invented(
    words: pl.DataFrame, lines_a_tag: int, foreign_share: float, seed: int
) -> pl.DataFrame:
    """Lines of words drawn by their frequency, of 1 to 20 words, the same for the same seed.

    Args:
        words: as `commonest` gives them.
        lines_a_tag: how many for each language.
        foreign_share: of the words, so many are drawn from all languages, as loans and names.
        seed: another one gives other lines.

    Returns:
        `tag` and `text`, the languages one after another.
    """
    words = words.sort("tag", maintain_order=True)
    tags, first, sizes = np.unique(words["tag"].to_numpy(), return_index=True, return_counts=True)
    lines = len(tags) * lines_a_tag
    number = np.arange(lines, dtype=np.uint64) + np.uint64(seed * 1_000_003)
    length = 1 + (chances(number, _LENGTH) * _MOST_IN_LINE).astype(np.int64)
    line = np.repeat(np.arange(lines), length)
    place = np.arange(len(line), dtype=np.uint64) + np.uint64(seed * 1_000_003)
    tag = line // max(lines_a_tag, 1)
    ends = np.cumsum(words["count"].to_numpy().astype(np.float64))
    before = np.r_[0.0, ends][first]
    within = ends[first + sizes - 1] - before
    own = np.searchsorted(ends, before[tag] + chances(place, _PICK) * within[tag], "right")
    rare = np.cumsum(np.sqrt(words["count"].to_numpy()))
    other = np.searchsorted(rare, chances(place, _FOREIGN) * rare[-1], "right") if lines else own
    taken = np.where(chances(place, _OWN) < foreign_share, other, own)
    drawn = pl.DataFrame(
        {"line": line, "word": words["word"].gather(taken.clip(max=len(words) - 1))}
    )
    text = drawn.group_by("line", maintain_order=True).agg(pl.col("word").str.join(" "))
    return pl.DataFrame(
        {
            "tag": pl.Series(tags, dtype=pl.String).gather(np.arange(lines) // max(lines_a_tag, 1)),
            "text": text["word"],
        }
    )
