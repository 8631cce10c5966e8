"""A value that looks like the one found and is nobody's: drawn from ranges that are reserved.

The same value of a document becomes the same surrogate, different ones become different ones,
and the same value in another document becomes another one: what is drawn follows from a key,
the document and the value, so nothing has to be remembered and a second run draws the same.

Source: each range stands with its source in `surrogates/`.
"""

import hmac

from governance.pii.treatments.surrogates import BY_TYPE
from governance.pii.treatments.surrogates.draw import Draw
from governance.pii.treatments.treatment import Treatment, Value
from schemas.privacy import SURROGATE

PURPOSE = "surrogate"


def _replace(value: Value) -> str | None:
    seed = "\0".join((value.doc_id, value.type, value.identity, str(value.attempt)))
    draw = Draw(hmac.digest(value.keyring.derive(PURPOSE), seed.encode(), "sha256"))
    made = BY_TYPE[value.type].make(value.text, value.country, draw)
    return None if made == value.text else made


TREATMENT = Treatment(
    SURROGATE, tuple(BY_TYPE), is_unique=True, replace=_replace, source="RFC 2606, RFC 5737, …"
)
