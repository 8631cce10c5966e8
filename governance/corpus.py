"""A corpus: all its releases, and what is kept beside them and never shipped."""

from dataclasses import dataclass
from pathlib import Path

from governance.keys import Keyring
from governance.release_folder import read_json
from schemas.policy import Policy


@dataclass(frozen=True)
class Corpus:
    """What stewardship works on: every release of a corpus, its state, its key and its policy.

    Args:
        name: as the run file has it.
        releases: folder that holds one folder per version.
        state: folder of the audit log, the cases, the suppression list and the indexes;
            outside every release.
        keyring: of the programme.
        policy: what it allows itself.
    """

    name: str
    releases: Path
    state: Path
    keyring: Keyring
    policy: Policy

    def versions(self) -> list[Path]:
        """The folders of the releases, ordered by name; none before the first run."""
        if not self.releases.is_dir():
            return []
        found = (path for path in self.releases.iterdir() if not path.name.startswith("."))
        return sorted(path for path in found if read_json(path / "run.json"))

    def live(self) -> list[Path]:
        """The releases that still have their content; what was withdrawn keeps its record only."""
        return [path for path in self.versions() if not (path / "withdrawn.json").exists()]
