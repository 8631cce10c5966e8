"""Documents as a run would leave them, made by hand.

The texts are paragraphs of the Universal Declaration of Human Rights (public domain) in
39 languages; sources, ids and decisions are made up.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from schemas.corpus import LANGUAGE
from schemas.decision import QUARANTINED, RELEASED, REMOVED
from schemas.measures import MEASURES

TEXTS = Path(__file__).parent / "cases" / "report" / "texts.jsonl"
RUN_ID = "0190f3a0-0000-7000-8000-000000000001"
SETTINGS_DIGEST = hashlib.sha256(b"settings").hexdigest()
MODEL = "lid.176.ftz@8f3472cf"
CARDS = [
    {
        "id": "udhr",
        "title": "Universal Declaration of Human Rights, translations",
        "licence": {"declared": "LicenseRef-UN-public", "concluded": "CC0-1.0"},
        "jurisdiction": "INT",
        "custodian": "A national library",
        "rights_basis": "public-domain",
    },
    {
        "id": "radio",
        "title": "Transcripts of a community radio",
        "licence": {"declared": "CC-BY-4.0", "concluded": "CC-BY-4.0"},
        "jurisdiction": "KE",
        "custodian": "A made-up broadcaster",
        "rights_basis": "licence",
    },
    {
        "id": "letters",
        "title": "Letters to a made-up ministry",
        "licence": {"declared": "CC-BY-SA-4.0", "concluded": "CC-BY-SA-4.0"},
        "jurisdiction": "IN",
        "custodian": "A made-up ministry",
        "rights_basis": "consent",
    },
]  # fmt: skip

Row = dict[str, Any]


def texts() -> dict[str, str]:
    """Text by tag."""
    lines = TEXTS.read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    return {row["label"]: row["text"] for row in rows}


def doc_id(number: int) -> str:
    """The made-up doc_id of a number."""
    return hashlib.sha256(f"document {number}".encode()).hexdigest()[:32]


def row(number: int, tag: str = "swh_Latn", text: str | None = "Habari", **changes: Any) -> Row:
    """One document as a run would leave it; `changes` replace columns or parts of them."""
    card = CARDS[number % len(CARDS)]
    licence = card["licence"]
    made: Row = {
        "doc_id": doc_id(number),
        "text": text,
        "language": {
            "tag": tag, "script": tag[-4:], "score": 0.5 + (number * 37 % 50) / 100,
            "second": "eng_Latn", "second_score": 0.02, "share": 0.97, "model": MODEL,
            "segments": [{"tag": tag, "share": 0.97}, {"tag": "eng_Latn", "share": 0.03}],
            "raw_score": 0.9, "undetermined": None, "mixed": number % 11 == 0, "seen_share": 1.0,
            "spans": [{"tag": tag, "first_line": 0, "lines": 2, "share": 1.0}],
            "second_model": None,
        },
        "source": {
            "id": card["id"], "uri": f"text/{card['id']}/{number % 4}.jsonl.gz",
            "native_id": f"{card['id']}/{number}", "url": f"https://example.org/{number}",
            "title": f"Document {number}", "date": "2026-10-01", "offset": number * 1000,
            "collected": "2026-10-02", "jurisdiction": card["jurisdiction"],
        },
        "rights": {**licence, "basis": card["rights_basis"]},
        "quality": dict.fromkeys(MEASURES, 0.5),
        "privacy": [],
        "duplicates": {"cluster_id": None, "cluster_size": 1, "is_representative": True},
        "provenance": {
            "raw_hmac": hashlib.sha256(f"raw {number}".encode()).hexdigest(),
            "text_sha256": hashlib.sha256((text or "").encode()).hexdigest(),
            "encoding": "utf-8", "repairs": [], "flags": [], "steps": ["normalise@1", "identify@1"],
            "run_id": RUN_ID, "settings_digest": SETTINGS_DIGEST,
        },
        "decision": decision(RELEASED, "release", None),
    }  # fmt: skip
    for name, change in changes.items():
        made[name] = {**made[name], **change} if isinstance(change, dict) else change
    return made


def decision(outcome: str, stage: str, rule: str | None, **numbers: Any) -> Row:
    """A decision with its measure, limit, kept_doc_id and similarity, as far as given."""
    blank = dict.fromkeys(("measure", "limit", "kept_doc_id", "similarity"))
    return {"outcome": outcome, "stage": stage, "rule": rule, **blank, **numbers}


def default_rows() -> list[Row]:
    """Some 220 documents in 39 languages: kept, too short, repeated, copied, unclear."""
    rows: list[Row] = []
    for index, (tag, text) in enumerate(texts().items()):
        for copy in range(1 + 3 * (index * 3 % 5)):
            number = len(rows)
            ending = "[EMAIL_ADDRESS]" if number % 3 == 0 else "§"
            masked = f"{text}\n{ending} {number}"
            found = [{"type": "EMAIL_ADDRESS", "count": 1 + copy, "treatment": "masked"}]
            rows.append(row(number, tag, masked, privacy=found if number % 3 == 0 else []))
    kept = list(rows)
    for number in range(1000, 1030):
        short = decision(REMOVED, "screen", "short", measure=float(number % 19), limit=20.0)
        rows.append(row(number, "hin_Deva", "बहुत छोटा", decision=short))
    for number in range(1030, 1042):
        again = decision(REMOVED, "screen", "repeated-lines", measure=0.61, limit=0.3)
        rows.append(row(number, "arb_Arab", "نعم\nنعم\nنعم", decision=again))
    for number in range(1042, 1066):
        original = kept[number % 60]
        share = 1.0 if number % 4 == 0 else 0.75 + (number % 24) / 100
        rule = "near-duplicate" if share < 1 else "exact-duplicate"
        copied = decision(REMOVED, "duplicates", rule,
                          measure=share, limit=0.75, kept_doc_id=original["doc_id"],
                          similarity=share)  # fmt: skip
        tag = original["language"]["tag"]
        rows.append(row(number, tag, original["text"], decision=copied,
                        duplicates={"cluster_id": original["doc_id"][:16], "cluster_size": 2,
                                    "is_representative": False}))  # fmt: skip
    for number in range(1066, 1072):
        unread = decision(QUARANTINED, "read", "undecodable")
        rows.append(row(number, text=None, decision=unread, language=dict.fromkeys(_LANGUAGE),
                        provenance={"text_sha256": None}))  # fmt: skip
    for number in range(1072, 1080):
        unclear = decision(QUARANTINED, "admit", "licence-unknown")
        rows.append(row(number, text=None, decision=unclear, language=dict.fromkeys(_LANGUAGE),
                        rights={"declared": "unknown", "concluded": "unknown"},
                        provenance={"text_sha256": None}))  # fmt: skip
    return rows


_LANGUAGE = tuple(LANGUAGE)
