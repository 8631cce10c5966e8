"""Carries a function over the rows of a batch, so that steps know neither batches nor Beam."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipelines.batch import Batch
from pipelines.clock import clock
from pipelines.run import Run

RowStep = Callable[..., pl.DataFrame]


@dataclass(frozen=True)
class over_rows:  # noqa: N801  # it is used like a function
    """A step over rows as a step over batches.

    Args:
        step: takes the rows, and the run where it needs it; returns the rows.
        run: given to the step when it is not None.
    """

    step: RowStep
    run: Run | None = None

    def __call__(self, batch: Batch) -> Batch:
        """The batch after the step; a batch that is staged already passes as it is."""
        with clock(self.step.__name__):
            if self.run is None:
                return batch.map(self.step)
            run = self.run
            return batch.map(lambda frame: self.step(frame, run))
