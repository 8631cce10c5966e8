import subprocess

import pytest
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric import ec

from governance.integrity import envelope
from governance.integrity.signature import fingerprint, new_keys, sign, verify
from schemas.errors import InputError


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    return new_keys(tmp_path_factory.mktemp("keys") / "steward.pem")


def test_what_was_signed_verifies_with_the_public_key_and_nothing_else_does(pair, tmp_path):
    signed = sign(b"these bytes", pair.private)
    assert verify(b"these bytes", signed, pair.public)
    assert not verify(b"other bytes", signed, pair.public)
    assert not verify(b"these bytes", signed[:-1], pair.public)
    assert not verify(b"these bytes", signed, new_keys(tmp_path / "other.pem").public)


def test_a_private_key_is_its_owners_alone(pair):
    assert pair.private.stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" not in pair.public.read_bytes()


def test_keys_are_never_written_over(pair, tmp_path):
    with pytest.raises(InputError, match="never written over"):
        new_keys(pair.private)
    (tmp_path / "half.pub.pem").write_text("")
    with pytest.raises(InputError, match="never written over"):
        new_keys(tmp_path / "half.pem")
    assert not (tmp_path / "half.pem").exists()


def test_the_fingerprint_is_that_of_openssl_and_the_same_for_both_files(pair):
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", str(pair.public), "-outform", "DER"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    digest = subprocess.run(["sha256sum"], input=der, capture_output=True, check=True).stdout
    assert pair.fingerprint == f"sha256:{digest[:64].decode()}"
    assert fingerprint(pair.private) == fingerprint(pair.public) == pair.fingerprint


def test_a_private_key_that_others_may_read_does_not_sign(tmp_path):
    pair = new_keys(tmp_path / "open.pem")
    pair.private.chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        sign(b"x", pair.private)


def test_bad_keys_are_told_in_one_sentence(pair, tmp_path):
    (tmp_path / "text.pem").write_text("hello")
    (tmp_path / "text.pem").chmod(0o600)
    other = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "ec.pem").write_bytes(
        other.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption())
    )
    (tmp_path / "ec.pem").chmod(0o600)
    for path, message in (
        ("none.pem", "no such key"),
        ("text.pem", "no private key"),
        ("ec.pem", "another kind"),
    ):
        with pytest.raises(InputError, match=message):
            sign(b"x", tmp_path / path)
    with pytest.raises(InputError, match="give the public one"):
        verify(b"x", b"", pair.private)
    with pytest.raises(InputError, match="no public key"):
        verify(b"x", b"", tmp_path / "text.pem")


def test_an_envelope_is_signed_over_type_and_payload(pair):
    line = envelope.seal({"a": "ä"}, pair.private)
    signed = envelope.open_envelope(line)
    assert signed.content == {"a": "ä"}
    assert signed.is_signed_by(pair.public)
    pae = b"DSSEv1 28 application/vnd.in-toto+json 14 " + signed.payload
    assert verify(pae, signed.signature, pair.public)


@pytest.mark.parametrize("line", [b"", b"{}", b"[]\n", b"null", b'{"payload": 1}', b"\xff"])
def test_what_is_no_envelope_is_none(line):
    assert envelope.open_envelope(line) is None


def test_an_envelope_in_another_spelling_is_none(pair):
    line = envelope.seal({}, pair.private)
    for other in (line[:-1], line + b"\n", line.replace(b":", b": ", 1)):
        assert envelope.open_envelope(other) is None
