"""ATTRIBUTION.md: whom to name, for every source whose licence asks for it."""

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.licence_ledger import rows as ledger
from governance.exports.material import Material
from governance.exports.written import as_page

NAME = "ATTRIBUTION.md"


def make(material: Material) -> Made:
    """The list by source: title, custodian, licences, where this can be read."""
    held = ledger(material)
    entries = [
        {**source, "ledger": [row for row in held if row["source"] == source["id"]]}
        for source in records.sources(material)
    ]
    facts = {"release": records.identity(material), "sources": entries}
    return Made({NAME: as_page("attribution.md", facts)})


EXPORT = Export("attribution", "Whom to name, as the licences ask", make)
