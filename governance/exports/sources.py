"""sources.parquet: the public view of the source register."""

import pyarrow as pa

from governance.exports import records
from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material
from governance.exports.written import as_parquet

NAME = "sources.parquet"
_WORDS = (
    "id", "title", "type", "custodian", "contact", "jurisdiction", "collected_from", "collected_to",
    "collected_how", "rights_basis", "declared", "concluded", "evidence", "verified_by",
    "verified_on", "expires", "identifier", "crawler", "robots_evidence",
)  # fmt: skip
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in _WORDS),
        ("robots_honoured", pa.bool_()),
        ("documents", pa.int64()),
        ("bytes", pa.int64()),
        ("words", pa.int64()),
    ]
)


def make(material: Material) -> Made:
    """A row per source of which something is released, as its card has it, with its size."""
    rows = records.sources(material)
    gaps = [
        Gap(NAME, f"{row['id']}: {field}", f"the source card says no {field}")
        for row in rows
        for field in ("type", "concluded", "verified_by", "collected_to")
        if row[field] is None
    ]
    return Made({NAME: as_parquet(rows, SCHEMA)}, tuple(gaps))


EXPORT = Export("sources", "The source register, as it may be shown", make)
