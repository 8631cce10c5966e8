"""The job without validation and report, which the peer has no counterpart of.

usage: same_work.py RUN.yaml WORKERS   (writes the shards, the run's record and the indexes)
"""

import sys
from pathlib import Path

from pipelines.runners import quieten

quieten()
from pipelines.inputs import find_all  # noqa: E402  # after Beam was told to be quiet
from pipelines.job import Job  # noqa: E402
from pipelines.load import load_run  # noqa: E402

if __name__ == "__main__":
    path = Path(sys.argv[1])
    run = load_run(path)
    Job(path, workers=int(sys.argv[2]))._write(run, find_all(run), with_progress=False)
