"""P2, P4 and P7 where a policy treats by surrogate, pseudonym and year, and keeps a subject index.

The sources hold planted values in 36 scripts (`samples/canaries.yaml`).
"""

import gzip
import hashlib
import json
import shutil
import signal
import subprocess
import sys

import polars as pl
import pyarrow.parquet as pq
import pytest
import yaml

from governance.keys import Keyring
from governance.pii.territories import Territories
from governance.proof.canaries import read_canaries
from governance.proof.scan import scan
from governance.subjects import ledger
from governance.subjects.forms import forms
from pipelines import curate as graph
from schemas.privacy import PrivacyPolicy
from tests import runs

pytestmark = pytest.mark.xdist_group("treated-promises")
PRIVACY = {
    "default": "placeholder",
    "types": {
        "EMAIL_ADDRESS": "surrogate", "IBAN_CODE": "surrogate", "MAC_ADDRESS": "surrogate",
        "PHONE_NUMBER": "surrogate", "NATIONAL_ID": "pseudonym", "CREDIT_CARD": "pseudonym",
        "DATE_OF_BIRTH": "generalise", "IP_ADDRESS": "generalise", "COORDINATES": "generalise",
    },
    "subject_index": True,
}  # fmt: skip
#: Values of the kinds that the planted ones leave out, in documents of their own.
MORE = {
    "born": "Msimamizi, amezaliwa 12 Machi 1980, aliandika kutoka 93.184.216.34 jioni hiyo.",
    "paid": "Karatasi ya bluu ina 4111 1111 1111 1111, na GPS -1.29207, 36.82195 kando yake.",
    "owed": "IBAN GB82 WEST 1234 5698 7654 32, kisha plate KBX 123A, na number plate KBX 123A hapo.",
}
FILLER = (
    " Mto huu unaanza milimani juu ya mji na kupita karibu na kinu cha zamani hadi baharini."
    " Watoto hujifunza kuogelea humo wakati wa kiangazi, na mashua huleta chumvi na nguo."
)
#: Several batches and shards, so that an order and a cut can go wrong.
SIZES = {"batch_mb": 0.05, "shard_mb": 0.1, "row_group_mb": 0.05, "split_mb": 1}
CANARIES = yaml.safe_load((runs.SAMPLES / "canaries.yaml").read_text(encoding="utf-8"))
FEWEST_PLANTED, FEWEST_INDEXED, FEWEST_BATCHES = 150, 50, 4


def treated_run(folder, **settings):
    run = runs.make_run(folder, ("notes",), **({"sizes": SIZES} | settings))
    policy = yaml.safe_load((folder / "policy.yaml").read_text(encoding="utf-8"))
    (folder / "policy.yaml").write_text(yaml.safe_dump(policy | {"privacy": PRIVACY}))
    rows = [{"id": name, "text": text + FILLER, "country": "KE"} for name, text in MORE.items()]
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    (folder / "text/notes/more.jsonl.gz").write_bytes(gzip.compress(data, mtime=0))
    return run


def index_of(folder):
    return folder / ".endonym/corpus/demo/subjects/1.0.0.parquet"


def outcome(folder, release):
    """What must be the same: the root of the release, and every byte of the index."""
    return runs.root(release), hashlib.sha256(index_of(folder).read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    """A folder in which one undisturbed run with one worker was done, and its release."""
    folder = tmp_path_factory.mktemp("treated")
    return folder, runs.written(treated_run(folder, keep_staging=True))


def planted(folder):
    """The canaries that stand in the sources of a run, as its text has them."""
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in folder.rglob("text/*/*.gz"))
    text = "\n".join(
        str(json.loads(line)) for line in raw.split(b"\n") if line.strip().startswith(b"{")
    )
    return [canary for canary in CANARIES if canary["value"] in text]


def test_every_treatment_was_given(calm):
    given = runs.documents(calm[1])["privacy"].explode().struct.field("treatment").drop_nulls()
    assert set(given) == {"placeholder", "surrogate", "pseudonym", "generalise"}


@pytest.mark.parametrize(
    ("workers", "beam"),
    [
        pytest.param(2, (), id="two threads"),
        pytest.param(
            2,
            ("--direct_running_mode=multi_processing",),
            id="two processes",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_p2_bytes_and_index_are_the_same_however_many_work(calm, tmp_path, workers, beam):
    release = runs.written(treated_run(tmp_path), workers=workers, beam=beam)
    assert outcome(tmp_path, release) == outcome(*calm)


def test_p2_bytes_and_index_are_the_same_in_whatever_order_files_come(calm, tmp_path, monkeypatch):
    build = graph.curate

    def backwards(pipeline, run, inputs):
        build(pipeline, run, sorted(inputs, key=lambda file: file.uri[::-1]))

    monkeypatch.setattr(graph, "curate", backwards)
    assert outcome(tmp_path, runs.written(treated_run(tmp_path))) == outcome(*calm)


def test_p2_every_text_is_the_same_however_batches_and_shards_are_cut(calm, tmp_path):
    release = runs.written(treated_run(tmp_path, sizes={}))
    columns = ("doc_id", "text", "privacy", "source")
    first, again = (
        runs.documents(one).select(columns).sort("doc_id") for one in (calm[1], release)
    )
    assert first.equals(again)
    assert pl.read_parquet(index_of(tmp_path)).equals(pl.read_parquet(index_of(calm[0])))


def test_p4_no_planted_value_lies_in_release_or_state_in_any_form(calm, tmp_path):
    folder, release = calm
    values = planted(folder)
    assert len(values) > FEWEST_PLANTED
    (tmp_path / "canaries.yaml").write_text(yaml.safe_dump(values, allow_unicode=True))
    shutil.copytree(release, tmp_path / "all" / "release")
    shutil.copytree(folder / ".endonym", tmp_path / "all" / "state")
    looked = read_canaries(tmp_path / "canaries.yaml", folder / "key")
    left = scan(tmp_path / "all", looked, policy=PrivacyPolicy.model_validate(PRIVACY)).hits
    assert [(hit.file, hit.place, hit.type) for hit in left] == []


def test_p4_the_subject_index_holds_digests_that_only_the_key_gives(calm):
    folder, _ = calm
    path = index_of(folder)
    rows = ledger.rows(path)
    assert pq.read_schema(path).names == ["digest", "type", "doc_id"]
    assert rows.height > FEWEST_INDEXED
    assert path.stat().st_mode & 0o077 == 0
    nowhere = Territories(None, frozenset())
    addresses = [one["value"] for one in planted(folder) if one["type"] == "EMAIL_ADDRESS"]
    written = [form.encode() for one in addresses for form in forms("EMAIL_ADDRESS", one, nowhere)]
    held = set(rows["digest"])
    plain = {hashlib.new(name, form).digest() for form in written
             for name in ("md5", "sha1", "sha256")}  # fmt: skip
    keyed = Keyring(str(folder / "key")).digests(ledger.PURPOSE, written)
    assert not held & plain
    assert len(held & set(map(bytes.fromhex, keyed))) > FEWEST_INDEXED // 10


#: Works on a run file and kills itself after so many calls of a function of the step.
DIES = """
import os, signal, sys
from pathlib import Path
from tests import runs
from pipelines.steps import index_subjects as step
run, name, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
done, left = getattr(step, name), [calls]
def dying(*arguments):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    done(*arguments)
setattr(step, name, dying)
runs.written(Path(run))
"""


@pytest.mark.parametrize(("step", "calls"), [("keep", FEWEST_BATCHES), ("gather", 1)])
def test_p7_a_killed_run_ends_with_the_same_bytes_and_index(calm, tmp_path, step, calls):
    run = treated_run(tmp_path)
    command = [sys.executable, "-c", DIES, str(run), step, str(calls)]
    environment = runs.environment() | {"PYTHONPATH": str(runs.ROOT)}
    died = subprocess.run(command, check=False, env=environment, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr[-2000:]
    assert not index_of(tmp_path).exists()
    staged = list(tmp_path.rglob("*.subjects"))
    assert len(staged) >= calls - 1
    before = {path: path.stat().st_mtime_ns for path in staged}
    assert outcome(tmp_path, runs.written(run)) == outcome(*calm)
    assert all(path.stat().st_mtime_ns == before[path] for path in before if path.exists())
