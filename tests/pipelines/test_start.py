"""How a run starts: without what no step uses, and without making it unusable elsewhere."""

import subprocess
import sys

PROGRAM = """
import sys
{first}
import pipelines.curate, pipelines.job
import numpy, polars, pyarrow
polars.from_arrow(pyarrow.table({{"n": pyarrow.array(numpy.arange(3))}}))
print([name for name in ("pandas", "pymongo", "great_expectations") if name in sys.modules])
try:
    import pandas
except ImportError as error:
    print(error)
"""


def _printed(first):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(first=first)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_a_run_imports_neither_pandas_nor_databases_nor_great_expectations():
    said = _printed("from pipelines.runners import quieten; quieten(); quieten()")
    assert said == ["[]", "pandas is left out of runs"]


def test_programs_that_use_our_modules_keep_their_pandas():
    assert "is left out" not in "".join(_printed("import pandas"))
