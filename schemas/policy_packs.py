"""Policies by name or by path, each of which may extend another one."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from schemas.errors import InputError
from schemas.policy import Policy
from schemas.yaml_files import read_record, read_yaml

#: The folder of the policies in the package.
FOLDER = Path(str(files("schemas"))) / "policies"


def names() -> list[str]:
    """The policies of the package.

    >>> names()
    ['eu', 'kenya', 'research', 'strict']
    """
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read_policy(named: str, folder: Path) -> Policy:
    """The policy of this name, or in this file, with all that it extends.

    A policy replaces what it says itself, key by key; a list replaces the whole list.

    Args:
        named: name of a policy of the package, or a path.
        folder: where a path starts.

    Raises:
        InputError: all mistakes of all the files, each with its line; or a circle.
    """
    layers = _layers(named, folder, ())
    problems: list[str] = []
    for path, _ in layers:
        try:
            read_record(path, Policy)
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise InputError("\n".join(problems))
    whole: dict[str, Any] = {}
    for path, values in reversed(layers):
        whole = _merged(whole, _absolute(values, path.parent))
    return Policy.model_validate(whole)


def _layers(
    named: str, folder: Path, before: tuple[Path, ...]
) -> list[tuple[Path, dict[str, Any]]]:
    path = _path(named, folder)
    if path in before:
        raise InputError(f"{path}: extends itself by way of {before[-1].name}; end the circle")
    values, _ = read_yaml(path)
    above = values.get("extends")
    if not isinstance(above, str):
        return [(path, values)]
    return [(path, values), *_layers(above, path.parent, (*before, path))]


def _path(named: str, folder: Path) -> Path:
    if named in names() and not (folder / named).is_file():
        return FOLDER / f"{named}.yaml"
    path = (folder / named).resolve()
    if not path.is_file():
        raise InputError(
            f"{path}: there is no such policy; give a file, or one of {', '.join(names())}"
        )
    return path


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(below)
    for key, value in above.items():
        inner = whole.get(key)
        both = isinstance(inner, dict) and isinstance(value, dict)
        whole[key] = _merged(inner or {}, value) if both else value
    return whole


def _absolute(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The files that a policy names, seen from where the policy lies."""
    made = dict(values)
    rules, signoff = made.get("opt_outs"), made.get("signoff")
    if isinstance(rules, dict) and rules.get("national_lists"):
        lists = [str(folder / path) for path in rules["national_lists"]]
        made["opt_outs"] = {**rules, "national_lists": lists}
    if isinstance(signoff, dict) and signoff.get("keys"):
        keys = {role: [_key(key, folder) for key in of] for role, of in signoff["keys"].items()}
        made["signoff"] = {**signoff, "keys": keys}
    return made


def _key(key: str, folder: Path) -> str:
    """A file of that name beside the policy, else what it is: a fingerprint."""
    return str(folder / key) if (folder / key).is_file() else key
