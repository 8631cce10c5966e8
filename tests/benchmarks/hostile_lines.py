"""How long each recogniser looks at a megabyte made to hurt it.

usage: python -m tests.benchmarks.hostile_lines [--mb 1]
"""

import argparse
import time

from governance.pii.recogniser import Recogniser, TooDenseError, Window
from governance.pii.recognisers import RECOGNISERS
from governance.pii.territories import territories
from tests.governance.hostile import HOSTILE, line, mixed


def main() -> None:
    """Prints the slowest line of each recogniser, in CPU seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=float, default=1)
    chars = int(parser.parse_args().mb * 1_000_000)
    lines = {name: line(unit, chars) for name, unit in HOSTILE.items()}
    lines["mixed"] = mixed(1, chars)
    for recogniser in RECOGNISERS:
        took = [(_seconds(recogniser, text), name) for name, text in lines.items()]
        (seconds, how), name = max(took)
        print(f"{recogniser.name:<36} {seconds:6.3f} s  {name} ({how})")


def _seconds(recogniser: Recogniser, text: str) -> tuple[float, str]:
    window = Window(text, territories("eng_Latn", "US"))
    begun = time.process_time()
    try:
        how = f"{sum(1 for _ in recogniser.find(window))} found"
    except TooDenseError:
        how = "too dense"
    return time.process_time() - begun, how


if __name__ == "__main__":
    main()
