"""How a model wants its text: as it is, or in lower case, or letters alone.

A model knows only text like the one it was trained on. What that was stands in the model's own
file, in a number that nothing else needs once the training is over (how often the learning rate
was updated), so that it cannot get lost and every program that reads fastText's files still can.
A model that does not say it, such as lid.176, is given text as it is.
"""

from pathlib import Path
from typing import NamedTuple

import polars as pl

from lang_models.fasttext_file import HEAD, Head

#: The letters E, N, D and a byte of flags, as an update rate of over a thousand million tokens,
#: which nobody sets.
_MARK = 0x454E4400
_LOWER_CASE, _LETTERS_ONLY = 1, 2
#: All but letters, the marks on them, the two joiners, and what stands within words: apostrophes
#: of every kind and hyphens.
_NO_LETTERS = r"[^\p{L}\p{M}\x{200c}\x{200d}'’ʻʼ`´-]+"


class Preparation(NamedTuple):
    """What is done to text before a model sees it.

    Attributes:
        lower_case: capitals become small letters.
        letters_only: digits, punctuation and signs become blanks.
    """

    lower_case: bool = False
    letters_only: bool = False

    @property
    def mark(self) -> int:
        """The number that stands in the file of a model that was trained on such text."""
        return _MARK | _LOWER_CASE * self.lower_case | _LETTERS_ONLY * self.letters_only

    def apply(self, text: pl.Series) -> pl.Series:
        """The text as the model wants it.

        >>> Preparation(True, True).apply(pl.Series(["N'ko: 3 Sɔ̀mɛ!"])).to_list()
        ["n'ko sɔ̀mɛ "]
        """
        if self.lower_case:
            text = text.str.to_lowercase()
        if self.letters_only:
            text = text.str.replace_all(_NO_LETTERS, " ")
        return text


def of_mark(mark: int) -> Preparation:
    """The preparation that a model's file asks for; none where it says nothing.

    >>> of_mark(Preparation(lower_case=True).mark)
    Preparation(lower_case=True, letters_only=False)
    >>> of_mark(100)
    Preparation(lower_case=False, letters_only=False)
    """
    if mark & ~(_LOWER_CASE | _LETTERS_ONLY) != _MARK:
        return Preparation()
    return Preparation(bool(mark & _LOWER_CASE), bool(mark & _LETTERS_ONLY))


def of_file(path: Path) -> Preparation:
    """The preparation that a model file asks for.

    Args:
        path: of a file that passed `fasttext_file.fault`.
    """
    with path.open("rb") as file:
        return of_mark(Head(*HEAD.unpack(file.read(HEAD.size))).update_rate)
