"""What a run did, as figures for the monitoring of a data centre: Prometheus' text format.

Made of the record and the journal of the release, so it is the same on every runner and says
nothing that the release does not say: counts, names of rules and sources, no text.

Source: Prometheus text exposition format 0.0.4; files as the node exporter's textfile collector
reads them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines import files

#: Where a count stands in the record -> name of the figure, what it is, and the label of its keys.
_COUNTS = (
    ("languages", "released_documents", "Documents released, by language.", "language"),
    ("privacy", "personal_data", "Pieces of personal data masked in what is released.", "type"),
    ("removed_by_rule", "removed_documents", "Documents removed, by stage/rule.", "rule"),
    ("quarantined_by_rule", "quarantined_documents", "Documents in quarantine.", "rule"),
)


def write_metrics(release: str, path: str) -> None:
    """Writes the figures of a release into a file, which appears when it is complete.

    Args:
        release: folder or URI of the release.
        path: where the figures go, such as `/var/lib/node_exporter/endonym.prom`.

    Raises:
        InputError: the release has no record, or the file cannot be written.
    """
    record = json.loads(files.read_bytes(files.join(release, "run.json")))
    journal = json.loads(files.read_bytes(files.join(release, "journal.json")))
    files.write_bytes(path, as_text(record, journal).encode())


def as_text(record: Mapping[str, Any], journal: Mapping[str, Any]) -> str:
    """The figures of a record and a journal, sorted by name; nothing counted: heads alone."""
    counts = record["counts"]
    run = {"corpus": record["name"], "version": record["version"], "runner": journal["runner"]}
    lines = [*_head("documents", "Documents read, by source and what became of them.")]
    for source, outcomes in counts["by_source"].items():
        for outcome, rows in outcomes.items():
            lines.append(_line("documents", {**run, "source": source, "outcome": outcome}, rows))
    for key, name, what, label in _COUNTS:
        lines += _head(name, what)
        lines += [_line(name, {**run, label: one}, rows) for one, rows in counts[key].items()]
    lines += _head("seconds", "Seconds of the clock, by part of the run.")
    parts = sorted(journal["seconds"].items())
    lines += [_line("seconds", {**run, "part": part}, took) for part, took in parts]
    return "\n".join(lines) + "\n"


def _head(name: str, what: str) -> Iterator[str]:
    yield f"# HELP endonym_{name} {what}"
    yield f"# TYPE endonym_{name} gauge"


def _line(name: str, labels: Mapping[str, str], figure: float) -> str:
    told = ",".join(f'{key}="{_escaped(one)}"' for key, one in labels.items())
    return f"endonym_{name}{{{told}}} {figure}"


def _escaped(text: str) -> str:
    r"""A label's value as the format wants it.

    >>> _escaped('a "b"')
    'a \\"b\\"'
    """
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
