"""The measured recall that a policy names, as it stands in the record of a run."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pipelines.run import Run
from schemas.errors import InputError


def privacy_evidence(run: Run) -> dict[str, Any] | None:
    """Name and digest of the result, what it measured, and recall by type; None without one.

    Raises:
        InputError: the file is missing, or is no result of `endonym pii eval --out`.
    """
    named = run.policy.privacy.evidence
    if named is None:
        return None
    path = Path(run.state).parents[2] / named  # relative to the run file
    try:
        data = path.read_bytes()
        record = json.loads(data)
        if record["format"] != 1:
            raise ValueError  # noqa: TRY301  # told below
        return {
            "file": path.name,
            "sha256": hashlib.sha256(data).hexdigest(),
            "recognisers_sha256": record["detector"]["recognisers_sha256"],
            "sets": [one["name"] for one in record["sets"]],
            "recall_by_type": {
                kind: rates["recall"]
                for kind, rates in record["all"]["by_type"].items()
                if rates["recall"]["whole"]
            },
        }
    except (OSError, ValueError, LookupError, TypeError):
        raise InputError(
            f"{path}: privacy.evidence is missing or is no result of `endonym pii eval DATA --out"
            " FILE`"
        ) from None
