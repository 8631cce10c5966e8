"""Reads the folder that the samples are taken from."""

import csv
import json
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, Any]
#: Planted values shorter than this could occur in a digest by chance.
MIN_VALUE_CHARS = 9
_SCRIPTS = {
    "bul": "Cyrl", "rus": "Cyrl", "ukr": "Cyrl", "srp": "Cyrl", "mkd": "Cyrl", "ell": "Grek",
    "heb": "Hebr", "hin": "Deva", "tam": "Taml", "zho": "Hans", "kor": "Hang", "jpn": "Jpan",
    "tha": "Thai", "urd": "Arab", "amh": "Ethi", "ben": "Beng", "fas": "Arab", "arb": "Arab",
    "kat": "Geor", "hye": "Armn",
}  # fmt: skip


def script_of(language: str) -> str:
    """ISO 15924 script of a language of `pii_embedded.jsonl`."""
    return _SCRIPTS.get(language, "Latn")


class Shippable:
    """The folder, each file read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, name: str) -> list[Row]:
        """The rows of one JSONL file."""
        lines = (self.folder / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
        return [json.loads(line) for line in lines if line]

    @cached_property
    def demo(self) -> list[Row]:
        """The raw demo corpus with its `kind`, in the order of ids, less texts with identifiers.

        Those texts are taken from `pii_embedded.jsonl`, where the places of all values are known.
        """
        labels = (self.folder / "raw_demo.labels.tsv").read_text(encoding="utf-8").splitlines()
        kinds = {row["id"]: row["kind"] for row in csv.DictReader(labels, delimiter="\t")}
        rows = [row | {"kind": kinds[row["id"]]} for row in self.rows("raw_demo")]
        kept = [row for row in rows if row["source"] != "udhr with inserted identifiers"]
        return sorted(kept, key=lambda row: str(row["id"]))

    def manual(self, *packages: str, kinds: tuple[str, ...] = ("manual",)) -> list[Row]:
        """Rows of the raw demo corpus that come from Debian packages with these names."""
        prefixes = tuple(f"debian:{package}" for package in packages)
        return [
            row for row in self.demo if row["kind"] in kinds and row["source"].startswith(prefixes)
        ]

    @cached_property
    def carriers(self) -> dict[str, list[str]]:
        """Paragraphs of the Declaration by `language_Script`; the first variant of each."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows("lid_udhr"):
            found[f"{row['lang']}_{row['script']}"][row["variant"]].append(row["text"])
        return {tag: variants[min(variants)] for tag, variants in found.items()}

    def letters(self, taken: set[str]) -> list[Row]:
        """Rows of `pii_embedded.jsonl` whose values are long enough and occur only once.

        Args:
            taken: values that other documents hold.
        """
        seen, kept = set(taken), []
        for row in self.rows("pii_embedded"):
            values = [row["text"][start:end] for start, end, _ in row["spans"]]
            if any(len(value) < MIN_VALUE_CHARS or value in seen for value in values):
                continue
            seen.update(values)
            kept.append(row)
        return kept
