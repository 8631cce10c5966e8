"""The command about data subjects: `subject find`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import Json, print_json, print_rows
from schemas.errors import InputError

app = typer.Typer(help="Subject access: is this address or number in the corpus?",
                  no_args_is_help=True)  # fmt: skip
_SHORT = {"email": "EMAIL_ADDRESS", "phone": "PHONE_NUMBER"}


@app.callback()
def _group() -> None:
    """Subject access."""


@app.command()
def find(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    run: Annotated[Path, typer.Argument(help="The run file of the corpus.")],
    email: Annotated[str | None, typer.Option(help="An e-mail address; - reads it.")] = None,
    phone: Annotated[str | None, typer.Option(help="A telephone number; - reads it.")] = None,
    id_: Annotated[
        list[str] | None, typer.Option("--id", help="TYPE=VALUE; TYPE=- reads the value.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="File of TYPE=VALUE lines.")] = None,
    country: Annotated[
        str | None, typer.Option(help="ISO 3166-1, for a telephone number without its country.")
    ] = None,
    out: Annotated[str | None, typer.Option(help="Replaces `output` of the run file.")] = None,
    as_json: Json = False,
) -> None:
    """Says in which releases and documents a value stood; it is read from standard input.

    Without an option, lines of TYPE=VALUE are read, such as email=jo@example.org: so the value
    stands in no history of the shell. Nothing of it is printed.
    """
    from governance.subjects import search  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415

    asked = _asked(email, phone, id_ or [], file)
    corpus = load_corpus(run, out)
    answers = [(kind, search(corpus, kind, value, country)) for kind, value in asked]
    found = [
        {"asked": place, "type": kind, "release": version, "doc_id": name}
        for place, (kind, answer) in enumerate(answers, start=1)
        for version, name in answer.found
    ]
    notes = sorted({note for _, answer in answers for note in answer.notes})
    releases = sorted({version for _, answer in answers for version in answer.asked})
    if as_json:
        print_json({"found": found, "releases_asked": releases, "notes": notes})
        return
    print_rows(found, f"{len(found):,} documents", as_json=False)
    typer.echo(f"asked: {', '.join(releases)}")
    typer.echo("\n".join(notes))


def _asked(
    email: str | None, phone: str | None, ids: list[str], file: Path | None
) -> list[tuple[str, str]]:
    """Types and values, in the order given; a value that is `-` is a line of standard input."""
    pairs = [("email", email)] if email else []
    pairs += [("phone", phone)] if phone else []
    pairs += [_pair(one, "--id") for one in ids]
    if file:
        try:
            lines = file.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: cannot be read ({type(error).__name__})") from None
        pairs += [_pair(line, f"{file}:{at}") for at, line in enumerate(lines, 1) if line.strip()]
    if not pairs:
        lines = sys.stdin.read().split("\n")
        pairs = [_pair(line, f"line {at}") for at, line in enumerate(lines, 1) if line.strip()]
    if not pairs:
        raise InputError("give --email, --phone, --id or --file, or lines of TYPE=VALUE to read")
    return [
        (_SHORT.get(kind.lower(), kind), sys.stdin.readline().strip() if value == "-" else value)
        for kind, value in pairs
        if value is not None
    ]


def _pair(written: str, where: str) -> tuple[str, str]:
    kind, sign, value = written.strip().partition("=")
    if not sign or not value or not kind.replace("_", "").isalpha():
        raise InputError(f"{where}: write it as TYPE=VALUE, such as EMAIL_ADDRESS=jo@example.org")
    return kind, value
