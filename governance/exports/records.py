"""What several exports say of a release, said once and from its records."""

from datetime import date
from typing import Any

import polars as pl

from governance.exports.licences import duties, names
from governance.exports.material import Material
from governance.report.counted.privacy import names_statement as said
from governance.report.small_cells import Cell, hide_small
from governance.tongues import tongue

Facts = dict[str, Any]


def identity(material: Material) -> Facts:
    """What the release is called and which records it stands on."""
    run = material.run
    return {
        "name": str(run.get("name")),
        "version": str(run.get("version")),
        "run_id": run.get("run_id"),
        "settings_digest": run.get("settings_digest"),
        "schema_version": run.get("schema_version"),
        "manifest_root": material.release.manifest_root,
        "policy": material.policy.get("name"),
        "published": material.as_of.isoformat(),
        "previous": material.earlier.version if material.earlier else None,
        "documents": material.contents.total("documents"),
        "bytes": material.contents.total("bytes"),
        "words": material.contents.total("words"),
    }


def sources(material: Material) -> list[Facts]:
    """The released sources, as their cards have them, with their sizes."""
    sizes = {row["source"]: row for row in material.contents.by("source").to_dicts()}
    return [_source(card, sizes[card["id"]]) for card in material.cards]


def _source(card: Facts, size: Facts) -> Facts:
    licence, collected = card.get("licence") or {}, card.get("collected") or {}
    custodian = card.get("custodian")
    held = custodian if isinstance(custodian, dict) else {"name": custodian}
    robots = card.get("robots") or {}
    return {
        "id": card["id"],
        "title": card.get("title"),
        "type": card.get("type") or card.get("source_type"),
        "custodian": held.get("name"),
        "contact": held.get("contact"),
        "jurisdiction": card.get("jurisdiction"),
        "collected_from": collected.get("from"),
        "collected_to": collected.get("to"),
        "collected_how": collected.get("how"),
        "rights_basis": card.get("rights_basis"),
        "declared": licence.get("declared"),
        "concluded": licence.get("concluded"),
        "evidence": licence.get("evidence"),
        "verified_by": licence.get("verified_by"),
        "verified_on": licence.get("verified_on"),
        "expires": card.get("expires"),
        "identifier": card.get("identifier"),
        "crawler": _told(card.get("crawler")),
        "synthetic": "; ".join(filter(None, map(_told, card.get("synthetic") or []))),
        "robots_honoured": robots.get("honoured"),
        "robots_evidence": robots.get("evidence"),
        **{name: size[name] for name in ("documents", "bytes", "words")},
    }


def _told(record: object) -> str | None:
    """A part of a card in one line; None for nothing."""
    if not isinstance(record, dict):
        return str(record) if record else None
    told = (f"{name.replace('_', ' ')}: {value}" for name, value in record.items() if value)
    return ", ".join(told) or None


def languages(material: Material) -> list[Facts]:
    """Languages with their names and sizes, the largest first."""
    rows = material.contents.by("tag").sort(["documents", "tag"], descending=[True, False])
    return [
        {**row, "name": tongue(row["tag"]).name, "script": tongue(row["tag"]).script}
        for row in rows.to_dicts()
    ]


def licences(material: Material) -> list[Facts]:
    """Concluded licences with sizes and duties, ordered by name."""
    allowed = material.policy.get("allowed_licences") or []
    return [
        {**row, "licence": row["concluded"], "duties": duties(row["concluded"], allowed)}
        for row in material.contents.by("concluded").to_dicts()
    ]


def licence_names(material: Material) -> list[str]:
    """Every licence that released text is under, taken apart, each once."""
    expressions = material.contents.sizes["concluded"].drop_nulls().unique().to_list()
    return sorted({name for expression in expressions for name in names(expression)})


def collected(material: Material) -> tuple[date | None, date | None]:
    """The first and the last day on which released text was collected, by the cards."""
    spans = [card.get("collected") or {} for card in material.cards]
    first = [date.fromisoformat(str(span["from"])) for span in spans if span.get("from")]
    last = [date.fromisoformat(str(span["to"])) for span in spans if span.get("to")]
    return min(first, default=None), max(last, default=None)


def masked(material: Material) -> list[Facts]:
    """Personal data masked in released documents by type, small numbers hidden."""
    table = material.tables["privacy"].filter(pl.col("folder") == "documents")
    rows = table.group_by("type").agg(pl.col("documents").sum(), pl.col("values").sum())
    rows = rows.sort("type")
    documents: list[Cell] = hide_small(rows["documents"].to_list())[:-1]
    values: list[Cell] = hide_small(rows["values"].to_list())[:-1]
    return [
        {"type": kind, "documents": held, "masked": count if isinstance(held, int) else held}
        for kind, held, count in zip(rows["type"], documents, values, strict=True)
    ]


def contacts(material: Material) -> list[str]:
    """Whom to write to: the policy's contact, else the custodians', each once."""
    own = material.policy.get("contact")
    if own:
        return [str(own)]
    held = [source for source in sources(material) if source["contact"]]
    return list(dict.fromkeys(f"{one['custodian']}: {one['contact']}" for one in held))


def names_statement(material: Material) -> str:
    """What is said of names of persons and places, by what the run looked for."""
    return str(said(material.run)["statement"])
