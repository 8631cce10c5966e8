"""`noai` in the header `X-Robots-Tag` or in the page's `<meta name="robots">`.

No standard has it; large sites of images and stories have used it since 2022. `noimageai` alone
speaks of pictures: it is recorded, and says nothing of text.
"""

import re

from governance.optouts.model import DENY, UNKNOWN, Answer, PageHead, Protocol

_BOT = re.compile(r"^[A-Za-z][\w .-]*:\s*")


def page(head: PageHead) -> Answer | None:
    """What header and page say."""
    values = [
        *head.header("x-robots-tag"),
        *(head.metas.get(name, "") for name in ("robots", "ai")),
    ]
    words = {
        _BOT.sub("", word.strip()).strip().lower() for value in values for word in value.split(",")
    }
    if "noai" in words:
        return Answer(DENY, "noai")
    return Answer(UNKNOWN, "noimageai") if "noimageai" in words else None


PROTOCOL = Protocol(
    name="noai",
    title="noai in X-Robots-Tag or in the page",
    source="practice of publishers since 2022-11, no standard; honoured as a reservation",
    page=page,
)
