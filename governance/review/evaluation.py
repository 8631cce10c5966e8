"""What readers said, as evaluation data: for the language model and for personal data.

The second kind holds what the recognisers missed, in clear where it was left: such a file
is personal data, and is readable by its owner alone.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from governance.release_folder import Release
from governance.review.results import Read
from governance.review.shown import Scrub, Shown, shown
from schemas.errors import InputError
from schemas.reading import Label

Line = dict[str, Any]


def language_lines(release: Release, read: Read, scrub: Scrub | None = None) -> Iterator[Line]:
    """Labelled text for `endonym lid eval`: `id`, `text`, and `lang`, or `not_lang` if unknown."""
    for tag, label, seen in _documents(release, read, scrub):
        line: Line = {"id": label.doc_id, "text": "\n".join(seen.parts)}
        if label.language_correct:
            yield {**line, "lang": tag}
        elif label.language:
            yield {**line, "lang": label.language}
        else:
            yield {**line, "not_lang": tag}


def personal_lines(release: Release, read: Read, scrub: Scrub | None = None) -> Iterator[Line]:
    """Marked text for `endonym pii eval`: one line for each part that was shown.

    Raises:
        InputError: a mark lies outside its part, so the text is not the one that was read.
    """
    for tag, label, seen in _documents(release, read, scrub):
        for number, part in enumerate(seen.parts):
            marks = [one for one in label.marks if one.part == number]
            if any(one.end > len(part) for one in marks):
                raise InputError(
                    f"document {label.doc_id}: a mark lies outside its text; masked by another"
                    " version of Endonym? draw the round again"
                )
            spans = sorted({(one.start, one.end, one.type) for one in marks})
            yield {
                "id": f"{label.doc_id}/{number}", "text": part, "lang": tag,
                "country": seen.country, "spans": [list(span) for span in spans],
            }  # fmt: skip


def _documents(
    release: Release, read: Read, scrub: Scrub | None
) -> Iterator[tuple[str, Label, Shown]]:
    """Every document whose first reader answered everything, with what was shown of it."""
    for language in read.record["languages"]:
        labels: dict[str, Label] = {}
        for batch in language["batches"]:
            mine = read.by_reader.get((language["tag"], batch["reader"]), {})
            labels |= {
                one: mine[one] for one in batch["documents"] if one in mine and
                mine[one].is_complete
            }  # fmt: skip
        seen = shown(release, language["tag"], list(labels), scrub)
        for doc_id in sorted(labels):
            if doc_id in seen:
                yield language["tag"], labels[doc_id], seen[doc_id]


def write_lines(path: Path, lines: Iterator[Line]) -> int:
    r"""Writes lines of JSON that end in \n, readable by the owner alone; how many they are."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return text.count("\n")
