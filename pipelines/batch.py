"""What flows through the graph: about 16 MB of documents, or the note that they are done."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from lang_models.tokens import Tokens


@dataclass(frozen=True)
class Batch:
    """Some documents of one split.

    Args:
        name: 16 hexadecimal characters, a keyed digest of the raw records and of all settings
            that decide what becomes of them; the staged file is called so.
        frame: one row per record; None when an earlier attempt has staged the batch already.
        read_bytes: how much of the input file it took, for the progress shown.
        tokens: the words of every document, once they were looked for.
    """

    name: str
    frame: pl.DataFrame | None
    read_bytes: int
    tokens: Tokens | None = None

    def map(self, step: Callable[[pl.DataFrame], pl.DataFrame]) -> "Batch":
        """The batch after a step; one that is staged already passes as it is."""
        return self if self.frame is None else replace(self, frame=step(self.frame))
