"""Apply: what was located leaves every release, in steps that may be killed and repeated.

Every step can be done again without harm, and a step that is done is skipped, so a takedown
goes on where it stopped. The order is the one in which harm is least: first the public list,
which readers honour at once, then the list that keeps a copy from coming back, then the new
releases, and only when they are whole the old content is deleted.
"""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from governance.corpus import Corpus
from governance.integrity.audit import AuditLog
from governance.manifest import write_manifest
from governance.release_folder import open_release, read_json
from governance.takedown import cases, suppression, tombstones, withdrawal
from governance.takedown.cases import APPLIED, Case
from governance.takedown.grounds import ground
from governance.takedown.stored import write_json
from pipelines.judge import REPORT, VALIDATE, judge
from pipelines.takedown import secondary
from pipelines.takedown.entries import allowed, entries
from pipelines.takedown.promote import Promotion, promotion
from pipelines.takedown.proof import write_proofs
from pipelines.takedown.query import Texts, quoted
from pipelines.takedown.reissue import reissue
from pipelines.takedown.rescan import second_look
from schemas.errors import InputError
from schemas.takedown import TakedownRequest

_PLAN, _DONE, _LOCATED = "plan.json", "steps.json", "located.parquet"
#: Releases that are judged at once; each takes a process.
_JUDGED_AT_ONCE = 2


@dataclass(frozen=True)
class Takedown:
    """A takedown at work.

    Args:
        corpus: the corpus.
        case: the case.
        plan: `day`, and `versions` from old to new; frozen when it begins.
        located: what goes, of `LOCATED`, without what the steward left out.
        role: of who does it.
        at: time for the audit log.
        shown: whether to show how far it is.
    """

    corpus: Corpus
    case: Case
    plan: dict[str, Any]
    located: pl.DataFrame
    role: str
    at: str
    shown: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the case."""
        return cases.folder_of(self.corpus, self.case.id)

    @property
    def ids(self) -> list[str]:
        """The documents that go, each once."""
        return sorted(self.located["doc_id"].unique().to_list())

    def ids_in(self, version: str) -> list[str]:
        """Those of one release."""
        here = self.located.filter(pl.col("release") == version)
        return sorted(here["doc_id"].unique().to_list())

    def new(self, version: str) -> Path:
        """The folder of the release that stands for another."""
        return self.corpus.releases / str(self.plan["versions"][version])


def read_located(corpus: Corpus, case: Case) -> pl.DataFrame:
    """What was found for a case, without what the steward left out.

    Raises:
        InputError: nothing was looked for yet.
    """
    path = cases.folder_of(corpus, case.id) / _LOCATED
    if not path.is_file():
        raise InputError(f"case {case.id}: locate it first (endonym takedown locate)")
    return pl.read_parquet(path).filter(~pl.col("doc_id").is_in(list(case.excepted)))


def keep_located(corpus: Corpus, case: Case, found: pl.DataFrame) -> None:
    """Keeps what was found with the case; there is neither text nor address in it."""
    path = cases.folder_of(corpus, case.id) / _LOCATED
    partial = path.with_name(f".{path.name}.partial")
    found.write_parquet(partial, statistics=False)
    partial.chmod(0o600)
    partial.replace(path)


def begin(
    corpus: Corpus, case: Case, *, day: str, role: str, at: str, shown: bool = False
) -> Takedown:
    """A takedown with its plan, the one made before when it is taken up again.

    Raises:
        InputError: nothing was located, or nothing is left of it.
    """
    located = read_located(corpus, case)
    if located.is_empty():
        raise InputError(f"case {case.id}: no document was located, so there is nothing to apply")
    path = cases.folder_of(corpus, case.id) / _PLAN
    plan = read_json(path)
    if not plan:
        touched = sorted(located["release"].unique().to_list(), key=tombstones.natural)
        known = {release.name for release in corpus.versions()}
        gone = [name for name in touched if name not in {one.name for one in corpus.live()}]
        if gone:
            raise InputError(f"case {case.id}: {', '.join(gone)} was withdrawn since; locate again")
        plan = {"day": day, "versions": withdrawal.next_versions(touched, known)}
        write_json(path, plan)
    return Takedown(corpus, case, plan, located, role, at, shown)


def take_down(work: Takedown) -> None:
    """Does every step that is not done yet."""
    done = read_json(work.folder / _DONE)
    for name, step in STEPS:
        if name in done:
            continue
        facts = step(work)
        audit(work, f"takedown.{name}", facts)
        done = {**done, name: facts}
        write_json(work.folder / _DONE, done)
    cases.save(work.corpus, work.case, status=APPLIED, applied_on=work.plan["day"])


def steps_done(corpus: Corpus, case: Case) -> dict[str, Any]:
    """The steps that are done, each with its counts."""
    return read_json(cases.folder_of(corpus, case.id) / _DONE)


def audit(work: Takedown, action: str, facts: dict[str, Any]) -> None:
    """Enters something in the audit log: ids, codes and counts only."""
    told = {name: value for name, value in facts.items() if isinstance(value, int | str)}
    AuditLog(work.corpus.state / "audit").append(
        action, f"case:{work.case.id}", actor_role=work.role, at=work.at, facts=told
    )


def _tell(work: Takedown) -> dict[str, Any]:
    """The list of what is gone, at once: readers drop those documents from today."""
    why = ground(work.case.ground)
    rows = tombstones.new_rows(
        work.located, work.case.id, why.public_code, work.plan["day"], work.corpus.keyring
    )
    folder = work.corpus.releases / tombstones.FOLDER
    hidden = work.corpus.state / tombstones.RESTRICTED
    tombstones.publish(folder if why.is_public else hidden, rows, work.plan["day"])
    tombstones.point(work.corpus, work.plan["versions"].items())
    return {"tombstones": len(rows), "ground": work.case.ground}


def _block(work: Takedown) -> dict[str, Any]:
    """The keyed list of what must not come back."""
    releases = [work.corpus.releases / version for version in work.plan["versions"]]
    request = cases.request_of(work.corpus, work.case)
    keyring = work.corpus.keyring
    texts = _quoted(work, request)
    listed = entries(work.case, request, work.located, releases, keyring, texts)
    kept = allowed(work.case.excepted, work.corpus.live(), keyring)
    folder = work.corpus.state / suppression.PURPOSE
    suppression.write(folder, work.case.id, pl.concat([listed, kept]), keyring)
    return {"entries": len(listed), "suppression_key_id": suppression.key_id(keyring)}


def _quoted(work: Takedown, request: TakedownRequest) -> Texts:
    """The passages and files that were asked for, as the releases would hold them."""
    releases = [open_release(work.corpus.releases / version) for version in work.plan["versions"]]
    lands = {str(card.get("jurisdiction")) for one in releases for card in one.run["sources"]}
    return quoted(request, sorted(lands))


def _reissue(work: Takedown) -> dict[str, Any]:
    """Every release that held something, written again under a new version."""
    told: dict[str, Any] = {"releases": 0, "rewritten": 0, "linked": 0, "promoted": 0}
    listed, drafts = _listed(work), []
    for version in work.plan["versions"]:
        old, new = work.corpus.releases / version, work.new(version)
        counted = work.folder / f"reissue-{new.name}.json"
        if not _is_whole(new, work.case.id):
            draft = new.with_name(f".{new.name}.takedown.draft")
            facts = {"version": new.name, "case": work.case.id, "day": work.plan["day"]}
            come = _promoted(work, version, listed)
            done = reissue(old, draft, work.ids_in(version), facts, come)
            tombstones.copy_into(work.corpus.releases / tombstones.FOLDER, draft)
            write_manifest(draft)
            second_look(draft, listed)
            write_json(counted, {"rewritten": sorted(done.rewritten), "linked": done.linked,
                                 "promoted": done.promoted})  # fmt: skip
            drafts.append((draft, new))
        counts = read_json(counted)
        told["releases"] += 1
        told["rewritten"] += len(counts["rewritten"])
        told["linked"] += counts["linked"]
        told["promoted"] += counts["promoted"]
    with ThreadPoolExecutor(_JUDGED_AT_ONCE) as pool:
        list(pool.map(lambda pair: _judge(pair[0], shown=work.shown), drafts))
    for draft, new in drafts:
        draft.replace(new)
    return told


def _listed(work: Takedown) -> suppression.SuppressionList:
    """The suppression list, this case in it."""
    folder = work.corpus.state / suppression.PURPOSE
    return suppression.load(folder, str(suppression.digest_of(folder)), work.corpus.keyring)


def _promoted(
    work: Takedown, version: str, listed: suppression.SuppressionList
) -> Promotion | None:
    """What takes the place of the documents of a release, where the policy says that it may."""
    policy = work.corpus.policy
    if work.case.ground not in policy.takedown.promote:
        return None
    release, day = open_release(work.corpus.releases / version), work.plan["day"]
    return promotion(release, work.ids_in(version), listed, policy, date.fromisoformat(day))


def _is_whole(release: Path, case: str) -> bool:
    """Whether a killed attempt has finished this release; another's work is never touched.

    Raises:
        InputError: something else lies in its place.
    """
    if not release.exists():
        return False
    done = read_json(release / "run.json").get("takedowns") or [{}]
    if done[-1].get("case_ref") != case:
        raise InputError(f"{release}: something else lies there; move it away and start again")
    return True


def _judge(draft: Path, *, shown: bool) -> None:
    judge((VALIDATE, REPORT), draft, shown=shown)


def _purge(work: Takedown) -> dict[str, Any]:
    """Staged batches, drafts and the subject index lose the documents."""
    return {"stores": secondary.purge(work.corpus, work.ids)}


def _prove(work: Takedown) -> dict[str, Any]:
    """The proofs that need the old content, and how the two manifests differ."""
    proofs = {}
    for version in work.plan["versions"]:
        old, new = open_release(work.corpus.releases / version), open_release(work.new(version))
        proofs[version] = write_proofs(old, new, work.ids_in(version), work.folder)
    write_json(work.folder / "merkle.json", proofs)
    return {"proofs": sum(one["released"] for one in proofs.values())}


def _withdraw(work: Takedown) -> dict[str, Any]:
    """The old releases lose their content and keep their record."""
    for version in work.plan["versions"]:
        old = work.corpus.releases / version
        withdrawal.withdraw(old, work.new(version).name, work.case.id, work.plan["day"])
    leftovers = work.corpus.releases.glob(".*.takedown.draft")
    for path in leftovers:
        shutil.rmtree(path)
    tombstones.point(work.corpus)
    return {"withdrawn": len(work.plan["versions"])}


#: What is done, in this order.
STEPS: tuple[tuple[str, Callable[[Takedown], dict[str, Any]]], ...] = (
    ("tombstones", _tell),
    ("suppress", _block),
    ("reissue", _reissue),
    ("purge", _purge),
    ("prove", _prove),
    ("withdraw", _withdraw),
)
