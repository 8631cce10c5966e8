"""What people found who read a drawn sample: precision with intervals, and whether they agree."""

from typing import Any

from governance.release_folder import read_json
from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Estimate,
    Heading,
    Missing,
    Note,
    Prose,
    Row,
    Table,
)
from governance.report.page import Facts, Material, Page
from governance.report.small_cells import hide_count
from governance.report.words import _
from governance.tongues import tongue
from schemas.reading_protocol import GOOD

#: Where `endonym review` keeps rounds, and what came of the last one.
ROUNDS, RESULTS = "validation/reading", "validation/reading.json"
_NAMES = {
    "language_correct": _("in the language"),
    "natural": _("natural"),
    "clean": _("without artifacts"),
    "not_porn": _("no pornography"),
}


def facts(material: Material) -> Facts:
    """The rounds that were drawn, and their results by language and question."""
    folder = material.release.folder
    records = [read_json(path) for path in sorted((folder / ROUNDS).glob("*.json"))]
    reading = read_json(folder / RESULTS)
    missed: dict[str, int] = (reading.get("missed") or {}).get("values") or {}
    return {
        "rounds": [_round(one) for one in records if "round" in one],
        "results": [row for one in reading.get("languages") or () for row in _results(one)],
        "is_of_these_files": reading.get("manifest_root") == material.release.manifest_root,
        "observations": reading.get("observations") or {},
        "missed": {kind: hide_count(count) for kind, count in missed.items()},
        "as_of": reading.get("as_of"),
    }


def _round(record: dict[str, Any]) -> dict[str, Any]:
    languages = record.get("languages") or []
    return {
        "round": str(record["round"]),
        "seed": (record.get("protocol") or {}).get("seed"),
        "languages": len(languages),
        "documents": sum(one.get("drawn", 0) for one in languages),
    }


def _results(language: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for every question of a language that has been answered."""
    labels, agreement = language.get("labels") or {}, language.get("agreement") or {}
    return [
        {
            "tag": language["tag"], "question": good, **labels[good],
            "kappa": (agreement.get(question) or {}).get("kappa"),
            "twice": (agreement.get(question) or {}).get("documents"),
        }
        for question, good in GOOD.items()
        if (labels.get(good) or {}).get("whole")
    ]  # fmt: skip


def show(fact: Facts) -> list[Block]:
    """Protocol, rounds, results."""
    return [
        Prose(
            _("Readers see documents drawn by lot and answer four questions on each; a tenth is"
              " read by two, so that their agreement can be told (Cohen's kappa). The share that"
              " is well is told with Wilson's 95 % interval: of 200 documents without a fault, up"
              " to 1.9 % may still be faulty.")
        ),
        *_rounds(fact), *_answers(fact),
    ]  # fmt: skip


def _rounds(fact: Facts) -> list[Block]:
    if not fact["rounds"]:
        return [
            Missing(
                _("No reading round has been drawn for this release, so nothing is known from"
                  " readers; this command draws one:"),
                "endonym review round RELEASE",
            )
        ]  # fmt: skip
    columns = [
        Column("round", _("Round")),
        Column("languages", _("Languages"), "languages", _("Languages of the round")),
        Column("documents", _("Documents"), "documents", _("Documents drawn for the round")),
        Column("seed", _("Seed")),
    ]
    rows = [Row(one["round"], {**one, "round": Code(one["round"]), "seed": str(one["seed"])})
            for one in fact["rounds"]]  # fmt: skip
    table = Table("rounds", columns, rows, caption=_("Reading rounds"), kind="narrow")
    return [Heading(_("Rounds drawn")), table]


def _answers(fact: Facts) -> list[Block]:
    if not fact["rounds"]:
        return []
    if not fact["results"]:
        told = _("The readers' labels have not come back yet; this command takes them in:")
        return [Missing(told, "endonym review results RELEASE LABELS…")]
    rows = [
        Row(f"{one['tag']}|{one['question']}", {
            "language": tongue(one["tag"]), "question": _NAMES[one["question"]],
            "well": _estimate(one), "read": one["whole"],
            "twice": one["twice"], "kappa": one["kappa"]})
        for one in fact["results"]
    ]  # fmt: skip
    columns = [
        Column("language", _("Language")),
        Column("question", _("Question")),
        Column("read", _("Read"), "documents", _("Documents read and answered")),
        Column("well", _("Well (95 % interval)"), "share",
               _("Share of the documents read that is well, with Wilson's interval")),
        Column("twice", _("Read by two"), "documents", _("Documents that two people answered")),
        Column("kappa", _("Agreement"), "kappa", _("Cohen's kappa of two readers")),
    ]  # fmt: skip
    points = [(f"{one['tag']} {_NAMES[one['question']]}", one["share"], one["low"], one["high"])
              for one in fact["results"]]  # fmt: skip
    changed = Note("warn", _("The labels are of other files:"), _("the release has changed since."))
    blocks: list[Block] = [] if fact["is_of_these_files"] else [changed]
    return [
        *blocks,
        Chart(_("What readers found"), svg.intervals(points, _("Share that is well")),
              Table("answers", columns, rows, caption=_("What readers found"))),
        *_ticked(fact),
    ]  # fmt: skip


def _estimate(one: dict[str, Any]) -> Estimate:
    return Estimate(one["part"], one["whole"], one["low"], one["high"])


def _ticked(fact: Facts) -> list[Block]:
    """What readers ticked beside the questions, and personal data that they found in clear."""
    blocks: list[Block] = []
    for name, title, means in (
        ("observations", _("What readers noted besides"), _("Times that readers ticked it")),
        ("missed", _("Personal data that readers found in clear"),
         _("Values of the type that readers found unmasked")),
    ):  # fmt: skip
        rows = [Row(key, {"what": key, "times": count}) for key, count in fact[name].items()]
        columns = [Column("what", _("What")), Column("times", _("Times"), "values", means)]
        if rows:
            table = Table(name, columns, rows, caption=title, kind="narrow")
            blocks += [Heading(title), table]
    return blocks


PAGE = Page(
    "reading",
    _("Human reading round"),
    _("What do people say who can read it?"),
    facts,
    show,
    is_public=True,
)
