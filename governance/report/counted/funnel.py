"""Where documents went, stage by stage and source by source, and whether it adds up."""

from governance.report.page import Facts, Material


def facts(material: Material) -> Facts:
    """The stages, the sources, and every number that does not agree."""
    counts = material.books.counts
    titles = {card.get("id"): card.get("title") for card in material.release.run.get("sources", [])}
    return {
        "stages": counts["by_stage"],
        "sources": [
            {"id": source, "title": titles.get(source) or "no card", **row}
            for source, row in counts["by_source"].items()
        ],
        "total": {name: counts[name] for name in ("read", "released", "removed", "quarantined")},
        "imbalances": list(material.books.imbalances),
    }
