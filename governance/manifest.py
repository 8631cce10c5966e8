"""The manifest of a release: a digest of every file that must never change.

What a run leaves lies inside the root digest (`COVERED`). What is made from it later,
by whom and when it pleases - the journal, the report, the validation - lies outside,
and is named so; `validation/` and `report/` state the root that they were made from.
So the same run gives the same manifest, byte for byte (promise P2).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from governance import retained
from governance.integrity.paths import present as files_of
from governance.integrity.paths import shown
from governance.release_folder import read_json
from schemas.errors import InputError

NAME = "manifest.json"
#: Folders and files inside the root digest.
COVERED = (
    "documents", "removed", "quarantine", "duplicates", "optout_evidence.parquet", "run.json",
)  # fmt: skip
#: Files that a release may hold outside the root digest.
NOT_COVERED = ("journal.json", "lineage", "report", "signoff", "validation")
#: What `endonym release` adds to the folder; `manifest-sha256.txt` vouches for it.
EXPORTED = (
    "ATTRIBUTION.md", "CHANGELOG.md", "LICENSES", "README.md", "TAKEDOWN.md", "TERMS.md",
    "attestation", "audit", "contract.odcs.yaml", "croissant.json", "doc_ids.merkle.json",
    "eu_training_content_summary.json", "eu_training_content_summary.md",
    "internal-sha256.txt", "licence_ledger.parquet", "manifest-sha256.txt",
    "optout_evidence.parquet", "privacy_statement.md", "quality", "release.json", "schema.json",
    "sources.parquet", "tombstones", "top_domains.csv",
)  # fmt: skip

Progress = Callable[[int, int], None]


def write_manifest(release: Path, progress: Progress | None = None) -> Path:
    """Writes `manifest.json`: path, sha256, bytes and rows of every covered file, and the root.

    Args:
        release: the release folder.
        progress: called with files done and files in all.

    Returns:
        The path of the manifest. Written whole or not at all.

    Raises:
        InputError: the folder is missing, or a covered file is a link.
    """
    if not release.is_dir():
        raise InputError(f"{release}: there is no such folder; give the folder of a release")
    paths = [path for path in files_of(release) if _is_covered(path)]
    files = []
    for done, path in enumerate(paths, start=1):
        if (release / path).is_symlink():
            raise InputError(f"{release / path}: is a link; a release holds its files itself")
        files.append(_entry(release, path))
        if progress:
            progress(done, len(paths))
    manifest = {"files": files, "not_covered": list(NOT_COVERED), "root": root_of(files)}
    return _write(release / NAME, manifest)


def root_of(files: list[dict[str, Any]]) -> str:
    r"""The root digest: sha256 over the sorted lines that `sha256sum` would print.

    >>> root_of([{"path": "run.json", "sha256": "00"}])[:8]
    '87a78d51'
    """
    lines = sorted(f"{file['sha256']}  {file['path']}\n".encode() for file in files)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def verify(
    release: Path, progress: Progress | None = None, *, later: Sequence[str] = ()
) -> list[str]:
    """Reads every covered file again and names each one that is not as the manifest says.

    Args:
        release: the release folder.
        progress: called with files done and files in all.
        later: files and folders beside `NOT_COVERED` that may lie there too, unread.

    Returns:
        One sentence for every changed, missing or extra file, ordered by path; an empty
        list means that the release is untouched.

    Raises:
        InputError: the folder is missing, or has no readable manifest.
    """
    manifest = read_json(release / NAME)
    files = manifest.get("files")
    if not isinstance(files, list) or not all(map(is_entry, files)):
        raise InputError(f"{release}: no readable {NAME} here; was the run finished?")
    listed = {file["path"]: file for file in files}
    present = set(files_of(release))
    bare = retained.reduced(release)
    problems = []
    for done, (path, file) in enumerate(sorted(listed.items()), start=1):
        found = _compare(release, path, file, is_there=path in present)
        problems += found if not _is_bare(release, path, file, bare.get(path)) else []
        if progress:
            progress(done, len(listed))
    for path in sorted(present - set(listed)):
        if path not in {NAME, retained.NAME} and path.split("/")[0] not in {*NOT_COVERED, *later}:
            problems.append(f"{shown(path)}: is not in the manifest")
    if len(listed) != len(files):
        problems.append(f"{NAME}: names a file twice")
    if manifest.get("root") != root_of(files):
        problems.append(f"{NAME}: its root is not the digest of the files that it lists")
    elif not _is_as_written(release / NAME, manifest):
        problems.append(f"{NAME}: has changed")
    return problems


def _is_as_written(path: Path, manifest: dict[str, Any]) -> bool:
    """True when the file holds what `write_manifest` writes, in the same bytes."""
    said = manifest.get("not_covered")
    is_known = isinstance(said, list) and all(name in NOT_COVERED for name in said)
    keys = {"files", "not_covered", "root"}
    return is_known and set(manifest) == keys and path.read_bytes() == _text(manifest)


def _compare(release: Path, path: str, said: dict[str, Any], *, is_there: bool) -> list[str]:
    if not is_there:
        return [f"{path}: is missing"]
    if (release / path).is_symlink():
        return [f"{path}: is a link"]
    if not (release / path).is_file():
        return [f"{path}: is no ordinary file"]
    if said != _entry(release, path):
        return [f"{path}: has changed"]
    return []


def _is_bare(release: Path, path: str, said: dict[str, Any], now: dict[str, Any] | None) -> bool:
    """Whether a file lost its text by retention, and nothing but that."""
    if now is None or said.get("rows") != now.get("rows") or not (release / path).is_file():
        return False
    is_as_said = not (release / path).is_symlink() and now == _entry(release, path)
    return is_as_said and retained.is_without_text(release / path)


def is_entry(file: object) -> bool:
    """True for what `files` of a manifest lists: at least a path and a digest."""
    keys = ("path", "sha256")
    return isinstance(file, dict) and all(isinstance(file.get(key), str) for key in keys)


def _is_covered(path: str) -> bool:
    return path.split("/", maxsplit=1)[0] in COVERED


def _entry(release: Path, path: str) -> dict[str, Any]:
    file = release / path
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        size = opened.tell()
    return {"path": path, "sha256": digest, "bytes": size, "rows": _rows(file)}


def _rows(file: Path) -> int | None:
    if file.suffix != ".parquet":
        return None
    try:
        return int(pq.read_metadata(file).num_rows)
    except (OSError, pa.ArrowException):
        return None


def _write(path: Path, manifest: dict[str, Any]) -> Path:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(_text(manifest))
    partial.replace(path)
    return path


def _text(manifest: dict[str, Any]) -> bytes:
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "surrogateescape")
