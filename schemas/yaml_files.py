"""Reads a YAML file into a checked record; all mistakes at once, each with its line."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from schemas.errors import InputError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[Hashable, ...]


class _Loader(yaml.CSafeLoader):
    """Safe YAML whose dates stay as written, so that pydantic says what is wrong with them.

    libyaml's: the profiles of sixty languages take 0.1 CPU seconds with it, 0.5 without.
    """


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> tuple[dict[str, Any], dict[Place, int]]:
    """The mapping in a YAML file, and the line of each of its places.

    Returns:
        The values, and a table from a place (keys and list positions from the top)
        to the line where it stands, counted from 1. An empty file is an empty mapping.

    Raises:
        InputError: the file is missing, no UTF-8, no YAML, no mapping, or says a key twice.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({type(error).__name__})") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "is not YAML"
        raise InputError(f"{path}:{line}: this is not YAML: {problem}") from None
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise InputError(f"{path}:1: expected `key: value` lines at the top of the file")
    lines: dict[Place, int] = {}
    _mark_lines(node, (), lines, path)
    return _Loader("").construct_document(node), lines


def _mark_lines(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path) -> None:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, key.value)
            if inner in lines:
                line = key.start_mark.line + 1
                raise InputError(
                    f"{path}:{line}: the key {key.value!r} stands here a second time"
                    f" (first in line {lines[inner]}); keep one"
                )
            lines[inner] = key.start_mark.line + 1
            _mark_lines(value, inner, lines, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _mark_lines(value, (*place, index), lines, path)


def read_record(path: Path, model: type[Model], overrides: dict[str, Any] | None = None) -> Model:
    """The record that a YAML file describes.

    Args:
        path: the file.
        model: a pydantic model that refuses unknown keys.
        overrides: dotted keys with values that replace those of the file.

    Raises:
        InputError: with one line per mistake: file, line, key, what is wrong.
    """
    values, lines = read_yaml(path)
    for dotted, value in (overrides or {}).items():
        _put(values, dotted, value)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise InputError("\n".join(_mistakes(error, path, lines, model))) from None


def _put(values: dict[str, Any], dotted: str, value: Any) -> None:  # noqa: ANN401  # YAML holds anything
    *parents, last = dotted.split(".")
    for name in parents:
        inner = values.setdefault(name, {})
        if not isinstance(inner, dict):
            raise InputError(f"--set {dotted}: {name} holds no further keys")
        values = inner
    values[last] = value


def _mistakes(
    error: ValidationError, path: Path, lines: dict[Place, int], model: type[BaseModel]
) -> list[str]:
    found = []
    for item in error.errors():
        place = tuple(item["loc"])
        line = next(
            (lines[place[:size]] for size in range(len(place), -1, -1) if place[:size] in lines), 1
        )
        key = ".".join(map(str, place)) or "the file"
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            known = ", ".join(_siblings(model, place))
            message = f"there is no such key; known keys here: {known}"
        found.append(f"{path}:{line}: {key}: {message[:1].lower()}{message[1:]}")
    return found


def _siblings(model: type[BaseModel], place: Place) -> list[str]:
    here: Any = model
    for step in place[:-1]:
        field = here.model_fields.get(step) if hasattr(here, "model_fields") else None
        kinds = getattr(field.annotation, "__args__", (field.annotation,)) if field else ()
        here = next((kind for kind in kinds if hasattr(kind, "model_fields")), None)
    fields = here.model_fields if hasattr(here, "model_fields") else {}
    return sorted(field.alias or name for name, field in fields.items())
