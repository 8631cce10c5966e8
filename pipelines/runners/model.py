"""What a runner is: a way to run the job, and what it asks of the machine and of the person."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

#: Beam's options, as they are given after `--`.
Options = Sequence[str]


@dataclass(frozen=True)
class Runner:
    """One way to run the job.

    Args:
        name: as `--runner` takes it.
        description: for whom, in one line.
        asks: the options of Beam that it cannot do without, as a person reads them; "" for none.
        missing: says why it cannot be used here, or None when it can.
        problems: what is wrong with the options of Beam, one sentence each.
        make: Beam's runner, and the options that it starts from, for so many workers.
        not_sent: why a run is built and checked for it, and never sent; None when it is.
    """

    name: str
    description: str
    asks: str
    missing: Callable[[], str | None]
    problems: Callable[[Options], Iterator[str]]
    make: Callable[[int, Options], tuple[Any, list[str]]]
    not_sent: str | None = None


def value(options: Options, name: str) -> str | None:
    """What an option of Beam is set to, the last time it is given; None when it is not.

    >>> value(["--region=a", "--region", "b", "--streaming"], "region")
    'b'
    >>> value(["--streaming"], "region")
    """
    found = None
    for place, one in enumerate(options):
        key, sign, text = one.partition("=")
        if key != f"--{name}":
            continue
        if sign:
            found = text
        elif place + 1 < len(options) and not options[place + 1].startswith("--"):
            found = options[place + 1]
    return found


def beam_missing() -> str | None:
    """Why Beam itself cannot be used here, or None when it can."""
    import importlib.util  # noqa: PLC0415

    return None if importlib.util.find_spec("apache_beam") else "apache-beam is not installed"
