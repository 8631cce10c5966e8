"""Judges a draft in a process of its own, so that its memory does not add to the run's."""

from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from pipelines.files import writing
from pipelines.runners import collect_seldom
from pipelines.shown import Steps
from schemas.errors import InputError

VALIDATE, REPORT = "validate", "report"


def judge(name: str, draft: Path, *, shown: bool) -> None:
    """Validates a draft, or writes its report.

    Args:
        name: `validate` or `report`.
        draft: folder of the release to be.
        shown: whether to show how far it is.

    Raises:
        InputError: the disk is full, or the process was killed.
    """
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(name, draft, shown, sending), daemon=True)
    process.start()
    sending.close()
    try:
        told = _received(receiving)
        process.join()
    finally:
        if process.is_alive():  # we were interrupted: what is written is written again
            process.kill()
    if told:
        raise InputError(told)
    if process.exitcode and process.exitcode < 0:
        raise InputError(
            f"{name}: was killed by signal {-process.exitcode}, perhaps for want of memory;"
            " start the same command again: it goes on where it stopped"
        )
    if process.exitcode:
        raise RuntimeError(f"{name} failed; what went wrong stands above")


def _received(receiving: Connection) -> str | None:
    try:
        return str(receiving.recv())
    except EOFError:  # nothing was said, so nothing was wrong, or it was killed
        return None


def _work(name: str, draft: Path, shown: bool, sending: Connection) -> None:
    collect_seldom()
    try:
        with Steps(name, shown=shown) as steps, writing(draft):
            if name == VALIDATE:
                from governance.validate import validate  # noqa: PLC0415  # takes seconds

                validate(draft, progress=steps.step)
            else:
                from governance.report import write_report  # noqa: PLC0415

                write_report(draft, progress=steps.count)
            from governance.proof.last_look import last_look  # noqa: PLC0415

            if last_look(draft) and name == REPORT:  # its first page must say so
                write_report(draft)
    except InputError as error:
        sending.send(str(error))
    except KeyboardInterrupt:  # the run was interrupted, and says so
        pass
