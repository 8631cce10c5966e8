"""README.md: the card, with the header that the Hugging Face Hub and `datasets` read.

Headings after Gebru et al. 2021, Datasheets for Datasets, arXiv:1803.09010, and Bender and
Friedman 2018, Data Statements for NLP.
"""

from typing import Any

import yaml

from governance.exports import records
from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material
from governance.exports.privacy_statement import recall
from governance.exports.written import as_page
from governance.tongues import tongue
from schemas.corpus import FOLDER_KEY

NAME = "README.md"
#: What a header must say before anybody can load, find or cite the corpus.
REQUIRED = ("language", "license", "pretty_name", "size_categories", "task_categories", "configs")
_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
    (1_000_000_000, "100M<n<1B"),
)


def header(material: Material) -> dict[str, Any]:
    """The YAML at the head of the card."""
    who, licences = records.identity(material), records.licence_names(material)
    tags = [one["tag"] for one in records.languages(material)]
    single = licences[0].lower() if len(licences) == 1 else ""
    known = bool(single) and not single.startswith("licenseref-")
    mixed = {"license_name": "by-document", "license_link": "ATTRIBUTION.md"}
    return {
        "pretty_name": f"{who['name']} {who['version']}",
        "version": who["version"],
        "language": sorted({tongue(tag).lang.split("-")[0] for tag in tags}),
        "language_bcp47": sorted({tongue(tag).lang for tag in tags}),
        "license": single if known else "other",
        **({} if known else mixed),
        "multilinguality": "multilingual" if len(tags) > 1 else "monolingual",
        "size_categories": [_size(who["documents"])],
        "task_categories": ["text-generation", "fill-mask"],
        "annotations_creators": ["machine-generated"],
        "language_creators": ["found"],
        "configs": [
            {"config_name": "default", "data_files": "documents/**/*.parquet", "default": True},
            *(
                {"config_name": tag, "data_files": f"documents/{FOLDER_KEY}={tag}/*.parquet"}
                for tag in sorted(tags)
            ),
        ],
    }


def _size(documents: int) -> str:
    return next((name for limit, name in _SIZES if documents < limit), "n>1B")


def facts(material: Material) -> dict[str, Any]:
    """What the page shows."""
    return {
        "header": yaml.safe_dump(header(material), allow_unicode=True, sort_keys=False, width=100),
        "release": records.identity(material),
        "counts": material.books.counts,
        "languages": records.languages(material),
        "licences": records.licences(material),
        "sources": records.sources(material),
        "masked": records.masked(material),
        "recall": recall(material),
        "names": records.names_statement(material),
        "gates": list(material.standing.gates),
        "waivers": list(material.standing.waivers),
        "approvals": list(material.standing.approvals),
        "models": material.run.get("models") or [],
        "dedup": material.run.get("dedup") or {},
        "purposes": material.policy.get("purposes") or [],
        "contacts": records.contacts(material),
    }


def make(material: Material) -> Made:
    """The card."""
    gaps = [
        Gap(NAME, "Motivation", "no record says why the corpus was made"),
        Gap(NAME, "Speakers and speech situation", "no record says who wrote or spoke"),
    ]
    if not material.policy.get("purposes"):
        gaps.append(Gap(NAME, "Intended uses", "the policy names no purposes"))
    return Made({NAME: as_page("card.md", facts(material))}, tuple(gaps))


EXPORT = Export("card", "The card that a reader and a loader open first", make)
