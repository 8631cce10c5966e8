"""Looks whether the installation can do its work."""

import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pipelines.run import DECIDING_PACKAGES


def examine() -> list[dict[str, Any]]:
    """One row per thing looked at: what, whether it is well, and what was found."""
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("language model", _model),
        ("kernels", _kernels),
        ("personal data", _recognisers),
        ("great expectations", _expectations),
        ("beam", _beam),
    )
    return [_look(name, look) for name, look in looks]


def _look(name: str, look: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"what": name, "ok": True, "found": look()}
    except Exception as error:  # whatever is wrong is the finding
        return {"what": name, "ok": False, "found": f"{type(error).__name__}: {error}"}


def _python() -> str:
    return sys.version.split()[0]


def _packages() -> str:
    missing = []
    for name in DECIDING_PACKAGES:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        raise RuntimeError(f"not installed: {', '.join(missing)}; run `make install`")
    return f"{len(DECIDING_PACKAGES)} that decide what comes out"


def _model() -> str:
    from lang_models.identify import Identifier  # noqa: PLC0415

    return Identifier.load().name


def _kernels() -> str:
    import polars as pl  # noqa: PLC0415

    from lang_models.tokens import tokenise  # noqa: PLC0415

    words = len(tokenise(pl.Series(["Habari ya asubuhi"])).word_hash)
    return f"{words} words found in three"


def _recognisers() -> str:
    from governance.pii import RECOGNISERS  # noqa: PLC0415

    return f"{len(RECOGNISERS)} recognisers"


def _expectations() -> str:
    return f"great-expectations {version('great-expectations')}"


def _beam() -> str:
    from pipelines.runners import RUNNERS  # noqa: PLC0415

    return ", ".join(runner.name for runner in RUNNERS if runner.missing() is None)
