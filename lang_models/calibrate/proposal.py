"""What is proposed for one limit, or the reason why the limit for all languages stands."""

from dataclasses import dataclass
from typing import Literal

from lang_models.calibrate.tolerance import Side
from lang_models.profile import Limit

#: A limit on the kind of text moves at most so many times: on the same pages of help no language
#: of 23 has copied lines or runs of words further from their median (measured 2026-11-25,
#: docs/decisions/0012-what-a-language-decides.md). What would move further is another kind of
#: text, not another language.
MOST_MOVED = 1.5

Verdict = Literal[
    "measured",
    "holds",
    "holds in part",
    "too little text",
    "few sources",
    "too far",
    "no stricter",
    "off",
    "decided",
    "by hand",
]
REASONS: dict[Verdict, str] = {
    "holds": "it removes no more than the share of every source that is large enough",
    "holds in part": (
        "it removes no more than the share of one source at least; where it removes more, the"
        " kind of text is another: read it"
    ),
    "few sources": "it would remove more than the share, but of one or two sources only: read it",
    "too far": (
        f"the text asks for one more than {MOST_MOVED} times from it, as another kind of text"
        " does and no other language: read it"
    ),
    "no stricter": "one of its own would be no stricter, with room for other kinds of text",
    "off": "it is off for all languages, or for this script, and the text does not ask for it",
    "decided": "it says what is worth keeping, which no text can tell",
}


@dataclass(frozen=True)
class Proposal:
    """What a limit shall be.

    Args:
        key: of the limit, as in the profiles.
        side: "min" or "max".
        value: the limit; None where the rule is off.
        common: the limit for all languages.
        measured: the value that at most the wanted share lies beyond, in the most lenient
            source; None where no source is large enough.
        count: documents or pieces measured.
        verdict: `measured` if it is written into the profile; else why the common one stands.
        why: the same in a sentence: the source of a limit of its own, or the reason.
    """

    key: str
    side: Side
    value: float | None
    common: float | None
    measured: float | None
    count: int
    verdict: Verdict
    why: str

    @property
    def limit(self) -> Limit:
        """The limit as a profile holds it."""
        if self.side == "min":
            return Limit(min=self.value, source=self.why)
        return Limit(max=self.value, source=self.why)
