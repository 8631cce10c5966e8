"""The names of opt-out protocols, and of the rights that stand above them."""

from typing import Literal, get_args

#: In the order in which they are told; what each one is stands in governance/optouts/.
Protocol = Literal["robots-txt", "content-usage", "tdmrep", "noai", "ai-txt", "national-list"]
PROTOCOL_NAMES: tuple[Protocol, ...] = get_args(Protocol)
#: By what right text is held. `article-3` is research under Directive (EU) 2019/790, article 3,
#: which knows no reservation; `article-4` is mining under article 4, which does.
Route = Literal[
    "article-3", "article-4", "licence", "contract", "consent", "public-domain", "statute"
]
