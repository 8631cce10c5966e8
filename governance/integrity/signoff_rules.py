"""Who must sign off a release, and with which keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from governance.integrity.signers import KEY
from governance.release_folder import read_json


@dataclass(frozen=True)
class Rules:
    """Who must sign, and with which keys.

    Args:
        roles: roles that sign.
        keys: for each role the fingerprints of its keys; ` until 2027-11-25` after one ends it.
    """

    roles: Sequence[str] = ()
    keys: Mapping[str, Sequence[str]] | None = None

    @classmethod
    def of(cls, release: Path) -> "Rules":
        """Those of the policy in `run.json`; no roles when it has none."""
        policy = read_json(release / "run.json").get("policy")
        found = policy.get("signoff") if isinstance(policy, dict) else None
        section = found if isinstance(found, dict) else {}
        return cls(tuple(section.get("roles", ())), dict(section.get("keys", {})))

    def refusal(self, role: str, key: str, day: str) -> str | None:
        """Why this key may not sign for this role on this day; None when it may."""
        if role not in self.roles:
            asked = ", ".join(self.roles) or "none"
            return f"the policy asks for no sign-off by {role}; roles that sign: {asked}"
        return self.key_refusal(role, key, day)

    def key_refusal(self, role: str, key: str, day: str) -> str | None:
        """Why this key is none of the role's on this day; None when it is."""
        if not (self.keys or {}).get(role):
            return (
                f"the policy lists no key of {role}; add {key} to its signoff.keys.{role} and"
                " curate again"
            )
        listed = [KEY.fullmatch(one) for one in (self.keys or {}).get(role, ())]
        ends = [match[2] for match in listed if match and f"sha256:{match[1]}" == key]
        if not ends:
            return f"the key {key} is not among those of {role} (policy, signoff.keys.{role})"
        last = max((end or "9999-12-31") for end in ends)
        return f"the key {key} of {role} ended on {last}" if day > last else None
