"""No text of a benchmark that the corpus may be tested on is released."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_MISSING = (
    "The run names no evaluation sets to compare with (decontaminate): name at sign-off what was "
    "looked for, and how"
)


def find(evidence: Evidence) -> Finding:
    """Counts released documents that hold passages of the evaluation sets that the run named.

    All released texts are compared again. Sets whose passages are missing count too.
    """
    asked = (evidence.release.run.get("settings") or {}).get("decontaminate") or []
    if not asked:
        return Finding(0, note=_MISSING, judged=False)
    compared = evidence.compared
    if compared is None:
        return Finding(0, note="Nobody compared the texts: endonym validate does", judged=False)
    reasons = [
        f"{name}: released documents that hold more of its passages than they may: {count}"
        for name, count in compared.contaminated.items()
        if count
    ]
    reasons += [f"{name}: its passages are not in the release" for name in compared.unusable]
    # A document that two sets meet counts for each of them.
    figure = sum(compared.contaminated.values()) + len(compared.unusable)
    names = ", ".join([*compared.contaminated, *compared.unusable])
    note = f"Documents compared: {compared.documents:,}; evaluation sets: {names}"
    return Finding(figure, tuple(reasons), note)


CHECK = Check(
    id="G-CON",
    title="No text of a benchmark that the corpus may be tested on is released",
    unit="documents",
    limit=0,
    source="governance notes, gate G-CON (2026-11); passages of 13 words: Brown et al. 2020, "
    "arXiv:2005.14165, appendix C; overlap of a language model's training text with its tests: "
    "`endonym lid overlap`",
    find=find,
    waivable=True,
)
