import hashlib
import shutil
import struct
from pathlib import Path

import pytest

from lang_models import weights
from schemas.errors import InputError

PACKAGED = weights.packaged()


@pytest.mark.parametrize("name", ["endonym-lid.ftz", "lid.176.ftz"])
def test_the_packaged_models_have_the_digests_that_are_written_down(name):
    weights.verify(weights.packaged(name))


def test_every_model_file_of_the_package_is_pinned_and_credited():
    models = [path.name for path in weights.MODELS.iterdir() if path.suffix in (".ftz", ".bin")]
    assert sorted(models) == ["endonym-lid.ftz", "lid.176.ftz"]
    credit = (weights.MODELS / "LICENCES.md").read_text(encoding="utf-8")
    for name in models:
        assert name in credit
        assert weights.packaged(name).sha256 in credit
    for words in ("CC BY-SA 3.0", "Joulin", "fasttext.cc"):
        assert words in credit


def test_the_default_model_is_our_own_and_small_enough_to_come_with_the_package():
    assert PACKAGED.path.name == "endonym-lid.ftz"
    assert PACKAGED.path.stat().st_size <= 20_000_000


def test_without_a_path_the_packaged_model_is_meant():
    assert weights.named(None, None, None) == PACKAGED


@pytest.mark.parametrize("sha256", [None, "", "12ab", "z" * 64])
def test_a_model_of_ones_own_needs_its_digest(sha256):
    with pytest.raises(InputError, match="needs the sha256"):
        weights.named("own.bin", sha256, None)


def test_a_digest_without_a_file_is_refused():
    with pytest.raises(InputError, match="without a path"):
        weights.named(None, "0" * 64, None)


def test_a_model_whose_bytes_changed_is_refused_with_both_digests(tmp_path):
    copy = tmp_path / "copy.ftz"
    shutil.copy(PACKAGED.path, copy)
    with copy.open("r+b") as file:
        file.seek(500_000)
        file.write(b"\x00\x01\x02")
    found = hashlib.sha256(copy.read_bytes()).hexdigest()
    with pytest.raises(InputError, match=f"{found}, not {PACKAGED.sha256}"):
        weights.verify(weights.Weights(copy, PACKAGED.sha256, None))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a model" * 50, b"\xff" * 500])
def test_a_file_that_is_no_fasttext_model_is_refused_before_it_is_opened(tmp_path, content):
    path = tmp_path / "other.bin"
    path.write_bytes(content)
    with pytest.raises(InputError, match="is no fastText model"):
        weights.verify(weights.Weights(path, hashlib.sha256(content).hexdigest(), None))


def test_a_format_of_the_future_is_refused(tmp_path):
    path = tmp_path / "future.bin"
    path.write_bytes(struct.pack("<2i", 793712314, 99) + bytes(500))
    with pytest.raises(InputError, match="version 99"):
        weights.verify(weights.Weights(path, "0" * 64, None))


@pytest.mark.parametrize("path", [Path("nowhere.bin"), Path()])
def test_a_path_that_leads_nowhere_is_refused(path):
    with pytest.raises(InputError, match="cannot be read"):
        weights.verify(weights.Weights(path, "0" * 64, None))
