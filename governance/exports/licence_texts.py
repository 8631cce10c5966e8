"""LICENSES/: one file per licence that released text is under.

Texts are not in any package that we depend on, and nothing is fetched, so a file names the
licence and where SPDX keeps its text; of a `LicenseRef-…` it says which sources hold it and
on what evidence. A programme puts the full text beside it where the licence asks for that.
"""

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.licence_ledger import rows as ledger
from governance.exports.licences import duties, names, reference
from governance.exports.material import Material
from governance.exports.written import as_page

FOLDER = "LICENSES"


def make(material: Material) -> Made:
    """A page per licence."""
    held = ledger(material)
    files = {}
    for name in records.licence_names(material):
        under = [row for row in held if name in names(str(row["concluded"]))]
        asked = {"reference": reference(name), "duties": duties(name)}
        facts = {"licence": name, "rows": under, **asked}
        files[f"{FOLDER}/{name}.md"] = as_page("licence.md", facts)
    return Made(files)


EXPORT = Export("licence_texts", "Every licence that released text is under", make)
