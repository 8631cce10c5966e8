"""Holds what was rendered against the standards' own libraries and schemas, without a network."""

import json
import logging
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import yaml

from governance.exports import card, contract, croissant, lineage, training_summary

Check = Callable[[bytes], Iterator[str]]


def problems(made: Mapping[str, bytes]) -> list[str]:
    """One sentence for everything that a standard would not take.

    Args:
        made: path from the release folder -> bytes, those of `CHECKS` among them.
    """
    found = []
    for path, check in CHECKS:
        if path not in made:
            found.append(f"{path}: is missing")
            continue
        try:
            for problem in check(made[path]):
                found.append(f"{path}: {problem}")  # noqa: PERF401  # what was told before a failure counts
        except (ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError) as error:
            found.append(f"{path}: cannot be read ({type(error).__name__})")
    return found


def _croissant(text: bytes) -> Iterator[str]:
    import mlcroissant  # type: ignore[import-untyped]  # noqa: PLC0415  # slow to import

    logging.getLogger("absl").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, croissant.NAME)
        path.write_bytes(text)
        try:
            mlcroissant.Dataset(path)
        except mlcroissant.ValidationError as error:
            yield from (line.strip(" -") for line in str(error).split("\n")[1:] if line.strip())


def _contract(text: bytes) -> Iterator[str]:
    yield from _unlike("odcs-3.2.0", yaml.safe_load(text))


def _unlike(standard: str, document: Any) -> Iterator[str]:  # noqa: ANN401  # whatever JSON can hold
    """Where a document does not keep to the JSON Schema of a standard."""
    for error in _validator(standard).iter_errors(document):
        place = "/".join(map(str, error.absolute_path))
        yield f"{place or 'the whole'} does not keep to {error.validator}"


@lru_cache(maxsize=2)
def _validator(standard: str) -> Any:  # noqa: ANN401  # the package has no types
    from jsonschema.validators import (  # type: ignore[import-untyped]  # noqa: PLC0415
        validator_for,
    )

    path = resources("schemas") / "standards" / f"{standard}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = validator_for(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def _lineage(text: bytes) -> Iterator[str]:
    """Holds every event against the standard's schema, and builds it again from its classes.

    The classes know the facets too, which have schemas of their own.
    """
    lines = [json.loads(line) for line in text.split(b"\n") if line]
    states: dict[str, list[str]] = {}
    for number, event in enumerate(lines, start=1):
        states.setdefault(event["run"]["runId"], []).append(event["eventType"])
        yield from (f"line {number}: {one}" for one in _unlike("openlineage-2-0-2", event))
        if not _is_an_event(event):
            yield f"line {number} is no event of OpenLineage 2-0-2"
    if not lines:
        yield "holds no event"
    if any(sorted(seen) != ["COMPLETE", "START"] for seen in states.values()):
        yield "a run has not one START and one COMPLETE"


def _is_an_event(event: dict[str, Any]) -> bool:
    from openlineage.client import event_v2 as ol  # noqa: PLC0415
    from openlineage.client.serde import Serde  # noqa: PLC0415

    given = {key: value for key, value in event.items() if key != "schemaURL"}
    built = ol.RunEvent(
        **given
        | {
            "eventType": ol.RunState(event["eventType"]),
            "run": ol.Run(**event["run"]),
            "job": ol.Job(**event["job"]),
            "inputs": [ol.InputDataset(**one) for one in event.get("inputs", [])],
            "outputs": [ol.OutputDataset(**one) for one in event.get("outputs", [])],
        }
    )
    facets = [*_facets(event["run"]), *_facets(event["job"])]
    for one in (*event.get("inputs", []), *event.get("outputs", [])):
        facets += _facets(one)
    return Serde.to_dict(built) == event and all(map(_is_a_facet, facets))


def _facets(owner: dict[str, Any]) -> list[dict[str, Any]]:
    keys = ("facets", "inputFacets", "outputFacets")
    return [facet for key in keys for facet in (owner.get(key) or {}).values()]


def _is_a_facet(facet: dict[str, Any]) -> bool:
    """Takes a facet for one when its schema is one that the client knows, with its fields."""
    kind = _facet_classes().get(facet.get("_schemaURL", ""))
    if kind is None:
        return False
    given = {key: value for key, value in facet.items() if not key.startswith("_")}
    return bool(kind(**given, producer=facet["_producer"])._get_schema() == facet["_schemaURL"])  # noqa: SLF001


@lru_cache(maxsize=1)
def _facet_classes() -> dict[str, Any]:
    from openlineage.client import facet_v2  # noqa: PLC0415

    found = {}
    for module in vars(facet_v2).values():
        for kind in vars(module).values() if hasattr(module, "__dict__") else ():
            if isinstance(kind, type) and kind.__name__.endswith("Facet"):
                found[kind._get_schema()] = kind  # type: ignore[attr-defined]  # noqa: SLF001
    return found


def _card(text: bytes) -> Iterator[str]:
    header = re.match(r"---\n(.*?)\n---\n", text.decode(), re.DOTALL)
    values = yaml.safe_load(header[1]) if header else {}
    for name in card.REQUIRED:
        if not values.get(name):
            yield f"its header says no {name}"
    if values.get("license") == "other" and not values.get("license_link"):
        yield "its header says license: other without license_link"


def _summary(text: bytes) -> Iterator[str]:
    for field in training_summary.unanswered(json.loads(text)):
        yield f"no record answers {field}"


#: What is checked, and how.
CHECKS: tuple[tuple[str, Check], ...] = (
    (croissant.NAME, _croissant),
    (contract.NAME, _contract),
    (lineage.NAME, _lineage),
    (card.NAME, _card),
    (f"{training_summary.NAME}.json", _summary),
)
