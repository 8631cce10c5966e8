"""licence_ledger.parquet: under which licence each source's text is held, and who found that."""

import pyarrow as pa

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.licences import duties
from governance.exports.material import Material
from governance.exports.written import as_parquet

NAME = "licence_ledger.parquet"
SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("declared", pa.string()),
        ("concluded", pa.string()),
        ("basis", pa.string()),
        ("scope", pa.string()),
        ("evidence", pa.string()),
        ("verified_by", pa.string()),
        ("verified_on", pa.string()),
        ("documents", pa.int64()),
        ("bytes", pa.int64()),
        ("duties", pa.list_(pa.string())),
    ]
)
#: Whom a card speaks for; where it concluded nothing, each record's own words count.
_CARD, _RECORD = "text of the whole source", "text of the records that declare it"


def rows(material: Material) -> list[dict[str, object]]:
    """A row per source, declared and concluded licence."""
    by_id = {source["id"]: source for source in records.sources(material)}
    allowed = material.policy.get("allowed_licences") or []
    keys = ("source", "declared", "concluded", "basis")
    return [
        {
            **row,
            "scope": _CARD if by_id.get(row["source"], {}).get("concluded") else _RECORD,
            **{
                name: by_id.get(row["source"], {}).get(name)
                for name in ("evidence", "verified_by", "verified_on")
            },
            "duties": duties(row["concluded"], allowed),
        }
        for row in material.contents.by(*keys).drop("words").to_dicts()
    ]


def make(material: Material) -> Made:
    """The ledger as Parquet."""
    return Made({NAME: as_parquet(rows(material), SCHEMA)})


EXPORT = Export("licence_ledger", "Which licence is held for what, and on what evidence", make)
