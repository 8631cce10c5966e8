"""LICENSES/: one file per licence that released text is under.

A page names the licence, its duties, which sources hold it and on what evidence. The text itself
lies beside it where it is at hand (`legal_codes`); where it is not, the page says where SPDX keeps
it, and the gap is told, since some licences ask that their text goes along.
"""

from governance.exports import records
from governance.exports.export import Export, Gap, Made
from governance.exports.licence_ledger import rows as ledger
from governance.exports.licences import duties, names, reference
from governance.exports.material import Material
from governance.exports.written import as_page

FOLDER = "LICENSES"


def make(material: Material) -> Made:
    """A page per licence."""
    held = ledger(material)
    files, gaps = {}, []
    for name in records.licence_names(material):
        under = [row for row in held if name in names(str(row["concluded"]))]
        asked = {"reference": reference(name), "duties": duties(name)}
        text = material.licence_texts.get(name)
        facts = {"licence": name, "rows": under, "has_text": text is not None, **asked}
        files[f"{FOLDER}/{name}.md"] = as_page("licence.md", facts)
        if text is None:
            gaps.append(Gap(f"{FOLDER}/{name}.md", "text", "no text was given (--licences FOLDER)"))
        else:
            files[f"{FOLDER}/{name}.txt"] = text
    return Made(files, tuple(gaps))


EXPORT = Export("licence_texts", "Every licence that released text is under", make)
