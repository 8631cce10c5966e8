"""What a steward decided on a review report: the file `decisions.json` that its pages export."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA = "endonym.decisions/1"

Kind = Literal["source", "licence", "threshold", "rule", "sample", "gate"]
Scope = Literal["text", "media"]
#: Kind -> its verdicts, and what each asks of `value`.
VERDICTS: Mapping[str, Mapping[str, str]] = {
    "source": {"approve": "nothing", "quarantine": "nothing", "drop": "nothing"},
    "licence": {"conclude": "expression"},
    "threshold": {"move": "number", "off": "nothing"},
    "rule": {"flag": "nothing", "accept": "nothing"},
    "sample": {
        "right": "nothing",
        "wrong-removal": "nothing",
        "wrong-mask": "nothing",
        "missed-mask": "nothing",
        "wrong-language": "tag or nothing",
    },
    "gate": {"note": "nothing", "return": "nothing"},
}
#: Why, in a word: free text stays in `comment` and is never published.
REASONS = (
    "checked", "evidence-found", "no-evidence", "rights-unclear", "quality", "too-harsh",
    "too-lenient", "small-language", "wrong-language", "personal-data", "harmful", "other",
)  # fmt: skip
_TARGETS: Mapping[str, tuple[str, str]] = {
    "source": (r"[a-z0-9][a-z0-9._-]{0,63}", "the id of a source card"),
    "licence": (
        r"(?:source:)?[a-z0-9][a-z0-9._-]{0,252}|host:[a-z0-9][a-z0-9.-]{0,252}",
        "the id of a source card, or a host in lower case such as example.org",
    ),
    "threshold": (
        r"(?:[a-z]{3}_[A-Z][a-z]{3}|default):[a-z][a-z0-9_-]{1,63}",
        "tag:measure, such as swh_Latn:length_words_min or swh_Latn:language-score",
    ),
    "rule": (r"(?:[a-z]{2,16}/)?[a-z][a-z0-9_-]{1,63}", "the name of a rule"),
    "sample": (r"[0-9a-f]{32}", "a doc_id: 32 hexadecimal characters"),
    "gate": (r"G-[A-Z0-9-]{2,20}", "the id of a gate, such as G-DUP"),
}
_TAG = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
_EXPRESSION_CHARS = 400


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MadeBy(_Record):
    """Who decided. The name stays in the decisions' folder; only the role goes further."""

    name: Annotated[str, Field(min_length=2, max_length=120, pattern=r"\S")]
    role: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,31}(?:[_-][a-z0-9]{1,31}){0,7}$")] = (
        Field(description="A code such as steward, rights-officer or privacy.")
    )


class Decision(_Record):
    """One verdict on one thing that the report shows."""

    id: Annotated[str, Field(pattern=r"^d-[0-9a-f]{8,32}$")]
    kind: Kind
    target: Annotated[str, Field(min_length=1, max_length=260)]
    verdict: Annotated[str, Field(min_length=1, max_length=40)]
    value: float | str | None = None
    reason: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")] = "other"
    comment: Annotated[str, Field(max_length=2000)] = ""
    scope: Scope = Field("text", description="Of a licence: only text counts for text.")
    expires: date | None = Field(None, description="Last day on which it counts; null is none.")

    @model_validator(mode="before")
    @classmethod
    def _fits(cls, given: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
        """Kind, target, verdict and value go together; every mistake at once."""
        if not isinstance(given, dict) or given.get("kind") not in VERDICTS:
            return given
        wrong = _misfits(given)
        if wrong:
            raise ValueError("; ".join(wrong))
        return given


def _misfits(given: Mapping[str, Any]) -> list[str]:
    kind, target = given["kind"], given.get("target")
    verdict, value = given.get("verdict"), given.get("value")
    wrong = []
    form, told = _TARGETS[kind]
    if not isinstance(target, str) or not re.fullmatch(form, target):
        wrong.append(f"the target of a {kind} is {told}")
    if given.get("reason", "other") not in REASONS:
        wrong.append(f"the reason is one of {', '.join(REASONS)}")
    wanted = VERDICTS[kind].get(verdict) if isinstance(verdict, str) else None
    if wanted is None:
        wrong.append(f"the verdict on a {kind} is one of {', '.join(VERDICTS[kind])}")
    elif not _is_wanted(wanted, value):
        wrong.append(f"{verdict} needs {_WANTED[wanted]} as its value")
    return wrong


_WANTED = {
    "nothing": "null",
    "expression": "an SPDX licence expression, such as CC-BY-4.0,",
    "number": "a number",
    "tag or nothing": "a language tag such as swh_Latn, or null,",
}


def _is_wanted(wanted: str, value: object) -> bool:
    if wanted == "number":
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and abs(float(value)) < float("inf")  # type: ignore[arg-type]
    if wanted == "expression":
        return isinstance(value, str) and 0 < len(value.strip()) <= _EXPRESSION_CHARS
    if wanted == "tag or nothing" and isinstance(value, str):
        return _TAG.fullmatch(value) is not None
    return value is None


class DecisionFile(_Record):
    """`decisions.json`: what one person decided on one report."""

    schema_: Literal["endonym.decisions/1"] = Field(alias="schema")
    release: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$")]
    report_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    made_by: MadeBy
    at: date = Field(description="The day of the last of them.")
    decisions: Annotated[list[Decision], Field(min_length=1, max_length=20_000)]

    @model_validator(mode="after")
    def _once(self) -> "DecisionFile":
        for what, named in (
            ("id", [one.id for one in self.decisions]),
            ("target", [f"{one.kind} {one.target}" for one in self.decisions]),
        ):
            twice = sorted({name for name in named if named.count(name) > 1})
            if twice:
                raise ValueError(f"the {what} {', '.join(twice[:5])} stands here twice; keep one")
        return self
