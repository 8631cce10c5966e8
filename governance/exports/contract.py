"""contract.odcs.yaml: what the corpus promises to whoever reads it, as a data contract.

Source: Open Data Contract Standard 3.1.0 (Bitol, 8 December 2025). Its JSON Schema lies in
`schemas/standards/`.
"""

import uuid
from typing import Any

import yaml

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.schema import columns

NAME = "contract.odcs.yaml"
_LOGICAL = {"large_string": "string", "string": "string", "bool": "boolean", "struct": "object",
            "list": "array", "float": "number", "double": "number"}  # fmt: skip


def contract(material: Material) -> dict[str, Any]:
    """The contract as plain values."""
    who = records.identity(material)
    contacts = records.contacts(material)
    return {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"endonym:{who['name']}")),
        "name": who["name"],
        "version": who["version"],
        "status": "active",
        "description": {
            "purpose": "Text in its languages, for research and for training language models.",
            "usage": "As the licences in ATTRIBUTION.md and the terms in TERMS.md allow.",
            "limitations": records.names_statement(material),
        },
        "servers": [
            {"server": "release", "type": "local", "path": "documents", "format": "parquet"}
        ],
        "schema": [
            {
                "name": "documents",
                "physicalName": "documents/**/*.parquet",
                "logicalType": "object",
                "dataGranularityDescription": "One row per document.",
                "quality": [_gate(gate) for gate in material.standing.gates],
                "properties": [_property(column) for column in columns()],
            }
        ],
        "support": [{"channel": contact} for contact in contacts],
        "roles": [
            {"role": str(role)}
            for role in (material.policy.get("signoff") or {}).get("roles") or []
        ],
        "slaProperties": [
            {"property": "frequency", "value": "by release"},
            *_takedown(material),
        ],
    }


def _takedown(material: Material) -> list[dict[str, Any]]:
    days = (material.policy.get("retention") or {}).get("takedown_days")
    return [{"property": "takedown", "value": days, "unit": "d"}] if days else []


def _gate(gate: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "text",
        "name": str(gate["id"]),
        "description": str(gate["title"]),
        "severity": "error" if gate.get("severity") == "critical" else "warning",
    }


def _property(column: dict[str, Any], *, is_item: bool = False) -> dict[str, Any]:
    kind = column["type"]
    found: dict[str, Any] = {
        "logicalType": _LOGICAL.get(kind, "integer"),
        "physicalType": kind,
    }
    if not is_item:
        found |= {"name": column["name"], "required": column["name"] == "doc_id"}
    if column["name"] == "doc_id":
        found |= {"primaryKey": True, "primaryKeyPosition": 1, "unique": True}
    if column.get("description"):
        found["description"] = column["description"]
    if kind == "struct":
        found["properties"] = [_property(inner) for inner in column["fields"]]
    if kind == "list":
        found["items"] = _property(column["element"], is_item=True)
    return found


def make(material: Material) -> Made:
    """The contract as YAML."""
    text = yaml.safe_dump(contract(material), allow_unicode=True, sort_keys=False, width=100)
    return Made({NAME: text.encode()})


EXPORT = Export("contract", "What the corpus promises, as an ODCS data contract", make)
