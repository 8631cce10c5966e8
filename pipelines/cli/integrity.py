"""The commands that prove: verify, signoff, keys, audit."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.corpus import Release
from pipelines.cli.output import Json, print_json, print_rows
from schemas.errors import InputError, ValidationFailedError

if TYPE_CHECKING:
    from schemas.waivers import Waiver

keys = typer.Typer(help="Keys that sign: releases, approvals, the audit log.", no_args_is_help=True)
audit = typer.Typer(help="The audit log of a corpus.", no_args_is_help=True)

RunFile = Annotated[Path, typer.Argument(help="The run file of the corpus.", metavar="RUN.yaml")]
PublicKey = Annotated[
    Path | None, typer.Option(help="Public key (PEM) of who must have signed.", metavar="FILE")
]
Out = Annotated[str | None, typer.Option(help="Folder that replaces `output` of the run file.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the app."""
    app.command()(verify)
    app.command()(signoff)
    app.add_typer(keys, name="keys")
    app.add_typer(audit, name="audit")


def verify(
    release: Release,
    public_key: PublicKey = None,
    doc_id: Annotated[
        str | None, typer.Option(help="Prove that this document is in the release, or is not.")
    ] = None,
    proof: Annotated[
        Path | None, typer.Option(help="Check this proof instead of making one.", metavar="FILE")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Day on which waivers must count; else today.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Names every changed, missing and extra file; with --public-key, whether it was signed."""
    if proof or doc_id:
        _prove(release, public_key, doc_id, proof, as_json=as_json)
        return
    from governance.integrity.verify import verify as check  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    with Steps("verify", shown=not as_json) as steps:
        verdict = check(release, public_key, steps.count, date.fromisoformat(_day(as_of)))
    if as_json:
        print_json(
            {"intact": verdict.is_intact, "problems": verdict.problems, "notes": verdict.notes}
        )
    else:
        well = "every file is as it was signed" if public_key else "every file is as it was listed"
        for line in (*(verdict.problems or (well,)), *(f"note: {one}" for one in verdict.notes)):
            typer.echo(line)
    if verdict.problems:
        raise ValidationFailedError(f"{release} is not as it was written")


def signoff(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    release: Release,
    role: Annotated[str, typer.Option(help="Role for which you sign: one of the policy's.")],
    name: Annotated[str, typer.Option(help="Your name; it stays inside, in signoff/.")],
    key: Annotated[Path, typer.Option(help="Your private key (PEM).", metavar="PRIVATE.pem")],
    as_of: Annotated[str | None, typer.Option(help="Day of the signature; else today.")] = None,
    dissent: Annotated[
        str, typer.Option(help="Why you do not agree: recorded, and the release is held.")
    ] = "",
    statement_language: Annotated[
        str, typer.Option(help="Language in which you read the report, such as sw.")
    ] = "",
    waivers: Annotated[
        Path | None, typer.Option(help="File of waivers; you answer for them too.", metavar="YAML")
    ] = None,
    as_json: Json = False,
) -> None:
    """Approves a release for a role: manifest, gates, report and waivers, as they lie there."""
    from dataclasses import asdict  # noqa: PLC0415

    from governance.integrity.approvals import approvals  # noqa: PLC0415
    from governance.integrity.signed_waivers import kept_waivers  # noqa: PLC0415
    from governance.integrity.signoff import sign_off  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415

    language, day = _language(statement_language), _day(as_of)
    given = _waivers(waivers, day)
    with writing(release):
        made = sign_off(
            release, role, name, key, day=day, dissent=dissent, statement_language=language,
            waivers=given,
        )  # fmt: skip
    found = approvals(release, as_of=date.fromisoformat(day))
    record = {name: value for name, value in asdict(made).items() if name != "name"}
    if as_json:
        print_json({**record, "open": found.problems})
        return
    what = "does not agree with" if made.dissent else "signed"
    typer.echo(f"{made.role} {what} {release} on {made.day}: {made.statement_sha256}")
    for waiver in kept_waivers(release):
        typer.echo(f"with the waiver of {waiver.gate} until {waiver.expires}: {waiver.reason}")
    for problem in found.problems:
        typer.echo(f"open: {problem}")


def _waivers(path: Path | None, day: str) -> "list[Waiver] | None":
    """The waivers of a file that a person signs over; None when no file is given."""
    from governance.validate.standing import read_waivers, refusals  # noqa: PLC0415

    if path is None:
        return None
    given = read_waivers(path)
    refused = refusals(given, date.fromisoformat(day))
    if refused:
        raise InputError(f"{path}: {'; '.join(refused)}")
    return given


@keys.command("new")
def new_key(
    private: Annotated[
        Path, typer.Argument(help="The private key to make.", metavar="PRIVATE.pem")
    ],
    as_json: Json = False,
) -> None:
    """Makes a pair of keys (Ed25519): PRIVATE.pem, for you alone, and PRIVATE.pub.pem."""
    from governance.integrity.signature import new_keys  # noqa: PLC0415

    made = new_keys(private)
    record = {
        "private": str(made.private), "public": str(made.public), "fingerprint": made.fingerprint
    }  # fmt: skip
    if as_json:
        print_json(record)
    else:
        typer.echo("\n".join(f"{name}: {value}" for name, value in record.items()))


@keys.command("fingerprint")
def show_fingerprint(
    key: Annotated[Path, typer.Argument(help="A private or public key.", metavar="KEY.pem")],
    as_json: Json = False,
) -> None:
    """What the public key is known by: the line for a policy's signoff.keys."""
    from governance.integrity.signature import fingerprint  # noqa: PLC0415

    found = fingerprint(key)
    print_json({"fingerprint": found}) if as_json else typer.echo(found)


@audit.command("verify")
def verify_audit(
    run: RunFile, public_key: PublicKey = None, out: Out = None, as_json: Json = False
) -> None:
    """Finds entries that were removed, changed, put in, moved or cut off, by their number."""
    from governance.integrity.audit_check import check_log, released_heads  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415

    corpus = load_corpus(run, out)
    told = released_heads(corpus.versions())
    verdict = check_log(corpus.state / "audit", public_key, told)
    if as_json:
        print_json({
            "intact": not verdict.problems, "entries": verdict.entries,
            "head": {"seq": verdict.head.seq, "hash": verdict.head.hash},
            "problems": verdict.problems, "notes": verdict.notes,
        })  # fmt: skip
    else:
        well = f"{verdict.entries} entries, each as it was written"
        for line in (*(verdict.problems or (well,)), *(f"note: {one}" for one in verdict.notes)):
            typer.echo(line)
    if verdict.problems:
        raise ValidationFailedError("the audit log is not as it was written")


@audit.command("show")
def show_audit(
    run: RunFile,
    object_: Annotated[
        str | None, typer.Option("--object", help="Only entries about this, such as case:1a2b3c4d.")
    ] = None,
    last: Annotated[int, typer.Option(help="Only so many of the newest; 0 is all.", min=0)] = 0,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Prints the entries of the audit log, the oldest first."""
    from dataclasses import asdict  # noqa: PLC0415

    from governance.integrity.audit import AuditLog  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415

    log = AuditLog(load_corpus(run, out).state / "audit")
    found = [one for one in log.entries() if object_ is None or one.object == object_][-last:]
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    rows = [
        {"seq": one.seq, "at": one.at, "role": one.actor_role, "action": one.action,
         "object": one.object, "facts": [f"{name}={value}" for name, value in one.facts.items()]}
        for one in found
    ]  # fmt: skip
    print_rows(rows, "audit log", as_json=False)


@audit.command("sign")
def sign_audit(
    run: RunFile,
    key: Annotated[Path, typer.Option(help="The programme's private key (PEM).")],
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Signs what the audit log ends with, so that nobody can cut it or write it anew unnoticed."""
    from governance.integrity.audit import AuditLog  # noqa: PLC0415
    from governance.integrity.audit_check import check_log  # noqa: PLC0415
    from governance.integrity.signature import fingerprint  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415

    folder = load_corpus(run, out).state / "audit"
    damage = check_log(folder).problems
    if damage:
        raise ValidationFailedError(f"the audit log is damaged: {damage[0]}")
    head = AuditLog(folder).sign_head(key)
    record = {"seq": head.seq, "hash": head.hash, "key": fingerprint(key)}
    print_json(record) if as_json else typer.echo(f"signed entry {head.seq} with {record['key']}")


def _prove(
    release: Path, public_key: Path | None, doc_id: str | None, file: Path | None, *, as_json: bool
) -> None:
    from governance.integrity import merkle_proofs, proofs  # noqa: PLC0415
    from governance.integrity.merkle_ids import shown_id  # noqa: PLC0415

    root = proofs.root_of_release(release, public_key)
    if file is None:
        proof = proofs.prove(release, str(doc_id), root)
        print_json(proof.as_dict())
        return
    proof = merkle_proofs.read_proof(_json(file))
    if doc_id and proof.doc_id != doc_id:
        raise ValidationFailedError(f"{file}: is a proof about another document")
    holds = merkle_proofs.check(proof, root)
    what = "is in the release" if proof.is_included else "is not in the release"
    if as_json:
        print_json({"doc_id": proof.doc_id, "included": proof.is_included, "proven": holds})
    elif holds:
        typer.echo(f"{shown_id(proof.doc_id)} {what}: proven")
    if not holds:
        raise ValidationFailedError(f"{file}: does not prove anything of {release}")


def _json(path: Path) -> Any:  # noqa: ANN401  # whatever JSON can hold
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise InputError(f"{path}: cannot be read as JSON") from None


def _language(tag: str) -> str:
    from langcodes import standardize_tag, tag_is_valid  # noqa: PLC0415

    if not tag:
        return ""
    if not tag_is_valid(tag):
        raise InputError(f"--statement-language {tag}: write it as BCP 47, such as sw or hi-Deva")
    return str(standardize_tag(tag))


def _day(given: str | None) -> str:
    """The day of --as-of, else of SOURCE_DATE_EPOCH, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given is not None:
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            raise InputError(f"--as-of {given}: write it as 2026-11-25") from None
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()
