"""How good the detector is was measured, and is good enough for the policy."""

from typing import Any

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of

_HOW = "`endonym pii eval DATA --out FILE` measures it, `privacy: {evidence: FILE}` names it"


def find(evidence: Evidence) -> Finding:
    """Holds the lower bound of the recall of every type against the policy's floor."""
    privacy = policy_of(evidence.release).get("privacy") or {}
    floor = privacy.get("recall_floor")
    measured = evidence.release.run.get("privacy_evidence")
    if not isinstance(measured, dict):
        sentence = f"recall not measured: the run names no evidence; {_HOW}."
        return Finding(1, (sentence,)) if floor else Finding(0, note=sentence, judged=False)
    note = _note(measured)
    if floor is None:
        return Finding(0, note=note)
    reasons = tuple(_reasons(measured.get("recall_by_type") or {}, float(floor)))
    return Finding(len(reasons), reasons, note)


def _reasons(by_type: dict[str, Any], floor: float) -> list[str]:
    if not by_type:
        return ["the evidence states no recall of any type"]
    return [
        f"{kind}: recall {rate['share']:.3f} of {rate['whole']:,}, with 95 % confidence at least"
        f" {rate['low']:.3f}, under {floor:.3f}"
        for kind, rate in sorted(by_type.items())
        if rate["low"] < floor
    ]


def _note(measured: dict[str, Any]) -> str:
    from governance.proof.evaluation import detector  # noqa: PLC0415  # loads the recognisers

    rates = (measured.get("recall_by_type") or {}).items()
    told = ", ".join(f"{kind} at least {rate['low']:.3f}" for kind, rate in sorted(rates))
    same = measured.get("recognisers_sha256") == detector()["recognisers_sha256"]
    if same:
        return f"Recall with 95 % confidence: {told}."
    return f"Recall as measured with other recognisers than these: {told}; measure it again."


CHECK = Check(
    id="G-PII-2",
    title="The recall of the detector is known, and no type lies under the policy's floor",
    unit="types",
    limit=0,
    source="the policy of the run, privacy.recall_floor; Wilson 1927, doi:10.1080/01621459.1927.10502953",  # noqa: E501
    find=find,
    waivable=True,
)
