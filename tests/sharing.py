"""Which tests share a worker: those of one file, and the files that are marked as one group.

A run or a release takes half a minute to make, so tests that share one must not be spread. The
marks of pytest-xdist 3.8 reach its scheduler by names of tests that pytest 9.2 no longer lets
plugins change; so the scheduler looks for the mark in the file itself.
"""

import re
from functools import lru_cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parent.parent
_MARK = re.compile(r'xdist_group\("([^"]+)"\)')


class ByGroup(LoadScopeScheduling):
    """Gives a worker whole groups of tests, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid.partition("::")[0])


@lru_cache(maxsize=1024)
def group(file: str) -> str:
    """The group that a file of tests is marked with, or the file itself."""
    found = _MARK.search((ROOT / file).read_text(encoding="utf-8"))
    return found[1] if found else file
