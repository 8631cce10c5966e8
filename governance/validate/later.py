"""Modules that another package imports at its top and hardly ever uses: imported when asked for.

Great Expectations imports SciPy's statistics and a library for charts, for expectations about
distributions that no suite here has. They were 1.0 of the 2.4 CPU seconds that its import took
(Great Expectations 1.24, SciPy 1.17, Altair 6; `time.process_time` around the import, 2026-11-25).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _WhenAsked(ModuleType):
    """Stands for a module; whoever asks for something of it gets it from the module itself."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the module holds
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def imported_when_asked(*names: str) -> Iterator[None]:
    """Within it these modules are imported in name only; those that are there stay.

    Afterwards others import them as ever.

    Args:
        names: a package before what lies in it.
    """
    standing = {name: _WhenAsked(name) for name in names if name not in sys.modules}
    for name, module in standing.items():
        package, _, last = name.rpartition(".")
        sys.modules[name] = module
        if package in standing:
            setattr(standing[package], last, module)
    try:
        yield
    finally:
        for name, module in standing.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
