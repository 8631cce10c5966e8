"""One key file, one derived key for every purpose, and nothing of it anywhere else."""

import stat

import pytest

from governance.keys import Keyring, find_keyring
from schemas.errors import InputError

SECRET = "00112233445566778899aabbccddeeff" * 2


@pytest.fixture
def keyring(tmp_path):
    path = tmp_path / "key"
    path.write_text(SECRET + "\n")
    return Keyring(str(path))


def test_every_purpose_has_its_own_key(keyring):
    assert len({keyring.derive(purpose) for purpose in ("raw", "doc-id", "input")}) == 3


def test_digests_are_those_of_rfc_2104_under_the_key_of_rfc_5869(keyring):
    # Computed once with OpenSSL's HKDF and HMAC from the same secret.
    import hashlib
    import hmac

    prk = hmac.digest(b"\0" * 32, bytes.fromhex(SECRET), hashlib.sha256)
    key = hmac.digest(prk, b"endonym/raw\x01", hashlib.sha256)
    assert keyring.derive("raw") == key
    assert keyring.digests("raw", [b"x"]) == [hmac.digest(key, b"x", hashlib.sha256).hex()]


def test_a_key_is_made_on_first_use_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("ENDONYM_KEY_FILE", raising=False)
    made = find_keyring(None, tmp_path)
    again = find_keyring(None, tmp_path)
    path = tmp_path / ".endonym" / "key"
    assert made == again
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text().strip()) == 64


def test_the_environment_names_a_key_and_the_run_file_wins(tmp_path, monkeypatch, keyring):
    other = tmp_path / "other"
    other.write_text("ab" * 32)
    monkeypatch.setenv("ENDONYM_KEY_FILE", str(other))
    assert find_keyring(None, tmp_path).path == str(other)
    assert find_keyring("key", tmp_path).path == keyring.path


@pytest.mark.parametrize("content", ["", "xyz", "ab" * 31, "gg" * 32])
def test_what_is_no_key_is_refused_without_showing_it(tmp_path, content):
    (tmp_path / "key").write_text(content)
    with pytest.raises(InputError, match="64 hexadecimal characters") as caught:
        find_keyring("key", tmp_path)
    assert not content or content not in str(caught.value)


def test_a_named_key_that_is_missing_is_not_made_up(tmp_path):
    with pytest.raises(InputError, match="there is no key file"):
        find_keyring("missing", tmp_path)


def test_the_key_never_shows_in_what_is_printed_or_sent(keyring):
    import pickle

    assert SECRET not in repr(keyring)
    assert SECRET.encode() not in pickle.dumps(keyring)
    assert bytes.fromhex(SECRET) not in pickle.dumps(keyring)


@pytest.mark.usefixtures("keyring")
def test_a_worker_reads_the_key_that_its_own_machine_names(tmp_path, monkeypatch):
    began = find_keyring("key", tmp_path)
    elsewhere = tmp_path / "mounted-key"
    (tmp_path / "key").rename(elsewhere)
    monkeypatch.setenv("ENDONYM_KEY_FILE", str(elsewhere))
    worker = Keyring("/not-on-this-machine/key", began.expected_id)
    assert worker.digests("raw", [b"x"]) == began.digests("raw", [b"x"])


@pytest.mark.usefixtures("keyring")
def test_a_worker_with_another_key_is_told_so_and_neither_key_is_shown(tmp_path, monkeypatch):
    began = find_keyring("key", tmp_path)
    (tmp_path / "other").write_text("ab" * 32)
    monkeypatch.setenv("ENDONYM_KEY_FILE", str(tmp_path / "other"))
    with pytest.raises(InputError, match=f"the run began with {began.expected_id}") as caught:
        Keyring("/not-on-this-machine/key", began.expected_id).derive("raw")
    assert SECRET not in str(caught.value)
    assert "abab" not in str(caught.value)


def test_a_named_key_that_is_not_there_is_not_replaced_when_a_run_begins(
    tmp_path, monkeypatch, keyring
):
    monkeypatch.setenv("ENDONYM_KEY_FILE", keyring.path)
    with pytest.raises(InputError, match="there is no key file"):
        find_keyring("missing", tmp_path)
