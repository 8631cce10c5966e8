"""The recognisers, in order. A new one is a file in this folder and a name here."""

from governance.pii.recogniser import Recogniser
from governance.pii.recognisers import (
    email,
    iban,
    ip_address,
    national_id,
    payment_card,
    phone,
    url_credentials,
)

RECOGNISERS: tuple[Recogniser, ...] = (
    email.RECOGNISER,
    url_credentials.RECOGNISER,
    ip_address.RECOGNISER,
    iban.RECOGNISER,
    payment_card.RECOGNISER,
    national_id.RECOGNISER,
    phone.RECOGNISER,
)
