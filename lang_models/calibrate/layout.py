"""A profile as the file that people read and change: YAML, a line a measure, sources folded."""

from typing import Any

import yaml
from pydantic import BaseModel

from lang_models.profile import ProfileFile

_WIDTH = 96
_FIRST = (
    "name", "endonym", "script", "direction", "words", "digits", "sentence_ends", "neighbours",
    "stop_words", "limits", "kept",
)  # fmt: skip
_HEAD = """\
# Measured by `endonym calibrate`. A limit or a list of stop words with another source than that is
# somebody's decision: it stays when the command is run again (docs/profiles.md).
"""


class _Line(dict[str, Any]):
    """A mapping that is written in one line."""


class _Folded(str):
    """A text that is written as a folded block."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Safe YAML with these two layouts."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand deeper than their key."""
        del indentless
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(
    _Line,
    lambda dumper, line: dumper.represent_mapping(
        "tag:yaml.org,2002:map", line.items(), flow_style=True
    ),
)
_Dumper.add_representer(
    _Folded,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=">"),
)


def as_yaml(profile: ProfileFile) -> str:
    """The file of a profile; the same profile gives the same text."""
    values = _plain(profile)
    if reference := values.get("reference"):
        reference["texts"] = [_Line(text) for text in reference["texts"]]
        spreads = reference["measures"].items()
        reference["measures"] = {name: _Line(spread) for name, spread in spreads}
    names = [*_FIRST, *(name for name in type(profile).model_fields if name not in _FIRST)]
    ordered = {name: values[name] for name in names if name in values}
    return _HEAD + yaml.dump(
        ordered,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=_WIDTH,
    )


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever a profile holds
    """Records as mappings of what was set in them; sources as folded text."""
    if isinstance(value, BaseModel):
        names = [name for name in type(value).model_fields if name in value.model_fields_set]
        ordered = {name: _plain(getattr(value, name)) for name in names}
        for name in {"source", "reason"} & ordered.keys():
            ordered[name] = _Folded(" ".join(str(ordered[name]).split()))
        return ordered
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
