"""schema.json: the columns of every file with documents, with type and meaning."""

from typing import Any

import pyarrow as pa

from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.written import as_json
from schemas.corpus import FOLDER_KEY, released_schema

NAME = "schema.json"


def columns() -> list[dict[str, Any]]:
    """The columns as plain values, nested ones with their fields."""
    return [_column(field) for field in released_schema()]


def _column(field: pa.Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": str(field.type)}
    described["nullable"] = field.nullable
    if field.metadata and b"description" in field.metadata:
        described["description"] = field.metadata[b"description"].decode()
    kind = field.type
    if pa.types.is_struct(kind):
        described |= {"type": "struct", "fields": [_column(inner) for inner in kind]}
    elif pa.types.is_list(kind):
        described |= {"type": "list", "element": _column(kind.value_field)}
    return described


def make(material: Material) -> Made:
    """The Arrow schema as JSON."""
    version = material.run.get("schema_version")
    found = {"schema_version": version, "folder_key": FOLDER_KEY, "columns": columns()}
    return Made({NAME: as_json(found)})


EXPORT = Export("schema", "The columns, with type and meaning", make)
