"""Models other than the packaged one: tiny ones, with labels of each scheme."""

import hashlib

import polars as pl
import pytest

from lang_models.fasttext_file import fault
from lang_models.identify import Identifier
from lang_models.weights import packaged
from schemas.errors import InputError
from tests.fasttext_files import SKIPGRAM, write_model

LINES = {
    "swh": "watu wote wamezaliwa huru hadhi na haki zao ni sawa",
    "eng": "all human beings are born free and equal in dignity and rights",
    "cmn": "人人 生而 自由 在 尊严 和 权利 上 一律 平等",
}
SCHEMES = {
    "flores": {"swh": "swh_Latn", "eng": "eng_Latn", "cmn": "zho_Hans"},
    "lid176": {"swh": "sw", "eng": "en", "cmn": "zh"},
    "strange": {"swh": "Swahili", "eng": "English", "cmn": "Chinese"},
}


@pytest.fixture
def written(tmp_path):
    """A function that gives the path and sha256 of a small model with labels of a scheme."""

    def write(scheme):
        path = tmp_path / f"{scheme}.bin"
        labels = SCHEMES[scheme]
        return path, write_model(path, {labels[code]: line for code, line in LINES.items()})

    return write


@pytest.mark.parametrize("scheme", ["flores", "lid176"])
@pytest.mark.parametrize("is_named", [True, False])
def test_another_model_is_used_by_path_and_digest(written, scheme, is_named):
    path, sha256 = written(scheme)
    identifier = Identifier.load(str(path), sha256, scheme if is_named else None)
    tags = identifier.identify(pl.Series(list(LINES.values()))).struct.field("tag").to_list()
    assert tags == ["swh_Latn", "eng_Latn", "cmn_Hans"]
    assert identifier.name == f"{scheme}.bin@{sha256[:8]}"


def test_a_digest_may_be_in_capitals(written):
    path, sha256 = written("flores")
    assert Identifier.load(str(path), sha256.upper()).name.endswith(sha256[:8])


def test_a_model_says_only_the_languages_it_knows(written):
    path, sha256 = written("flores")
    identifier = Identifier.load(str(path), sha256)
    assert identifier.languages() == ["cmn_Hans", "eng_Latn", "swh_Latn"]


@pytest.mark.parametrize("scheme", [None, "flores", "lid176"])
def test_labels_of_no_known_scheme_are_refused(written, scheme):
    path, sha256 = written("strange")
    with pytest.raises(InputError, match="labels are not named as") as refusal:
        Identifier.load(str(path), sha256, scheme)
    assert "swh_Latn" in str(refusal.value)


def test_labels_of_the_other_scheme_are_refused(written):
    path, sha256 = written("lid176")
    with pytest.raises(InputError, match="labels are not named as flores does"):
        Identifier.load(str(path), sha256, "flores")


def test_a_scheme_that_nobody_knows_is_refused(written):
    path, sha256 = written("flores")
    with pytest.raises(InputError, match="unknown label scheme 'bcp47'"):
        Identifier.load(str(path), sha256, "bcp47")


def test_a_file_that_is_cut_off_is_refused_and_the_process_lives(written, tmp_path):
    whole = written("flores")[0].read_bytes()
    cut = tmp_path / "cut.bin"
    for size in (200, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:size])
        with pytest.raises(InputError, match="cut off or damaged"):
            Identifier.load(str(cut), hashlib.sha256(whole[:size]).hexdigest())


def test_the_packaged_model_cut_off_is_refused_too(tmp_path):
    whole = packaged().path.read_bytes()
    cut = tmp_path / "cut.ftz"
    for size in (3000, 60_000, 400_000, len(whole) - 1):
        cut.write_bytes(whole[:size])
        assert fault(cut) == "begins like a fastText model but is cut off or damaged"


def test_word_vectors_without_labels_are_refused(tmp_path):
    path = tmp_path / "vectors.bin"
    sha256 = write_model(path, {"swh_Latn": "habari"}, kind=SKIPGRAM)
    with pytest.raises(InputError, match="without labels"):
        Identifier.load(str(path), sha256)


def test_a_label_that_does_not_fit_the_script_gives_way_to_one_that_does(tmp_path):
    path = tmp_path / "model.bin"
    sha256 = write_model(path, {"hin_Deva": "one two three", "fra_Latn": "four"})
    found = Identifier.load(str(path), sha256).identify(pl.Series(["one two four", "one two"]))
    assert found.struct.field("tag").to_list() == ["fra_Latn", "und_Latn"]
