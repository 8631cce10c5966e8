"""The last look of a run: at what was written after the gates had been judged.

The report is made from the judgement, so no gate can have seen it. What stands in it, or in
the results, makes the gate of the linter fail all the same, and with it the release.
"""

import json
from pathlib import Path

from governance.proof.scan import scan_release
from governance.release_folder import read_json
from governance.validate import RESULTS
from governance.validate.gates import linter

LATER = ("report", "validation")


def last_look(release: Path) -> int:
    """Looks through the report and the results; writes what it finds into the results.

    Returns:
        How many findings there are. None: nothing is written.
    """
    hits = scan_release(release, LATER).hits
    if not hits:
        return 0
    found = linter.told([(hit.file, hit.place, hit.type) for hit in hits])
    record = read_json(release / RESULTS)
    for gate in record.get("gates", []):
        if gate["id"] == linter.ID:
            reasons = [*gate["reasons"], *found.reasons]
            gate |= {"passed": False, "figure": gate["figure"] + found.figure, "reasons": reasons}
            gate["severity"] = "critical"
    record |= {"passed": False, "may_be_released": False}
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (release / RESULTS).write_text(text, encoding="utf-8")
    return len(hits)
