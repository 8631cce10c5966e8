"""The reserved ranges that surrogates are drawn from: one module per type, and the registry."""

from governance.pii.treatments.surrogates import card, email, iban, ip, mac, national_id, phone
from governance.pii.treatments.surrogates.draw import Range

RANGES: tuple[Range, ...] = (
    card.RANGE,
    email.RANGE,
    iban.RANGE,
    ip.RANGE,
    mac.RANGE,
    national_id.RANGE,
    phone.RANGE,
)
BY_TYPE = {one.type: one for one in RANGES}
