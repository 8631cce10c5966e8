"""Seconds, CPU seconds and memory of a whole command with all processes that it starts.

Every process of the command's session is looked at ten times a second, so that pools
which nobody waits for are counted too. A process that lives for less than that between
two looks may be missed; the figures are otherwise those of the kernel.
"""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

LOOK_SECONDS = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Args:
        seconds: from start to end.
        cpu_seconds: user and system, of all processes.
        peak_mb: memory of the largest process at its peak.
        peak_sum_mb: memory of all processes together at their peak (shared pages count in each).
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    peak_sum_mb: float


def measure(command: list[str], log: Path, environment: dict[str, str] | None = None) -> Cost:
    """Runs a command to its end and measures it.

    Raises:
        RuntimeError: the command failed; its output is in the log.
    """
    started = time.monotonic()
    cpu: dict[int, float] = {}
    peak = peak_sum = 0.0
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=_installed() | (environment or {}),
        )
        while process.poll() is None:
            sizes = _look(process.pid, cpu)
            peak, peak_sum = max([peak, *sizes]), max(peak_sum, sum(sizes))
            time.sleep(LOOK_SECONDS)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}; see {log}")
    return Cost(time.monotonic() - started, sum(cpu.values()), peak, peak_sum)


def _installed() -> dict[str, str]:
    """The environment of a user: packages keep their byte code, as pip leaves them."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _look(session: int, cpu: dict[int, float]) -> list[float]:
    sizes = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            # utime and stime; the time of waited-for children is their own entry here.
            cpu[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICKS
            sizes.append(int(fields[21]) * _PAGE_MB)
        except (OSError, IndexError, ValueError):
            continue
    return sizes
