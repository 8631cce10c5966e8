"""A national opt-out list: hosts, or parts of hosts, whose text may not be used."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from schemas.yaml_files import read_record

_ENTRY = re.compile(r"(?:\*\.)?[^\s/:@*]+\.[^\s/:@*]+(?:/\S*)?")


class NationalList(BaseModel):
    """The list as it lies in a YAML file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    date: date
    entries: Annotated[list[str], Field(min_length=1)] = Field(
        description="example.org, *.example.org for all hosts below too, example.org/archive/"
    )

    @field_validator("entries")
    @classmethod
    def _are_hosts(cls, entries: list[str]) -> list[str]:
        odd = [str(place) for place, one in enumerate(entries, 1) if not _ENTRY.fullmatch(one)]
        if odd:
            raise ValueError(
                f"entry {', '.join(odd)} is no host; write example.org, *.example.org or"
                " example.org/path, without https://"
            )
        return entries

    def by_host(self) -> dict[str, list[str]]:
        """Beginnings of paths by host; `*.` hosts speak for the hosts below and for themselves."""
        found: dict[str, list[str]] = {}
        for entry in self.entries:
            host, _, path = entry.partition("/")
            found.setdefault(host.lower(), []).append(f"/{path}")
        return {host: sorted(set(paths)) for host, paths in sorted(found.items())}


def read_list(path: Path) -> NationalList:
    """The list in a file.

    Raises:
        InputError: one line per mistake.
    """
    return read_record(path, NationalList)
