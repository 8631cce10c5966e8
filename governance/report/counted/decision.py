"""Whether it may be released, gate by gate."""

from typing import Any

from governance.report.counted.privacy import names_statement
from governance.report.page import Facts, Material


def facts(material: Material) -> Facts:
    """The verdict with its reasons, and every gate.

    The verdict is taken from the validation, and holds only for the files that the
    validation saw: its manifest root must be the one that the release has now.
    """
    results = material.results
    gates = results.get("gates", [])
    reasons = _reasons(results, gates, material.release.manifest_root)
    return {
        "may_be_released": not reasons,
        "reasons": reasons,
        "passed": sum(1 for gate in gates if gate["passed"]),
        "warnings": [
            {"id": gate["id"], "title": gate["title"], "reasons": gate["reasons"]}
            for gate in gates
            if _failed(gate) and gate["severity"] != "critical"
        ],
        "gates": gates,
        "expectations": len(results.get("expectations", [])),
        "manifest_root": material.release.manifest_root,
        "names": names_statement(material.release.run),
    }


def _reasons(
    results: dict[str, Any], gates: list[dict[str, Any]], root: str | None
) -> list[dict[str, str]]:
    if not results:
        return [_reason("", "The release has not been validated: run `endonym validate`.")]
    reasons = []
    if root is None:
        reasons.append(_reason("", "The release has no manifest."))
    elif results.get("manifest_root") != root:
        reasons.append(_reason("", "The files have changed since validation: validate again."))
    blocking = [gate for gate in gates if _failed(gate) and gate["severity"] == "critical"]
    reasons += [_reason(gate["id"], _sentence(gate["title"])) for gate in blocking]
    if not reasons and not results.get("may_be_released"):
        reasons.append(_reason("", "The validation did not pass."))
    return reasons


def _failed(gate: Facts) -> bool:
    """True for a gate that was judged and failed, and that nobody let pass."""
    judged = gate.get("judged", True) and gate.get("state") != "waived"
    return bool(judged and not gate["passed"])


def _sentence(title: str) -> str:
    return f"It does not hold that {title[:1].lower()}{title[1:]}."


def _reason(gate: str, sentence: str) -> dict[str, str]:
    return {"gate": gate, "sentence": sentence}
