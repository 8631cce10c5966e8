"""Whether a release is byte for byte what was signed: in place, or a copy on another machine.

What decides which files a release has is the list that the statement signs,
`manifest-sha256.txt`; who takes a file and its line away breaks the signature. A release
that was not issued yet has no such list and is held against `manifest.json`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from governance import manifest, retained
from governance.integrity import merkle
from governance.integrity.approvals import approvals
from governance.integrity.paths import (
    AUDIT_HEAD,
    GATES,
    INTERNAL,
    REPORT,
    STATEMENT,
    SUMS,
    file_digest,
    need_folder,
    present,
    shown,
    what_is_wrong,
)
from governance.integrity.signature import fingerprint
from governance.integrity.signed_waivers import said_of_waivers
from governance.integrity.signoff_record import FOLDER
from governance.integrity.statement import facts_of, read_statement, signer_of
from governance.integrity.sums import read_sums
from governance.release_folder import read_json
from schemas.errors import InputError

Progress = Callable[[int, int], None]
#: What a fact of the statement is made from; it is compared where that is there.
_MADE_FROM = {
    "audit_head": AUDIT_HEAD,
    "doc_ids": merkle.NAME,
    "gates_sha256": GATES,
    "internal_sha256": INTERNAL,
    "manifest_root": manifest.NAME,
    "policy": "run.json",
    "report_sha256": REPORT,
}


@dataclass(frozen=True)
class Verdict:
    """What was found.

    Args:
        problems: one sentence for everything that is not as it was, ordered; none is intact.
        notes: what the reader should know even when all is well.
        files: how many files were read.
    """

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    files: int

    @property
    def is_intact(self) -> bool:
        """True when nothing was found."""
        return not self.problems


def verify(
    release: Path,
    public_key: Path | None = None,
    progress: Progress | None = None,
    as_of: date | None = None,
) -> Verdict:
    """Reads every file again and names each one that is not what was written or signed.

    Args:
        release: the release folder, or a copy of what was handed out.
        public_key: PEM file of the key that must have signed it. Without it, damage is found,
            but not the work of somebody who writes the lists anew.
        progress: called with files done and files in all.
        as_of: the day on which the waivers that were signed off must count; None for any.

    Returns:
        The problems by file.

    Raises:
        InputError: the folder is missing or is no release, or the key is no key.
    """
    need_folder(release)
    if not (release / SUMS).is_file() and not (release / STATEMENT).exists():
        problems = [*manifest.verify(release, progress), *sign_offs(release, as_of)]
        if public_key:
            problems.append(f"{STATEMENT}: is missing, so nothing here is signed")
        note = "held against manifest.json; this release was not issued, so nothing is signed"
        return Verdict(tuple(problems), (note,), len(present(release)))
    return _Look(release, progress, as_of).judge(public_key)


class _Look:
    """One look at an issued release."""

    def __init__(self, release: Path, progress: Progress | None, as_of: date | None) -> None:
        self._release, self._progress, self._as_of = release, progress, as_of
        self._present = present(release)
        self._problems: list[str] = []
        self._notes: list[str] = []
        self._sums = self._list(SUMS)
        self._internal = self._list(INTERNAL) if (release / INTERNAL).exists() else {}

    def judge(self, public_key: Path | None) -> Verdict:
        self._files()
        self._manifest()
        self._tree()
        self._statement(public_key)
        self._problems += sign_offs(self._release, self._as_of)
        return Verdict(tuple(dict.fromkeys(self._problems)), tuple(self._notes), len(self._present))

    def _list(self, name: str) -> dict[str, str]:
        if (self._release / name).is_symlink():
            self._problems.append(f"{name}: is a link")
            return {}
        try:
            found, problems = read_sums(self._release / name)
        except InputError as error:
            self._problems.append(str(error))
            return {}
        self._problems += problems
        return found

    def _files(self) -> None:
        """Every listed file has its digest; there is no other."""
        both = sorted(set(self._sums) & set(self._internal))
        self._problems += [f"{shown(path)}: stands in both lists" for path in both]
        listed = {**self._internal, **self._sums, **self._bare()}
        there = set(self._present)
        for done, (path, digest) in enumerate(sorted(listed.items()), start=1):
            wrong = what_is_wrong(self._release / path, digest) if path in there else "is missing"
            if wrong:
                self._problems.append(f"{shown(path)}: {wrong}")
            if self._progress:
                self._progress(done, len(listed))
        own = {SUMS, INTERNAL, STATEMENT, retained.NAME}
        extra = sorted(there - set(listed) - own)
        self._problems += [f"{shown(path)}: is not in {SUMS}" for path in extra]
        inside = {*manifest.COVERED, *manifest.NOT_COVERED}
        if INTERNAL not in there and any(path.split("/")[0] in inside for path in extra):
            self._problems.append(f"{INTERNAL}: is missing, or the files above were added")

    def _bare(self) -> dict[str, str]:
        """The digests of internal files that lost their text by retention."""
        bare = {
            path: str(one.get("sha256"))
            for path, one in retained.reduced(self._release).items()
            if path in self._internal and retained.is_without_text(self._release / path)
        }
        if bare:
            self._notes.append(
                f"{len(bare)} files of withheld documents lost their text by retention"
                f" ({retained.NAME})"
            )
        return bare

    def _manifest(self) -> None:
        """`manifest.json` agrees with the lists; what it has beyond them was not handed out."""
        if manifest.NAME not in self._sums:
            return
        record = read_json(self._release / manifest.NAME)
        files = record.get("files")
        if not isinstance(files, list) or not all(map(manifest.is_entry, files)):
            self._problems.append(f"{manifest.NAME}: cannot be read")
            return
        if record.get("root") != manifest.root_of(files):
            self._problems.append(
                f"{manifest.NAME}: its root is not the digest of the files that it lists"
            )
        listed = {**self._internal, **self._sums}
        for file in files:
            if file["path"] in listed and listed[file["path"]] != file["sha256"]:
                self._problems.append(
                    f"{shown(file['path'])}: {manifest.NAME} has another digest of it than {SUMS}"
                )
        self._not_shipped([file["path"] for file in files if file["path"] not in listed])

    def _not_shipped(self, paths: list[str]) -> None:
        """Documents are always handed out; of the rest, the folder of the release lacks nothing."""
        is_own_folder = (self._release / INTERNAL).exists()
        missing = [path for path in paths if is_own_folder or path.startswith("documents/")]
        self._problems += [f"{shown(path)}: is missing" for path in missing]
        if len(paths) > len(missing):
            self._notes.append(
                f"{len(paths) - len(missing)} files of {manifest.NAME} were not handed out:"
                f" {SUMS} does not list them"
            )

    def _tree(self) -> None:
        """The Merkle root, made again from the documents unless one of them is damaged anyway."""
        if merkle.NAME not in self._sums or any("documents/" in one for one in self._problems):
            return
        try:
            tree = merkle.Tree(merkle.released_ids(self._release))
        except InputError as error:
            self._problems.append(str(error))
            return
        said = read_json(self._release / merkle.NAME)
        if (said.get("root"), said.get("leaves")) != (tree.root, len(tree)):
            self._problems.append(f"{merkle.NAME}: is not the tree of the documents")

    def _statement(self, public_key: Path | None) -> None:
        if not (self._release / STATEMENT).exists():
            sentence = f"{STATEMENT}: is missing, so nothing here is signed"
            (self._problems if public_key else self._notes).append(sentence)
            return
        signed = read_statement(self._release)
        if signed is None:
            self._problems.append(f"{STATEMENT}: is no signed statement, or was changed")
            return
        if public_key is None:
            self._notes.append(
                "the signature was not checked: give --public-key, or whoever changed a file"
                " could have changed the lists too"
            )
        elif not signed.is_signed_by(public_key):
            given = fingerprint(public_key)
            why = "it was forged or changed" if signed.key == given else f"it names {signed.key}"
            self._problems.append(f"{STATEMENT}: is not signed with the key {given}: {shown(why)}")
        if signer_of(signed) is None:
            self._problems.append(f"{STATEMENT}: names two keys")
        self._problems += said_otherwise(self._release, signed.content)
        approved = signed.content["predicate"].get("approvals")
        self._problems += said_of_waivers(self._release, approved, self._as_of)


def sign_offs(release: Path, as_of: date | None) -> list[str]:
    """What does not hold of the sign-offs in the folder of a release; a copy has none."""
    if not (release / FOLDER).is_dir():
        return []
    found = approvals(release, as_of=as_of).problems
    return [problem for problem in found if problem.startswith(f"{FOLDER}/")]


def said_otherwise(release: Path, content: dict[str, Any]) -> list[str]:
    """What a statement says that the files do not bear out; empty when it is theirs."""
    problems = []
    said, found = content["predicate"], facts_of(release)
    named = [(said.get(key), found[key]) for key in ("name", "version") if found[key] is not None]
    if any(one != other for one, other in named):
        problems.append(
            f"{STATEMENT}: is of another release: {shown(str(said.get('name')))}"
            f" {shown(str(said.get('version')))}"
        )
    subject = [{"name": SUMS, "digest": {"sha256": _sums_digest(release)}}]
    if content.get("subject") != subject:
        problems.append(f"{SUMS}: is not the one that was signed")
    for name, path in _MADE_FROM.items():
        if (release / path).is_file() and said.get(name) != found[name]:
            problems.append(f"{path}: is not the one that the statement names")
    return problems


def _sums_digest(release: Path) -> str | None:
    path = release / SUMS
    return file_digest(path) if path.is_file() else None
