"""The keys that a policy names, by their fingerprints.

A run writes its policy into the release, which goes where the key files are not; so a file
is read when the policy is, and what it held then is what counts.
"""

import re
from pathlib import Path

from governance.integrity.signature import fingerprint
from schemas.errors import InputError
from schemas.policy import Policy

#: A fingerprint as a policy has it, with the last day of the key if it has one.
KEY = re.compile(r"(?:sha256:)?([0-9a-f]{64})(?: until (\d{4}-\d{2}-\d{2}))?")


def with_fingerprints(policy: Policy) -> Policy:
    """The policy with the fingerprint of each key file in its place.

    Raises:
        InputError: one line for each key that is neither a fingerprint nor a key file.
    """
    problems: list[str] = []
    keys = {
        role: [_found(role, one, problems) for one in listed]
        for role, listed in policy.signoff.keys.items()
    }
    if problems:
        raise InputError("\n".join(problems))
    signoff = policy.signoff.model_copy(update={"keys": keys})
    return policy.model_copy(update={"signoff": signoff})


def _found(role: str, key: str, problems: list[str]) -> str:
    if KEY.fullmatch(key):
        return key
    name, sign, last = key.partition(" until ")
    try:
        return fingerprint(Path(name)) + sign + last
    except InputError as error:
        problems.append(
            f"policy: signoff.keys.{role}: give a fingerprint, sha256: and 64 hexadecimal"
            f" characters, or the file of a public key: {error}"
        )
        return key
