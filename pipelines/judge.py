"""Judges a draft in a process of its own, so that its memory does not add to the run's."""

import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from pipelines.files import writing
from pipelines.quiet import collect_seldom
from pipelines.shown import Steps
from schemas.errors import InputError

VALIDATE, REPORT = "validate", "report"


def judge(names: Sequence[str], draft: Path, *, shown: bool) -> dict[str, float]:
    """Validates a draft, writes its report, or both: one process imports what they share once.

    Args:
        names: of `validate` and `report`, in the order to do them.
        draft: folder of the release to be.
        shown: whether to show how far it is.

    Returns:
        How many seconds each took.

    Raises:
        InputError: the disk is full, or the process was killed.
    """
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    arguments = (tuple(names), draft, shown, sending)
    process = context.Process(target=_work, args=arguments, daemon=True)
    process.start()
    sending.close()
    try:
        told = _received(receiving)
        process.join()
    finally:
        if process.is_alive():  # we were interrupted: what is written is written again
            process.kill()
    if isinstance(told, str):
        raise InputError(told)
    if process.exitcode and process.exitcode < 0:
        raise InputError(
            f"{' and '.join(names)}: was killed by signal {-process.exitcode}, perhaps for want of"
            " memory; start the same command again: it goes on where it stopped"
        )
    if process.exitcode:
        raise RuntimeError(f"{' and '.join(names)} failed; what went wrong stands above")
    return told


def _received(receiving: Connection) -> dict[str, float] | str:
    """The seconds, or what was wrong."""
    try:
        told: dict[str, float] | str = receiving.recv()
    except EOFError:  # nothing was said: it was interrupted or killed
        return {}
    return told


def _work(names: Sequence[str], draft: Path, shown: bool, sending: Connection) -> None:
    collect_seldom()
    seconds = {}
    try:
        for name in names:
            started = time.monotonic()
            _one(name, draft, shown=shown)
            seconds[name] = round(time.monotonic() - started, 2)
        sending.send(seconds)
    except InputError as error:
        sending.send(str(error))
    except KeyboardInterrupt:  # the run was interrupted, and says so
        pass


def _one(name: str, draft: Path, *, shown: bool) -> None:
    with Steps(name, shown=shown) as steps, writing(draft):
        if name == VALIDATE:
            from governance.validate import validate  # noqa: PLC0415  # takes seconds
            from pipelines.compare import compare  # noqa: PLC0415

            validate(draft, progress=steps.step, compare=compare)
        else:
            from governance.report import write_report  # noqa: PLC0415

            write_report(draft, progress=steps.count)
        from governance.proof.last_look import last_look  # noqa: PLC0415

        if last_look(draft) and name == REPORT:  # its first page must say so
            write_report(draft)
