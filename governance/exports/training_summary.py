"""eu_training_content_summary: the producer's part of the EU public summary of training content.

The duty lies on the provider of a model; a corpus gives him every answer that only its
producer has. A field without a record is a gap: marked here, told by the command, never guessed.

Source: European Commission, explanatory notice and template for the public summary of
training content for general-purpose AI models, Article 53(1)(d) of Regulation (EU)
2024/1689, 24 July 2025.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from governance.exports import records
from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material
from governance.exports.top_domains import NAME as DOMAINS
from governance.exports.top_domains import listed
from governance.exports.written import as_json, as_page

NAME = "eu_training_content_summary"
PROVIDER = "for the provider of the model"
ANSWERED, GAP = "answered", "gap"
#: A token of any usual tokenizer is at least one byte, so fewer bytes are fewer tokens.
_BILLION = 1_000_000_000
#: Types of source as the template sorts them: section, title, types as the cards have them.
_SORTS = (
    ("2.1", "Publicly available data sets", ("public_dataset",)),
    ("2.2.1", "Data licensed by rightsholders", ("licensed",)),
    ("2.2.2", "Other private data from third parties", ("third_party_private",)),
    ("2.3", "Data crawled and scraped from online sources", ("crawl",)),
    ("2.4", "User data", ("user_data", "user")),
    ("2.5", "Synthetic data", ("synthetic",)),
    ("2.6", "Other sources", ("offline", "other")),
)

Field = dict[str, str]
Answer = Callable[[Material], str | None]
#: Section, name of the field, how it is answered, and which record is missing if it is not.
Question = tuple[str, str, Answer, str]


def fields(material: Material) -> list[Field]:
    """Every field of the template in its order, answered, marked as a gap, or the provider's."""
    return [
        *_answered(material, _HEAD),
        _left("1.2", "Model names, dependencies, date of placement on the market"),
        *_answered(material, _SIZE),
        _left("1.3", "Continuously trained on new data"),
        *(_sorted_sources(material, *sort) for sort in _SORTS),
        *_answered(material, _CRAWLS),
        _left("3.1", "Signatory of the code of practice"),
        *_answered(material, _MEASURES),
    ]


def _answered(material: Material, asked: Iterable[Question]) -> Iterator[Field]:
    for place, title, answer, missing in asked:
        yield _field(place, title, answer(material), missing)


def unanswered(summary: dict[str, Any]) -> list[str]:
    """The producer's fields of a rendered summary that have no answer."""
    return [
        f"{field.get('section')} {field.get('field')}"
        for field in summary.get("fields", [])
        if field.get("status") not in {ANSWERED, PROVIDER} or not field.get("answer")
    ]


def _field(place: str, title: str, answer: str | None, missing: str) -> Field:
    status = ANSWERED if answer else GAP
    return {"section": place, "field": title, "status": status, "answer": answer or missing}


def _left(place: str, title: str) -> Field:
    return {"section": place, "field": title, "status": PROVIDER, "answer": "left to the provider"}


def _version(material: Material) -> str:
    return f"{material.run.get('name')} {material.run.get('version')}"


def _earlier(material: Material) -> str:
    if material.earlier is None:
        return "No earlier release was named when this one was made."
    return f"The summary of release {material.earlier.version}, in its own folder."


def _size(material: Material) -> str:
    size = records.identity(material)
    bins = (
        "less than 1 billion tokens (a token is at least one byte)"
        if size["bytes"] < _BILLION
        else "own unit, no tokenizer was run"
    )
    return (
        f"Text: {size['bytes']:,} bytes of UTF-8, {size['words']:,} words as the measure"
        f" length_words counts them, {size['documents']:,} documents; {bins}. No other modality."
    )


def _content(material: Material) -> str:
    total = max(1, material.contents.total("bytes"))
    named = [f"{one['title']} ({one['bytes'] / total:.1%})" for one in records.sources(material)]
    return "; ".join(named)


def _latest(material: Material) -> str | None:
    last = records.collected(material)[1]
    return last.strftime("%m/%Y") if last else None


def _linguistic(material: Material) -> str:
    named = [
        f"{one['name']} ({one['tag']}) {one['documents']:,}" for one in records.languages(material)
    ]
    models = ", ".join(str(model.get("name")) for model in material.run.get("models", []))
    return f"Documents by language, called by {models}: {', '.join(named)}."


def _regional(material: Material) -> str:
    zones = sorted({str(one["jurisdiction"]) for one in records.sources(material)})
    return f"Jurisdictions in which the sources live: {', '.join(zones)}. No demographic record."


_HEAD: tuple[Question, ...] = (
    ("head", "Version of the summary", _version, ""),
    ("head", "Last update", lambda material: material.as_of.strftime("%d/%m/%y"), ""),
    ("head", "Earlier versions", _earlier, ""),
    (
        "1.1",
        "Contact of the producer of the corpus",
        lambda material: "; ".join(records.contacts(material)),
        "the policy or the cards name no contact",
    ),
)
_SIZE: tuple[Question, ...] = (
    ("1.3", "Modality and size", _size, ""),
    ("1.3", "Types of content", _content, "no source card has a title"),
    (
        "1.3",
        "Latest date of data acquisition",
        _latest,
        "no source card says when it was collected",
    ),
    ("1.3", "Linguistic characteristics", _linguistic, ""),
    ("1.3", "Other characteristics", _regional, ""),
)


def source_type(one: dict[str, Any]) -> str:
    """The type of a source with underscores; empty where its card says none."""
    return str(one.get("type") or "").replace("-", "_")


def _sorted_sources(material: Material, place: str, title: str, types: tuple[str, ...]) -> Field:
    sources = records.sources(material)
    unsorted = [one["id"] for one in sources if not source_type(one)]
    if unsorted:
        missing = f"source_type is missing on the cards of: {', '.join(unsorted)}"
        return _field(place, title, None, missing)
    chosen = [one for one in sources if source_type(one) in types or _is_by_a_model(one, types)]
    total = max(1, material.contents.total("bytes"))
    described = [_described(one, total) for one in chosen]
    return _field(place, title, "; ".join(described) or "None.", "")


def _is_by_a_model(one: dict[str, Any], types: tuple[str, ...]) -> bool:
    """A source of any type counts as synthetic too when its card names models that wrote it."""
    return "synthetic" in types and bool(one["synthetic"])


def _described(one: dict[str, Any], total: int) -> str:
    where = "".join(f", {one[name]}" for name in ("identifier", "synthetic") if one[name])
    return (
        f"{one['title']}{where} (held by {one['custodian']}; {one['collected_from']} to"
        f" {one['collected_to']}; {one['collected_how']}; {one['bytes'] / total:.1%} of the text)"
    )


def _crawled(material: Material) -> list[dict[str, Any]]:
    return [one for one in records.sources(material) if source_type(one) == "crawl"]


def _crawlers(material: Material) -> str | None:
    crawled = _crawled(material)
    if not all(map(source_type, records.sources(material))):
        return None
    if not crawled:
        return "No crawler was used."
    named = [one["crawler"] for one in crawled]
    return "; ".join(dict.fromkeys(named)) if all(named) else None


def _domains(material: Material) -> str:
    rows = len(listed(material))
    domains = len(material.contents.domains)
    return (
        f"{DOMAINS}: {rows} rows for the largest tenth of {domains} domains by bytes (text is the"
        " only modality, so per modality and overall are the same); sme_list marks the shorter"
        " list. Domains are registrable ones, by the Public Suffix List with its private part;"
        " those seen in fewer than ten documents are not named."
    )


def _reservations(material: Material) -> str | None:
    said = [
        f"{one['id']}: {'honoured' if one['robots_honoured'] else 'not honoured'}"
        f" ({one['robots_evidence'] or 'no evidence named'})"
        for one in records.sources(material)
        if one["robots_honoured"] is not None
    ]
    rules = material.policy.get("opt_outs") or {}
    protocols = ", ".join(rules.get("protocols") or [])
    parts = []
    if protocols:
        parts.append(f"Protocols honoured: {protocols}. Unknown: {rules.get('unknown')}.")
    if said:
        parts.append(f"As the cards say of collection: {'; '.join(said)}.")
    held = material.books.counts["removed_by_rule"] | material.books.counts["quarantined_by_rule"]
    count = sum(n for rule, n in held.items() if _is_opt_out(rule))
    return (
        " ".join([*parts, f"Documents held back by a reservation: {count:,}."]) if parts else None
    )


#: What the rules that honour a reservation have in their names.
_OPT_OUTS = ("opt-out", "robots", "tdm", "noai", "ai-txt", "content-usage", "national-list")


def _is_opt_out(rule: str) -> bool:
    return any(
        word in rule
        for word in ("opt-out", "robots", "tdm", "noai", "ai-txt", "content-usage", "national-list")
    )


def _privacy(material: Material) -> str:
    rows = records.masked(material)
    types = ", ".join(f"{row['type']} ({row['masked']})" for row in rows) or "nothing found"
    dedup = material.run.get("dedup") or {}
    return (
        f"Personal data masked, by type: {types}; see privacy_statement.md. Near copies of text"
        f" were removed at a similarity of {dedup.get('threshold')}."
    )


_CRAWLS: tuple[Question, ...] = (
    (
        "2.3",
        "Crawlers, their purpose and behaviour",
        _crawlers,
        "a card names no crawler or source_type",
    ),
    ("2.3", "List of domains", _domains, ""),
)
_MEASURES: tuple[Question, ...] = (
    (
        "3.1",
        "Measures to respect reservations of rights",
        _reservations,
        "neither the policy nor a card says anything of opt-outs",
    ),
    (
        "3.2",
        "Measures to remove illegal content",
        lambda _: "None: the run applied no list of and no classifier for illegal content.",
        "",
    ),
    ("3.3", "Other measures", _privacy, ""),
)


def make(material: Material) -> Made:
    """The summary as JSON and as a page."""
    found = fields(material)
    summary = {"template": "2025-07-24", "release": records.identity(material), "fields": found}
    gaps = tuple(
        Gap(f"{NAME}.json", f"{one['section']} {one['field']}", one["answer"])
        for one in found
        if one["status"] == GAP
    )
    page = as_page("training_summary.md", summary)
    return Made({f"{NAME}.json": as_json(summary), f"{NAME}.md": page}, gaps)


EXPORT = Export("training_summary", "The producer's part of the EU training summary", make)
