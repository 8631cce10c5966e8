"""The sheet that the responsible people sign: what they answer for, and how."""

from governance.report.blocks import (
    Block,
    Code,
    Column,
    Heading,
    Missing,
    Note,
    Prose,
    Row,
    Table,
)
from governance.report.counted import decision
from governance.report.page import Facts, Material, Page
from governance.report.words import _

#: What each role states when it signs; a role of a programme's own says the last one.
_STATEMENTS = {
    "steward": _("I have read this report and samples of the text. Scope, languages and quality are"
                 " as described, and what is known to be wanting is written down."),
    "privacy": _("I have judged what personal data is masked, how much of it is found, and what"
                 " may remain. What remains is acceptable for the stated use."),
    "rights": _("I have judged the licences, their evidence and the opt-outs. Every text may be"
                " handed out under the terms stated."),
    "legal": _("I have judged the legal ground of every source and the terms of the release."),
    "technical": _("The gates judged these very files, which are those of the manifest."),
    "release": _("Every sign-off that the policy asks for is there, and nothing changed since."),
}  # fmt: skip
_OTHER = _("I have judged what my role answers for, and agree to this release.")


def facts(material: Material) -> Facts:
    """The roles that must sign, and the digests that a signature is bound to."""
    roles = (material.policy.get("signoff") or {}).get("roles") or []
    found = decision.facts(material)
    return {
        "roles": [str(role) for role in roles],
        "manifest_root": material.release.manifest_root,
        "gates_root": material.results.get("manifest_root"),
        "may_be_released": found["may_be_released"],
        "release": material.release.name,
    }


def show(fact: Facts) -> list[Block]:
    """The verdict, what is signed, a line for each role, the command."""
    return [
        _verdict(fact),
        Heading(_("What a signature is bound to")),
        Prose(
            _("A signature is bound to the digest of the manifest, of the gates and of this report"
              " together. Any byte of them that changes afterwards voids it.")
        ),
        _bound(fact), *_roles(fact),
    ]  # fmt: skip


def _verdict(fact: Facts) -> Block:
    if fact["may_be_released"]:
        return Note("good", _("The gates allow a release."),
                    _("It still needs every signature below."))  # fmt: skip
    return Note("bad", _("The gates do not allow a release."),
                _("A signature would not change that; the first page says why."))  # fmt: skip


def _bound(fact: Facts) -> Table:
    rows = [
        Row("release", {"name": _("Release"), "value": fact["release"]}),
        Row("root", {"name": _("Manifest root"), "value": Code(str(fact["manifest_root"]))}),
        Row("gates", {"name": _("Gates judged the root"), "value": Code(str(fact["gates_root"]))}),
        Row("report", {"name": _("Report"), "value": _("the digest at the foot of every page")}),
    ]
    columns = [Column("name", _("What")), Column("value", _("Value"))]
    return Table("bound", columns, rows, caption=_("What a signature is bound to"))


def _roles(fact: Facts) -> list[Block]:
    heading = Heading(_("Who signs"))
    if not fact["roles"]:
        return [heading, Missing(_(
            "The policy names no roles that must sign (`signoff: {roles: [steward, privacy,"
            " rights]}`), so anybody may sign or nobody has to; this command signs:"),
            "endonym signoff RELEASE --role steward --name NAME --key PRIVATE.pem")]  # fmt: skip
    rows = [
        Row(role, {"role": role, "statement": _STATEMENTS.get(role.split("-")[0], _OTHER),
                   "name": "", "day": "", "dissent": ""})
        for role in fact["roles"]
    ]  # fmt: skip
    columns = [
        Column("role", _("Role")),
        Column("statement", _("States")),
        Column("name", _("Name and signature"), kind="line"),
        Column("day", _("Day"), kind="line"),
        Column("dissent", _("Dissent, conflict of interest"), kind="line"),
    ]
    return [
        heading,
        Table("roles", columns, rows, caption=_("Roles that sign"), kind="sign"),
        Prose(_("Each role is signed by another person with a key of his own. Dissent is recorded"
                " with the signature and holds the release. The sheet may be printed for the"
                " meeting; what counts is the signature that this command makes:")),
        Missing("", "endonym signoff RELEASE --role ROLE --name NAME --key PRIVATE.pem"),
    ]  # fmt: skip


PAGE = Page(
    "signoff",
    _("Sign-off sheet"),
    _("Who answers for this release?"),
    facts,
    show,
    is_public=False,
)
