"""A national opt-out list: hosts, or parts of hosts, that a country's register reserves."""

from governance.optouts.model import DENY, NATIONAL, Answer, Ask, Protocol


def opened(body: str, _agents: tuple[str, ...]) -> Ask:
    """Reads the beginnings of paths, one a line, that are reserved on a host."""
    starts = tuple(line for line in body.split("\n") if line)

    def ask(path: str) -> Answer | None:
        return Answer(DENY, "reserved by the national list") if path.startswith(starts) else None

    return ask


PROTOCOL = Protocol(
    name="national-list",
    title="an opt-out list of the programme or its country",
    source="the list itself, with its date; named by the policy",
    file=NATIONAL,
    opened=opened,
)
