"""Every number of the goals for personal data, from the evaluation sets and from planted values.

usage: python -m tests.benchmarks.pii_goals FOLDER [--text CORPUS.jsonl] [--out FILE]

The folder holds sets as JSON lines (docs/personal-data-proof.md). With `--text`, 2,000 invented
values are planted into it, curated by the real command, and looked for in every byte that is left.
"""

import argparse
import json
import secrets
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from governance.proof import planting
from governance.proof.canaries import read_canaries
from governance.proof.evaluation import evaluate, to_bytes
from governance.proof.gold import files_of
from governance.proof.scan import scan
from tests import runs

#: Their types to ours, for the public sets that use other names.
TYPES = {"GOV_ID": "NATIONAL_ID", "CORREO_ELECTRONICO": "EMAIL_ADDRESS",
         "NUMERO_TELEFONO": "PHONE_NUMBER", "CRYPTO": "CRYPTO_WALLET",
         "PH_MOBILE_NUMBER": "PHONE_NUMBER", "TR_PHONE_NUMBER": "PHONE_NUMBER"}  # fmt: skip
#: Types that name a country and one of our own types: "UK_NINO" is a national number of GB.
OF_A_COUNTRY = {
    **dict.fromkeys(
        ("AU_MEDICARE", "AU_TFN", "DE_ID_CARD", "DE_SOCIAL_SECURITY", "DE_TAX_ID", "ES_NIE",
         "DE_HEALTH_INSURANCE", "ES_NIF", "FI_PERSONAL_IDENTITY_CODE", "IT_FISCAL_CODE",
         "IT_IDENTITY_CARD", "KR_FRN", "KR_RRN", "PH_TIN", "SE_PERSONNUMMER", "SG_NRIC_FIN",
         "TH_TNIN", "TR_NATIONAL_ID", "UK_DRIVING_LICENCE", "UK_NINO", "US_ITIN", "US_SSN",
         "ZA_ID_NUMBER"), "NATIONAL_ID"),
    **dict.fromkeys(("DE_PASSPORT", "ES_PASSPORT", "KR_PASSPORT", "UK_PASSPORT", "US_PASSPORT"),
                    "PASSPORT"),
    **dict.fromkeys(("NG_VEHICLE_REGISTRATION", "TR_LICENSE_PLATE", "UK_VEHICLE_REGISTRATION"),
                    "LICENCE_PLATE"),
    "PH_MOBILE_NUMBER": "PHONE_NUMBER", "TR_PHONE_NUMBER": "PHONE_NUMBER",
    "US_MBI": "HEALTH_NUMBER",
}  # fmt: skip
ISO_CODES = {"UK": "GB"}
STRUCTURED_RECALL, STRUCTURED_PRECISION = 0.97, 0.95
VALUE_RECALL, VALUE_PRECISION = 0.97, 0.99
PLANTED, SCRIPTS = 2_000, 20
CARD = """\
id: planted
title: Real text with planted values
paths: ["../text/*.jsonl"]
format: jsonl
fields: {text: text, id: id}
licence: {declared: CC0-1.0, concluded: CC0-1.0, evidence: test, verified_by: test, verified_on: 2026-11-01}
rights_basis: public-domain
custodian: {name: Test, contact: "steward@example.org"}
jurisdiction: INT
collected: {from: 2026-10-01, to: 2026-10-02, how: test}
trust: 3
expires: null
robots: {honoured: true, evidence: null}
"""


def shown(rate: dict[str, Any]) -> str:
    """A rate with its bounds."""
    if rate["share"] is None:
        return "-"
    return f"{rate['share']:.4f} ({rate['low']:.3f}-{rate['high']:.3f}, {rate['whole']:,})"


def tell(record: dict[str, Any]) -> None:
    """Prints the sets, by type, script and language, beside the goals."""
    for one in record["sets"]:
        if "by_type" in one:
            print(
                f"\n## {one['name']}: goal recall {STRUCTURED_RECALL}, precision {STRUCTURED_PRECISION}"
            )
            print(
                f"recall {shown(one['recall'])}, precision {shown(one['precision'])},"
                f" leak {shown(one['leak'])}, negatives changed {shown(one['damage'])}"
            )
            print("\n| | recall | precision |\n|---|---|---|")
            for table in ("by_type", "by_script", "by_language"):
                for name, rates in one[table].items():
                    print(f"| {name} | {shown(rates['recall'])} | {shown(rates['precision'])} |")
            print(f"\nlanguages more than 0.05 under the mean: {one['languages_behind'] or 'none'}")
        for way, rates in one.get("values", {}).items():
            print(
                f"\n## {one['name']}, {way}: goal recall {VALUE_RECALL}, precision {VALUE_PRECISION}"
            )
            print(f"recall {shown(rates['recall'])}, precision {shown(rates['precision'])}")
            under = [
                land
                for land, it in rates["by_country"].items()
                if it["recall"]["share"] is not None and it["recall"]["share"] < VALUE_RECALL
            ]
            print(f"countries under the goal: {', '.join(under) or 'none'}")


def with_countries(folder: Path, work: Path) -> list[Path]:
    """Sets whose types name countries, once more as texts from those countries."""
    made = []
    for path in files_of([folder]):
        rows = [json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]
        own = [row for row in rows if row.get("entity") in OF_A_COUNTRY and not row.get("country")]
        if not own:
            continue
        for row in own:
            code = row["entity"].partition("_")[0]
            row["country"] = ISO_CODES.get(code, code)
            row["spans"] = [
                [*span[:2], OF_A_COUNTRY.get(span[2], span[2])] for span in row["spans"]
            ]
        made.append(work / f"{path.stem}, country known.jsonl")
        made[-1].write_text("".join(json.dumps(row) + "\n" for row in own), encoding="utf-8")
    return made


def end_to_end(text: Path) -> Counter[str]:
    """Plants, curates, and counts by type the values that are left anywhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows, canaries = planting.plant(planting.read_documents([text]), PLANTED, seed=1)
        planting.write(folder, rows, canaries)
        for part in ("sources", "text"):
            (folder / part).mkdir()
        (folder / "planted.jsonl").rename(folder / "text" / "planted.jsonl")
        (folder / "sources" / "planted.yaml").write_text(CARD, encoding="utf-8")
        (folder / "key").write_text(secrets.token_hex(32), encoding="ascii")
        (folder / "run.yaml").write_text(json.dumps({
            "name": "planted", "version": "1.0.0", "sources": ["sources/*.yaml"], "key": "key",
            "languages": "all", "output": "out", "as_of": "2026-11-23"}), encoding="utf-8")  # fmt: skip
        done = runs.endonym("curate", folder / "run.yaml")
        left = scan(folder / "out", read_canaries(folder / "canaries.yaml", folder / "key"))
        scripts = {canary.script for canary in canaries}
        print(
            f"\n## Planted: {len(canaries):,} in {len(scripts)} scripts (goal {PLANTED:,} in {SCRIPTS}),"
            f" curate ended with {done.returncode}"
        )
        return Counter(hit.type for hit in left.hits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--text", type=Path, help="JSON lines with real text to plant into")
    parser.add_argument("--out", type=Path, help="write the record as evidence of a policy")
    given = parser.parse_args()
    record = evaluate(files_of([given.folder]), TYPES)
    if given.out:
        given.out.write_bytes(to_bytes(record))
    tell(record)
    with tempfile.TemporaryDirectory() as work:
        tell(evaluate(with_countries(given.folder, Path(work)), {}))
    if given.text:
        left = end_to_end(given.text)
        print(f"left anywhere (goal 0): {sum(left.values()):,} {dict(left.most_common())}")


if __name__ == "__main__":
    main()
