"""The grounds on which documents are taken down: the clock of each, and what it covers.

A ground that is about the content takes every copy with it, wherever it came from. One that
is about the place takes what lies there and nothing else: the same text from another source
may have been lawfully held all the time.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.takedown import Covers, GroundCode, TakedownRules

_MONTHS = 12


@dataclass(frozen=True)
class Ground:
    """Why a document may have to go.

    Args:
        code: as requests name it.
        title: for people.
        public_code: how coarsely the public list tells it.
        covers: `content` or `place`.
        days: until the request is answered; None when it is counted in months.
        months: likewise.
        source: where the clock is from.
    """

    code: GroundCode
    title: str
    public_code: str
    covers: Covers
    days: int | None
    months: int | None
    source: str

    @property
    def is_public(self) -> bool:
        """False where even a list of ids would show holders of old copies where to look."""
        return self.code != "illegal"


GROUNDS = (
    Ground("illegal", "unlawful content", "law", "content", 1, None,
           "within hours: EU regulation 2021/784, article 3(3), one hour for terrorist content;"
           " a day here for what is not under an order"),
    Ground("court", "order of a court or an authority", "law", "content", 7, None,
           "the order sets it (`deadline`); a week where it is silent, decision of 2026-11-25"),
    Ground("erasure", "erasure of personal data", "privacy", "content", None, 1,
           "GDPR, articles 17 and 12(3): one month"),
    Ground("objection", "objection to processing", "privacy", "content", None, 1,
           "GDPR, articles 21 and 12(3): one month"),
    Ground("copyright", "copyright or related rights", "rights", "content", 14, None,
           "14 days, a usual period of notice and takedown; governance notes 5.2, 2026-11"),
    Ground("opt-out", "reservation of rights by a site", "rights", "place", None, 1,
           "the next scheduled release, at the latest a month; governance notes 5.2, 2026-11"),
    Ground("contract-end", "end of a contract with a source", "rights", "place", 0, None,
           "the day of the end (`deadline`), else at once; governance notes 5.2, 2026-11"),
    Ground("community", "request of a community", "community", "content", None, 1,
           "no law sets it: a month, as for persons; decision of 2026-11-25"),
)  # fmt: skip


def ground(code: str) -> Ground:
    """The ground with a code; requests are checked before, so there is one."""
    return next(one for one in GROUNDS if one.code == code)


def deadline(code: str, received: date, rules: TakedownRules) -> date:
    """The last day for a request, by the policy's clock or else by the ground's.

    A month ends on the day of the same number, or on the last day of a shorter month
    (regulation 1182/71, article 3(2)(c)).

    >>> deadline("erasure", date(2026, 1, 31), TakedownRules()).isoformat()
    '2026-02-28'
    >>> deadline("erasure", date(2026, 1, 31), TakedownRules(days={"erasure": 10})).isoformat()
    '2026-02-10'
    """
    found = ground(code)
    days = rules.days.get(found.code, found.days)
    if days is not None:
        return received + timedelta(days=days)
    month = received.month + (found.months or 0)
    year, month = received.year + (month - 1) // _MONTHS, (month - 1) % _MONTHS + 1
    return date(year, month, min(received.day, monthrange(year, month)[1]))
