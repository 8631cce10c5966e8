import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from governance.integrity.audit import MENDED, AuditLog, Head
from governance.integrity.audit_check import check_log
from governance.integrity.audit_values import FORMS, is_allowed
from governance.integrity.signature import new_keys
from schemas.errors import InputError
from tests import runs

ENTRY = {"actor_role": "steward", "at": "2026-11-25T10:00:00Z"}


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    return new_keys(tmp_path_factory.mktemp("keys") / "programme.pem")


@pytest.fixture
def log(tmp_path):
    made = AuditLog(tmp_path / "audit")
    for number in range(1, 9):
        made.append("takedown.apply", f"case:{number:08x}", facts={"documents": number}, **ENTRY)
    return made


def _lines(log):
    return log.path.read_bytes().splitlines(keepends=True)


def _put(log, lines):
    log.path.write_bytes(b"".join(lines))


def test_what_was_entered_is_read_back_in_order(log):
    entries = list(log.entries())
    assert [one.seq for one in entries] == list(range(1, 9))
    assert entries[2].facts == {"documents": 3}
    assert log.head() == Head(8, entries[-1].hash)
    assert check_log(log.folder).problems == ()


def test_an_empty_log_verifies(tmp_path):
    assert check_log(tmp_path / "none").problems == ()
    assert AuditLog(tmp_path / "none").head().seq == 0


@pytest.mark.parametrize("seq", range(1, 8))
def test_a_removed_entry_is_named(log, seq):
    lines = _lines(log)
    _put(log, lines[: seq - 1] + lines[seq:])
    assert check_log(log.folder).problems == (f"entry {seq} is missing before entry {seq + 1}",)


def test_several_removed_entries_are_named(log):
    lines = _lines(log)
    _put(log, lines[:2] + lines[5:])
    assert check_log(log.folder).problems == ("entries 3 to 5 are missing before entry 6",)


@pytest.mark.parametrize("seq", range(1, 9))
def test_a_changed_entry_is_named(log, seq):
    lines = _lines(log)
    lines[seq - 1] = lines[seq - 1].replace(b'"documents":', b'"documents":1')
    _put(log, lines)
    assert check_log(log.folder).problems == (f"entry {seq}: was changed (line {seq})",)


def test_an_entry_exchanged_for_another_whole_one_is_named_with_its_follower(log, tmp_path):
    other = AuditLog(tmp_path / "other")
    for number in range(1, 9):
        other.append("takedown.refuse", f"case:{number:08x}", **ENTRY)
    lines = _lines(log)
    lines[3] = _lines(other)[3]
    _put(log, lines)
    found = check_log(log.folder).problems
    assert [one.split(":")[0] for one in found] == ["entry 4", "entry 5"]


def test_entries_in_another_order_are_named(log):
    lines = _lines(log)
    lines[2], lines[3] = lines[3], lines[2]
    _put(log, lines)
    assert check_log(log.folder).problems == (
        "entry 3 is missing before entry 4",
        "entry 3: was put in or moved; it stands after entry 4",
    )


def test_an_entry_that_stands_there_twice_is_named(log):
    lines = _lines(log)
    _put(log, [*lines[:5], lines[4], *lines[5:]])
    assert check_log(log.folder).problems == (
        "entry 5: stands there twice; it stands after entry 5",
    )


def test_any_flipped_bit_is_named_by_its_entry(log):
    chance = random.Random(5)
    whole = log.path.read_bytes()
    for _ in range(200):
        data = bytearray(whole)
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
        log.path.write_bytes(data)
        seq = whole[:place].count(b"\n") + 1
        found = check_log(log.folder).problems
        assert any(f"entry {seq}" in one for one in found), (seq, found)


def test_a_log_cut_at_its_end_is_named_by_its_signed_head(tmp_path, pair):
    log = AuditLog(tmp_path / "audit", pair.private)
    for number in range(5):
        log.append("run.end", f"run:{number}", **ENTRY)
    assert check_log(log.folder, pair.public).problems == ()
    _put(log, _lines(log)[:3])
    found = check_log(log.folder, pair.public).problems
    assert "entry 4: the log was cut here; its signed head says that entry 5 was there" in found


def test_a_log_written_anew_is_named_by_its_signed_head(pair, log):
    log.sign_head(pair.private)
    log.path.unlink()
    for number in range(1, 12):
        log.append("takedown.refuse", f"case:{number:08x}", **ENTRY)
    assert check_log(log.folder, pair.public).problems == (
        "entry 8: is not the one that was there by its signed head",
    )


def test_a_log_cut_at_its_end_is_named_by_the_head_of_a_release(log):
    told = {"release 2026.11.0": log.head()}
    _put(log, _lines(log)[:6])
    (found,) = check_log(log.folder, told=told).problems
    assert found.startswith("entry 7: the log was cut here; the head that release 2026.11.0")


def test_heads_signed_with_another_key_are_named(tmp_path, log, pair):
    other = new_keys(tmp_path / "other.pem")
    log.sign_head(other.private)
    (found,) = check_log(log.folder, pair.public).problems
    assert found == "heads.jsonl: line 1, of entry 8, is not signed with this key"


def test_a_changed_head_is_named(log, pair):
    log.sign_head(pair.private)
    path = log.folder / "heads.jsonl"
    record = json.loads(path.read_bytes()) | {"seq": 7}
    path.write_text(json.dumps(record) + "\n")
    assert "is not signed with this key" in check_log(log.folder, pair.public).problems[0]


def test_without_a_head_it_says_that_a_cut_would_not_be_noticed(log):
    assert "would not be noticed" in check_log(log.folder).notes[0]


@pytest.mark.parametrize("size", [1, 20, 200])
def test_a_half_written_entry_is_cut_and_the_next_entry_says_so(log, size):
    line = _lines(log)[-1][:size]
    with log.path.open("ab") as file:
        file.write(line)
    assert check_log(log.folder).problems[0].startswith("entry 9: is half written")
    added = log.append("takedown.certify", "case:00000001", **ENTRY)
    mended = list(log.entries())[-2]
    assert (mended.action, mended.facts) == (MENDED, {"cut_bytes": size})
    assert added.seq == 10
    assert check_log(log.folder).problems == ()


def test_a_whole_entry_without_its_line_end_is_completed(log):
    log.path.write_bytes(log.path.read_bytes()[:-1])
    added = log.append("takedown.certify", "case:00000001", **ENTRY)
    assert added.seq == 9
    assert check_log(log.folder).problems == ()


def test_nothing_is_added_to_a_damaged_log(log):
    lines = _lines(log)
    _put(log, [*lines[:-1], b"{}\n"])
    with pytest.raises(InputError, match="audit verify"):
        log.append("takedown.certify", "case:00000001", **ENTRY)
    _put(log, [*lines, b"\n"])
    with pytest.raises(InputError, match="audit verify"):
        log.append("takedown.certify", "case:00000001", **ENTRY)


_WRITER = """
import sys
from pathlib import Path
from governance.integrity.audit import AuditLog
log = AuditLog(Path(sys.argv[1]))
for number in range(100000):
    entry = log.append("takedown.apply", "case:00000001", actor_role="steward", at="2026-11-25")
    print(entry.seq, flush=True)
"""


def test_killed_writers_lose_no_entry_that_was_acknowledged(tmp_path):
    """Two writers at once, killed while they write: what they were told is there, once."""
    folder = tmp_path / "audit"
    acknowledged = []
    for _ in range(3):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", _WRITER, str(folder)],
                stdout=subprocess.PIPE, cwd=runs.ROOT,
            )
            for _ in range(2)
        ]  # fmt: skip
        for writer in writers:
            writer.stdout.readline()
        time.sleep(0.05)
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
        for writer in writers:
            told = writer.stdout.read().split(b"\n")[:-1]
            acknowledged += [int(seq) for seq in told]
            writer.wait()
            writer.stdout.close()
    log = AuditLog(folder)
    log.append("takedown.certify", "case:00000001", **ENTRY)
    assert check_log(folder).problems == ()
    seqs = [one.seq for one in log.entries()]
    assert len(acknowledged) == len(set(acknowledged)) > 0
    assert set(acknowledged) <= set(seqs)


@pytest.mark.parametrize(
    "value",
    ["opt-out", "EMAIL_ADDRESS", "swh_Latn", "0" * 32, "a" * 64, "1a2b3c4d", "2026-11-25", None,
     "2026-11-25T10:00:00+03:00", "2026.11.0", "CC-BY-SA-4.0", "source:radio.archive", 3, 0.5, True,
     "0190f3a0-0000-7000-8000-000000000001", "documents/language_tag=swh_Latn/part-00000.parquet"],
)  # fmt: skip
def test_ids_codes_digests_numbers_and_days_are_entered(value):
    assert is_allowed("fact", value)


@pytest.mark.parametrize(
    "value",
    ["Please remove my page", "someone@example.org", "https://example.org/page", "example.org",
     "+254 20 0000000", "0200000000", "192.0.2.1", "Watu wote", "नमस्ते", "Made Person", "", "a\nb",
     float("nan"), "4111111111111111"],
)  # fmt: skip
def test_free_text_and_personal_data_are_refused_and_not_repeated(log, value):
    before = log.path.read_bytes()
    with pytest.raises(InputError) as error:
        log.append("takedown.open", "case:00000001", facts={"fact": value}, **ENTRY)
    assert not value or str(value) not in str(error.value)
    assert log.path.read_bytes() == before


@pytest.mark.parametrize("part", ["action", "object_id", "actor_role", "at", "policy_version"])
def test_every_part_of_an_entry_is_checked(log, part):
    given = {"action": "takedown.open", "object_id": "case:00000001", **ENTRY}
    with pytest.raises(InputError):
        log.append(**{**given, part: "someone wrote this"})


def test_no_form_lets_a_space_or_an_at_sign_in():
    for name in FORMS:
        assert not is_allowed(name, "a b")
        assert not is_allowed(name, "a@b")
