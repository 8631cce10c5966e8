"""How Beam packs a batch, and what it weighs without being packed.

Beam weighs some of what passes between steps, by packing it when it knows no better. A
batch goes from hand to hand inside one worker and is never packed for anything else. On 100
MB that was 72 times, for 2.4 of 26.1 CPU seconds (`tests/benchmarks/same_work.py` with one
worker, 2026-11-25).
"""

import pickle

from apache_beam.coders import Coder
from apache_beam.coders.typecoders import registry

from pipelines.batch import Batch


class BatchCoder(Coder):
    """Batches as bytes, for runners that do carry them from one process to another."""

    def encode(self, value: Batch) -> bytes:
        """The batch, packed."""
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def decode(self, encoded: bytes) -> Batch:
        """The batch, unpacked; it comes from a worker of the same run."""
        batch = pickle.loads(encoded)  # noqa: S301  # as Beam does for every type it does not know
        assert isinstance(batch, Batch)  # noqa: S101  # nothing else is packed so
        return batch

    def estimate_size(self, value: Batch) -> int:
        """Bytes of its columns in memory, told at once; 0 when it is staged already."""
        return 0 if value.frame is None else int(value.frame.estimated_size())

    def is_deterministic(self) -> bool:
        """False: a batch is never a key."""
        return False


def register() -> None:
    """Makes Beam use it for every collection of batches."""
    registry.register_coder(Batch, BatchCoder)
