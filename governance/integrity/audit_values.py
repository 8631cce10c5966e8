"""What may stand in the audit log: ids, codes, digests, numbers, days. No text, no persons.

The log cannot be changed later, so nothing that must one day be erased may enter it. A
value that fits none of the forms is refused, and with it the entry. A name that is spelled
like a code cannot be told from one: callers give values from their own lists, not from
documents or requests.
"""

import math
import re
from collections.abc import Mapping

from schemas.errors import InputError

Value = str | int | float | bool | None

#: Kinds of things that an id can be of; written before it, as in `release:demo-2026.11.0`.
KINDS = (
    "approval", "audit", "case", "corpus", "decision", "document", "gate", "index", "key",
    "model", "policy", "release", "run", "settings", "sha256", "shard", "source", "statement",
    "subject", "suppression", "tombstones", "version", "waiver",
)  # fmt: skip
_ID = r"[A-Za-z0-9][A-Za-z0-9._+=-]{0,63}(?:/[A-Za-z0-9._+=-]{1,80}){0,4}"
#: Name of a form -> what it looks like.
FORMS = {
    "code": r"[a-z][a-z0-9]{0,31}(?:[_-][a-z0-9]{1,31}){0,7}",
    "upper code": r"[A-Z][A-Z0-9]{0,31}(?:[_-][A-Z0-9]{1,31}){0,7}",
    "language": r"[a-z]{3}_[A-Z][a-z]{3}",
    "digest or document id": r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}",
    "short id": r"(?=[0-9a-f]*[a-f])(?:[0-9a-f]{8}|[0-9a-f]{16})",
    "run id": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "day or time": r"\d{4}-[01]\d-[0-3]\d(?:T[0-2]\d:[0-5]\d(?::[0-6]\d)?(?:Z|[+-]\d\d:\d\d))?",
    "version": r"\d{1,4}(?:\.\d{1,4}){1,2}(?:[-+][A-Za-z0-9.-]{1,32})?",
    "licence": r"(?:LicenseRef-)?[A-Za-z]+(?:-[A-Za-z]+)*-\d+\.\d+",
    "id of a kind": rf"(?:{'|'.join(KINDS)}):(?:{_ID})",
    "file of a release": (
        r"(?:documents|removed|quarantine|duplicates|tombstones)(?:/[A-Za-z0-9_=.-]+)+"
    ),
}
_VALUE = re.compile("|".join(f"(?:{form})" for form in FORMS.values()))
#: Ids of eight or sixteen hexadecimal characters, which may by chance be digits alone.
_SHORT_ID = re.compile(r"[0-9a-f]{8}|[0-9a-f]{16}")
_SHORT_ID_NAMES = ("cluster_id", "key_id", "suppression_key_id")
_ACTION = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+){0,5}")
_FACT = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+){0,7}")
_TIME = re.compile(FORMS["day or time"])
_MOST_FACTS = 64


def check_entry(  # the parts of an entry, each with its own rule
    *, action: str, object_id: str, actor_role: str, at: str, facts: Mapping[str, Value]
) -> None:
    """Refuses an entry with a value that is no id, code, digest, number or day.

    Raises:
        InputError: names what does not fit, and never repeats the value itself.
    """
    problems = []
    if not _ACTION.fullmatch(action):
        problems.append("the action is a code such as takedown.apply")
    if not _VALUE.fullmatch(object_id):
        problems.append("the object is a digest, a document id, or an id of a kind: case:1a2b3c4d")
    if not re.fullmatch(FORMS["code"], actor_role):
        problems.append("the role is a code such as data-steward")
    if not _TIME.fullmatch(at):
        problems.append("the time is 2026-11-25 or 2026-11-25T10:00:00Z")
    if len(facts) > _MOST_FACTS:
        problems.append(f"there are at most {_MOST_FACTS} facts")
    for place, (name, value) in enumerate(facts.items(), start=1):
        if not _FACT.fullmatch(name):
            problems.append(f"the name of fact {place} is a code such as shards_rewritten")
        elif not is_allowed(name, value):
            problems.append(f"the fact {name} is no id, code, digest, number or day")
    if problems:
        raise InputError(f"audit log: this cannot be entered: {'; '.join(problems)}")


def is_allowed(name: str, value: Value) -> bool:
    """True when a value has one of the forms.

    >>> is_allowed("ground", "opt-out"), is_allowed("ground", "She asked us to")
    (True, False)
    """
    if value is None or isinstance(value, bool | int):
        return True
    if isinstance(value, float):
        return math.isfinite(value)
    if name in _SHORT_ID_NAMES and _SHORT_ID.fullmatch(value):
        return True
    return bool(_VALUE.fullmatch(value))
