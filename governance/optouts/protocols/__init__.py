"""The opt-out protocols that can be honoured, one small module each.

A new one is a module beside these with a `Protocol`, its name in `schemas.opt_out_names`, and
an entry here.
"""

from governance.optouts.model import Protocol
from governance.optouts.protocols import (
    ai_txt,
    content_usage,
    national_list,
    noai,
    robots_txt,
    tdmrep,
)

#: In the order in which they are told: of several that deny, the first is named.
PROTOCOLS: tuple[Protocol, ...] = (
    robots_txt.PROTOCOL,
    content_usage.PROTOCOL,
    tdmrep.PROTOCOL,
    noai.PROTOCOL,
    ai_txt.PROTOCOL,
    national_list.PROTOCOL,
)
