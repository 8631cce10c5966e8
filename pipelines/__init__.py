"""What happens, in order: the Beam graph, its steps, the formats it reads and the command."""

import os

# Freed memory goes back to the system at once, or a run would seem to need what its largest
# shards needed together. Both libraries read this when they are first imported, so it stands
# here; whoever sets them otherwise is right. On 100 MB the peak falls from 976 to 853 MB for
# the same CPU seconds (`tests/benchmarks/same_work.py` with one worker, as it is and with
# ARROW_DEFAULT_MEMORY_POOL=mimalloc _RJEM_MALLOC_CONF=dirty_decay_ms:10000; 2026-11-25).
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:200,muzzy_decay_ms:0")  # Polars
