"""Requests as they are given: a YAML file, or options whose values may come from elsewhere."""

import sys
import tempfile
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError

from schemas.errors import InputError
from schemas.takedown import TakedownRequest
from schemas.yaml_files import read_record


def read_request(path: str) -> TakedownRequest:
    """The request in a file, or on standard input for `-`; its files lie beside it.

    Raises:
        InputError: all mistakes at once, with file and line.
    """
    if path == "-":
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "standard-input"
            copy.write_text(sys.stdin.read(), encoding="utf-8")
            return _rooted(read_record(copy, TakedownRequest), Path.cwd())
    return _rooted(read_record(Path(path), TakedownRequest), Path(path).resolve().parent)


def of_options(
    ground: str | None, named: dict[str, list[str]], standard_input: TextIO
) -> TakedownRequest:
    """The request that options make; a value `-` is read, so that no shell remembers it.

    Raises:
        InputError: a value is none of its kind, or there is no ground.
    """
    match = [
        {kind: _value(kind, value, standard_input)}
        for kind, values in named.items()
        for value in values
    ]
    try:
        request = TakedownRequest.model_validate({"ground": ground, "match": match})
    except ValidationError as error:
        wrong = "; ".join(sorted({_told(one) for one in error.errors()}))
        raise InputError(f"the request cannot be used: {wrong}") from None
    return _rooted(request, Path.cwd())


def _value(kind: str, value: str, standard_input: TextIO) -> str:
    if kind == "passage":
        try:
            return (
                Path(value).read_text(encoding="utf-8") if value != "-" else standard_input.read()
            )
        except (OSError, UnicodeDecodeError):
            raise InputError(f"{value}: the file of the passage cannot be read as UTF-8") from None
    return standard_input.readline().strip() if value == "-" else value


def _told(error: Any) -> str:  # noqa: ANN401  # as pydantic has it
    place = ".".join(str(part) for part in error["loc"] if not isinstance(part, int))
    return f"{place}: {error['msg']}"


def _rooted(request: TakedownRequest, folder: Path) -> TakedownRequest:
    """The request with its files named from the root, and looked at.

    Raises:
        InputError: one of them is not there.
    """
    match = []
    for matcher in request.match:
        if matcher.file is None:
            match.append(matcher)
            continue
        path = (folder / matcher.file).resolve()
        if not path.is_file():
            raise InputError(f"{path}: there is no such file; give the text of the document")
        match.append(matcher.model_copy(update={"file": str(path)}))
    return request.model_copy(update={"match": match})
