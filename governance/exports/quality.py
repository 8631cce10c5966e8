"""quality/: the suites, the gates as they were judged, and quantiles of the measures."""

from importlib.resources import files

from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.written import as_json, table_as_parquet

FOLDER = "quality"


def make(material: Material) -> Made:
    """Great Expectations' suites as they were used, gates.json, metrics.parquet."""
    made = {
        f"{FOLDER}/gx_suites/{suite.name}": suite.read_bytes()
        for suite in sorted((files("schemas") / "suites").iterdir(), key=lambda one: one.name)
        if suite.name.endswith(".json")
    }
    standing = material.standing
    judged = {
        "manifest_root": material.release.manifest_root,
        "gates": list(standing.gates),
        "waivers": list(standing.waivers),
        "waivers_not_needed": list(standing.idle),
    }
    made[f"{FOLDER}/gates.json"] = as_json(judged)
    made[f"{FOLDER}/metrics.parquet"] = table_as_parquet(material.contents.metrics.to_arrow())
    return Made(made)


EXPORT = Export("quality", "Suites, gates and quantiles of the measures", make)
