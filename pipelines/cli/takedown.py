"""The commands that take documents out of a corpus: from `takedown open` to `certify`."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.output import Json, print_json, print_rows
from schemas.errors import InputError, ValidationFailedError

if TYPE_CHECKING:
    from governance.corpus import Corpus
    from governance.takedown.cases import Case

app = typer.Typer(help="Take documents out of every release of a corpus.", no_args_is_help=True)

RunFile = Annotated[Path, typer.Argument(help="The run file of the corpus.")]
CaseId = Annotated[str, typer.Argument(help="The case, as `takedown open` named it.")]
Except = Annotated[
    list[str] | None, typer.Option("--except", help="A document to leave out, by its name.")
]
Out = Annotated[str | None, typer.Option(help="Folder that replaces `output` of the run file.")]
Role = Annotated[str, typer.Option(help="Role of who does it, for the audit log.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-11-25; else today.")]


@app.callback()
def _group() -> None:
    """Take documents out of every release of a corpus."""


@app.command("open")
def open_(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    run: RunFile,
    request: Annotated[
        str | None, typer.Option(help="The request as YAML; - reads standard input.")
    ] = None,
    ground: Annotated[str | None, typer.Option(help="Why, such as copyright or erasure.")] = None,
    doc_id: Annotated[list[str] | None, typer.Option(help="Name of a document.")] = None,
    url: Annotated[list[str] | None, typer.Option(help="An address; - reads it.")] = None,
    native_id: Annotated[list[str] | None, typer.Option(help="An id in its source.")] = None,
    host: Annotated[list[str] | None, typer.Option(help="A host, or *.host.")] = None,
    prefix: Annotated[list[str] | None, typer.Option(help="An address and all under it.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Id of a source card.")] = None,
    passage_file: Annotated[list[str] | None, typer.Option(help="A file with a quotation.")] = None,
    file: Annotated[list[str] | None, typer.Option(help="A file with the text.")] = None,
    role: Role = "rights-officer",
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Enters a request as a case, with its deadline."""
    from governance.takedown import cases  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415
    from pipelines.takedown.requests import of_options, read_request  # noqa: PLC0415

    given = {"doc_id": doc_id, "url": url, "native_id": native_id, "host": host, "prefix": prefix,
             "source": source, "file": file, "passage": passage_file}  # fmt: skip
    named = {kind: list(values) for kind, values in given.items() if values}
    if (request is None) == (not named):
        raise InputError("give either --request FILE, or --ground with what names the documents")
    asked = read_request(request) if request else of_options(ground, named, sys.stdin)
    corpus = load_corpus(run, out)
    case = cases.open_case(corpus, asked, _day(as_of))
    _audit(corpus, case, "takedown.open", role, as_of,
           {"ground": case.ground, "covers": case.covers, "deadline": case.deadline})  # fmt: skip
    _show(case.as_dict(), as_json=as_json)


@app.command()
def locate(
    run: RunFile,
    case: CaseId,
    except_: Except = None,
    role: Role = "rights-officer",
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Finds the documents of a case and their copies in every release; changes nothing."""
    from governance.takedown import cases  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415
    from pipelines.takedown.apply import keep_located, steps_done  # noqa: PLC0415
    from pipelines.takedown.locate import locate as search  # noqa: PLC0415

    corpus = load_corpus(run, out)
    found = cases.load(corpus, case)
    if steps_done(corpus, found):
        raise InputError(f"case {case}: is being applied; what was located is settled")
    request = cases.request_of(corpus, found)
    with Steps("locate", shown=not as_json) as steps:
        located = search(corpus, request, found.covers, steps.count)
    keep_located(corpus, found, located)
    left_out = tuple(sorted({*found.excepted, *(except_ or ())}))
    cases.save(corpus, found, status=cases.LOCATED, excepted=left_out)
    rows = located.with_columns(left_out=located["doc_id"].is_in(list(left_out))).to_dicts()
    _audit(corpus, found, "takedown.locate", role, as_of,
           {"documents": len(rows), "left_out": len(left_out)})  # fmt: skip
    print_rows(rows, f"case {case}: {len(rows)} documents", as_json=as_json)


@app.command()
def apply(
    run: RunFile,
    case: CaseId,
    except_: Except = None,
    role: Role = "rights-officer",
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Takes what was located out of every release; goes on where it was killed."""
    from governance.takedown import cases  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415
    from pipelines.takedown.apply import begin, steps_done, take_down  # noqa: PLC0415
    from pipelines.takedown.secondary import alone  # noqa: PLC0415

    corpus = load_corpus(run, out)
    found = cases.load(corpus, case)
    if except_ and steps_done(corpus, found):
        raise InputError(f"case {case}: is being applied; what was located is settled")
    if except_:
        left_out = tuple(sorted({*found.excepted, *except_}))
        found = cases.save(corpus, found, excepted=left_out)
    with alone(corpus):
        work = begin(corpus, found, day=_day(as_of).isoformat(), role=role, at=_at(as_of),
                     shown=not as_json)  # fmt: skip
        take_down(work)
    told = {"case": case, "versions": work.plan["versions"], **steps_done(corpus, found)}
    _show(told, as_json=as_json)


@app.command()
def certify(  # noqa: PLR0913, PLR0917
    run: RunFile,
    case: CaseId,
    key: Annotated[Path | None, typer.Option(help="Private key (PEM) that signs it.")] = None,
    register: Annotated[
        Path | None, typer.Option(help="CSV of recipients: recipient, release.")
    ] = None,
    role: Role = "rights-officer",
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Looks everywhere again and writes the certificate; exit status 2 when something is left."""
    from governance.takedown import cases, certificate  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415
    from pipelines.takedown.apply import begin  # noqa: PLC0415
    from pipelines.takedown.certify import certify as prove  # noqa: PLC0415
    from pipelines.takedown.secondary import alone  # noqa: PLC0415

    corpus = load_corpus(run, out)
    found = cases.load(corpus, case)
    with alone(corpus):
        work = begin(corpus, found, day=_day(as_of).isoformat(), role=role, at=_at(as_of))
        record = prove(work, key, register)
    folder = cases.folder_of(corpus, case)
    if as_json:
        print_json(record)
    else:
        typer.echo(certificate.as_text(record) + f"\n{folder / 'certificate.md'}")
    if record["counts"]["hits"] or not record["counts"]["reconciled"]:
        raise ValidationFailedError(f"case {case}: something is left; the certificate says where")


@app.command()
def status(
    run: RunFile,
    case: Annotated[str | None, typer.Argument(help="A case; all when absent.")] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Shows the cases of a corpus by deadline, or one case with what is done."""
    from governance.takedown import cases  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415
    from pipelines.takedown.apply import steps_done  # noqa: PLC0415

    corpus = load_corpus(run, out)
    if case is None:
        shown = ("id", "ground", "received", "deadline", "status")
        rows = [one.as_dict() for one in cases.every(corpus)]
        print_rows([{name: row[name] for name in shown} for row in rows], "cases", as_json=as_json)
        return
    found = cases.load(corpus, case)
    _show({**found.as_dict(), "steps": steps_done(corpus, found)}, as_json=as_json)


@app.command()
def forget(
    run: RunFile,
    case: CaseId,
    role: Role = "privacy-officer",
    as_of: AsOf = None,
    out: Out = None,
) -> None:
    """Erases the requester and the raw values of a case that is certified or dropped."""
    from governance.takedown import cases  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415
    from pipelines.takedown.apply import steps_done  # noqa: PLC0415

    corpus = load_corpus(run, out)
    found = cases.load(corpus, case)
    if steps_done(corpus, found) and found.status != cases.CERTIFIED:
        raise InputError(f"case {case}: is being applied; certify it first")
    cases.forget(corpus, found)
    _audit(corpus, found, "takedown.forget", role, as_of, {})
    typer.echo(f"case {case}: who asked, and for what, is erased")


def _day(as_of: str | None) -> date:
    from pipelines.cli.days import given_day  # noqa: PLC0415

    return given_day(as_of)


def _at(as_of: str | None) -> str:
    return as_of or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _audit(
    corpus: "Corpus",
    case: "Case",
    action: str,
    role: str,
    as_of: str | None,
    facts: dict[str, Any],
) -> None:
    from governance.integrity.audit import AuditLog  # noqa: PLC0415

    log = AuditLog(corpus.state / "audit")
    log.append(action, f"case:{case.id}", actor_role=role, at=_at(as_of), facts=facts)


def _show(record: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(record)
        return
    for name, value in record.items():
        typer.echo(f"{name.replace('_', ' ')}: {value}")
