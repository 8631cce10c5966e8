"""croissant.json: the release for machines that look for data sets.

The two properties whose names mlcroissant 1.1.1 spells otherwise than the vocabulary
(`dataCollectionTimeframe`, `dataManipulationProtocol`) stand in both spellings.

Source: Croissant 1.1 (MLCommons, 29 January 2026), Croissant RAI 1.0; PROV-O (W3C, 2013).
"""

from typing import Any

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.licences import reference
from governance.exports.material import Material
from governance.exports.written import as_json
from governance.tongues import tongue

NAME = "croissant.json"
#: The context of Croissant 1.1 with the vocabularies used here; nothing is fetched to read it.
_JSON_TYPED = {"data": "cr:data", "examples": "cr:examples"}
_CR = ("annotation", "arrayShape", "citeAs", "column", "equivalentProperty", "excludes", "extract",
       "field", "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray",
       "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "readLines", "recordSet",
       "references", "regex", "repeated", "replace", "samplingRate", "sdVersion", "separator",
       "source", "subField", "transform", "unArchive", "value")  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "conformsTo": "dct:conformsTo",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{name: {"@id": place, "@type": "@json"} for name, place in _JSON_TYPED.items()},
    **{name: f"cr:{name}" for name in _CR},
}


def croissant(material: Material) -> dict[str, Any]:
    """The whole document as plain values."""
    who = records.identity(material)
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        "name": who["name"],
        "version": who["version"],
        "description": f"Text in {len(_languages(material))} languages, made with Endonym.",
        "url": f"urn:endonym:{who['name']}:{who['version']}",
        "datePublished": who["published"],
        "citeAs": "{name}, version {version}, {published}.".format(**who),
        "isLiveDataset": False,
        "license": [reference(one) or one for one in records.licence_names(material)],
        "creator": [
            {"@type": "sc:Organization", "name": name}
            for name in dict.fromkeys(str(one["custodian"]) for one in records.sources(material))
        ],
        "inLanguage": _languages(material),
        "usageInfo": "TERMS.md",
        "distribution": _distribution(material),
        "recordSet": [_record_set()],
        **_responsible(material),
        **_provenance(material),
    }
    return {name: value for name, value in found.items() if value not in (None, [], "")}


def _languages(material: Material) -> list[str]:
    return sorted({tongue(one["tag"]).lang for one in records.languages(material)})


def _distribution(material: Material) -> list[dict[str, Any]]:
    from hashlib import sha256  # noqa: PLC0415

    manifest = material.release.folder / "manifest.json"
    file = {
        "@type": "cr:FileObject",
        "@id": "manifest.json",
        "name": "manifest.json",
        "description": "sha256 of every file with documents.",
        "contentUrl": "manifest.json",
        "encodingFormat": "application/json",
        "sha256": sha256(manifest.read_bytes()).hexdigest(),
    }
    documents = {
        "@type": "cr:FileSet",
        "@id": "documents",
        "name": "documents",
        "description": "The corpus by language; digests stand in manifest.json.",
        "encodingFormat": "application/x-parquet",
        "includes": "documents/**/*.parquet",
    }
    return [file, documents]


def _record_set() -> dict[str, Any]:
    def field(name: str, description: str) -> dict[str, Any]:
        return {
            "@type": "cr:Field",
            "@id": f"documents-rows/{name}",
            "name": name,
            "description": description,
            "dataType": "sc:Text",
            "source": {"fileSet": {"@id": "documents"}, "extract": {"column": name}},
        }

    return {
        "@type": "cr:RecordSet",
        "@id": "documents-rows",
        "name": "documents-rows",
        "description": "One record per document; the nested columns are described in schema.json.",
        "key": {"@id": "documents-rows/doc_id"},
        "field": [
            field("doc_id", "Keyed name, meaningless without the key."),
            field("text", "Unicode NFC; personal data is masked."),
        ],
    }


def _responsible(material: Material) -> dict[str, Any]:
    sources = records.sources(material)
    span = [f"{day.isoformat()}T00:00:00" for day in records.collected(material) if day]
    counts = material.books.counts
    held_back = (
        f"Held back by the rules of the run: {counts['removed']} documents removed,"
        f" {counts['quarantined']} quarantined."
    )
    found = {
        "dataCollection": "; ".join(f"{one['title']}: {one['collected_how']}" for one in sources),
        "dataCollectionType": sorted({str(one["type"]) for one in sources if one["type"]}),
        "dataCollectionTimeframe": span,
        "dataCollectionTimeFrame": span,
        "dataManipulationProtocol": held_back,
        "dataDataManipulationProtocol": held_back,
        "dataPreprocessingProtocol": [_steps(material)],
        "personalSensitiveInformation": [
            "See privacy_statement.md.",
            *(
                f"masked in {row['documents']} documents - {row['type']}"
                for row in records.masked(material)
            ),
            records.names_statement(material),
        ],
        "dataLimitations": ["Languages are called by a model; scores stand in the rows."],
        "dataUseCases": [str(one) for one in material.policy.get("purposes") or []],
        "dataReleaseMaintenancePlan": "A version replaces the one before: TERMS.md, TAKEDOWN.md.",
    }
    return {f"rai:{name}": value for name, value in found.items() if value}


def _steps(material: Material) -> str:
    threshold = (material.run.get("dedup") or {}).get("threshold")
    return (
        "Read, admitted by licence, normalised, language called, personal data masked, measured,"
        f" screened, copies removed at a similarity of {threshold}."
    )


def _provenance(material: Material) -> dict[str, Any]:
    who = records.identity(material)
    found: dict[str, Any] = {
        "prov:wasDerivedFrom": [
            {"@type": "prov:Entity", "@id": f"urn:endonym:source:{one['id']}", "name": one["title"]}
            for one in records.sources(material)
        ],
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "@id": f"urn:endonym:run:{who['run_id']}",
            "description": f"Settings {who['settings_digest']}",
        },
    }
    if material.earlier:
        earlier = f"urn:endonym:{material.earlier.name}:{material.earlier.version}"
        found["prov:wasRevisionOf"] = {"@type": "prov:Entity", "@id": earlier}
    return found


def make(material: Material) -> Made:
    """The document as JSON-LD."""
    return Made({NAME: as_json(croissant(material))})


EXPORT = Export("croissant", "The release for catalogues, with RAI and PROV terms", make)
