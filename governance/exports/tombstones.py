"""tombstones/: the ids that were taken back, and which version may be used.

The takedown writes the lists; they are handed on as they lie. Without one, the pointer
alone says that this version is the latest.
"""

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.written import as_json

FOLDER = "tombstones"
POINTER = f"{FOLDER}/latest_usable.json"


def make(material: Material) -> Made:
    """Every list that there is, and the pointer."""
    folder = material.release.folder
    made = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / FOLDER).glob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    who = records.identity(material)
    own = {"name": who["name"], "latest_usable": who["version"], "as_of": who["published"]}
    written = material.record(POINTER)
    if written and set(written) != set(own):
        return Made(made)  # the takedown wrote it, and knows of other versions
    return Made(made | {POINTER: as_json(own)})


EXPORT = Export("tombstones", "What was taken back, and which version may be used", make)
