"""Whether somebody's address is in the corpus, asked without keeping any."""

import dataclasses

import polars as pl
import pyarrow.parquet as pq
import pytest

from governance.corpus import Corpus
from governance.keys import Keyring
from governance.pii import find
from governance.pii.territories import Territories
from governance.subjects import build, collect, forget, ledger, locate, references, search
from governance.subjects.forms import asked_forms, forms
from schemas.errors import InputError
from schemas.policy import Policy

TEXTS = [
    "simu 0712 345678 au Jo@EXAMPLE.org",
    "barua: jo [at] example dot org, +254712345678",
    "IBAN DE89 3704 0044 0532 0130 00",
    "hakuna kitu",
]
IDS = [letter * 32 for letter in "abcd"]
NOWHERE = Territories(None, frozenset())


def _corpus(folder, key="1f" * 16 + "2e" * 16):
    folder.mkdir(exist_ok=True)
    (folder / "key").write_text(key)
    return Corpus("demo", folder / "out", folder / "state", Keyring(str(folder / "key")), Policy())


@pytest.fixture
def corpus(tmp_path):
    made = _corpus(tmp_path / "corpus")
    text, tags, lands = pl.Series(TEXTS), pl.Series(["swh_Latn"] * 4), pl.Series(["KE"] * 4)
    rows = references(text, find(text, tags, lands), tags, lands, pl.Series(IDS), made.keyring)
    for name, part in (("1", rows[:2]), ("2", rows[1:])):
        with (tmp_path / name).open("wb") as file:
            build.write_part(part, file)
    path = ledger.folder(made) / "1.0.0.parquet"
    collect(path, [tmp_path / "2", tmp_path / "1"], made.keyring.key_id)
    (made.releases / "1.0.0").mkdir(parents=True)
    (made.releases / "1.0.0" / "run.json").write_text('{"name": "demo"}')
    return made


@pytest.mark.parametrize(
    ("kind", "value", "where"),
    [
        ("EMAIL_ADDRESS", "JO@example.ORG", "ab"),
        ("PHONE_NUMBER", "+254 (0) 712-345678", "ab"),
        ("PHONE_NUMBER", "٠٧١٢٣٤٥٦٧٨", "ab"),
        ("IBAN_CODE", "de89370400440532013000", "c"),
        ("EMAIL_ADDRESS", "nobody@example.org", ""),
    ],
)
def test_a_value_is_found_however_it_is_written(corpus, kind, value, where):
    assert locate(corpus, kind, value, "KE") == [("1.0.0", letter * 32) for letter in where]


def test_the_index_holds_keyed_digests_only_and_is_its_owners(corpus):
    path = ledger.folder(corpus) / "1.0.0.parquet"
    assert path.stat().st_mode & 0o077 == 0
    assert pq.read_schema(path).names == ["digest", "type", "doc_id"]
    data = path.read_bytes()
    import hashlib

    for form in forms("EMAIL_ADDRESS", "jo@example.org", NOWHERE):
        for written in (form, form.partition(":")[2]):
            assert hashlib.sha256(written.encode()).digest() not in data
            assert written.encode() not in data


def test_the_index_is_the_same_however_the_batches_were_cut_and_however_often_it_is_read(
    corpus, tmp_path, monkeypatch
):
    first = (ledger.folder(corpus) / "1.0.0.parquet").read_bytes()
    monkeypatch.setattr(build, "ROWS_AT_ONCE", 1)
    collect(tmp_path / "again.parquet", [tmp_path / "1", tmp_path / "2"], corpus.keyring.key_id)
    again = pl.read_parquet(tmp_path / "again.parquet")
    assert again.equals(pl.read_parquet(ledger.folder(corpus) / "1.0.0.parquet"))
    assert first == (ledger.folder(corpus) / "1.0.0.parquet").read_bytes()


def test_documents_that_are_taken_down_leave_the_index(corpus):
    assert forget(corpus, ["a" * 32]) == 2
    assert locate(corpus, "EMAIL_ADDRESS", "jo@example.org") == [("1.0.0", "b" * 32)]
    assert forget(corpus, ["a" * 32]) == 0


def test_an_index_of_another_key_is_refused_in_one_sentence(corpus):
    stranger = _corpus(corpus.state.parent / "stranger", key="3d" * 16 + "4c" * 16)
    other = dataclasses.replace(corpus, keyring=stranger.keyring)
    with pytest.raises(InputError, match="was made with key"):
        search(other, "EMAIL_ADDRESS", "jo@example.org")


def test_releases_without_an_index_and_indexes_without_a_release_are_said(corpus):
    (corpus.releases / "2.0.0").mkdir()
    (corpus.releases / "2.0.0" / "run.json").write_text('{"name": "demo"}')
    (corpus.releases / "1.0.0" / "run.json").unlink()
    notes = search(corpus, "EMAIL_ADDRESS", "jo@example.org").notes
    assert any("2.0.0: has no subject index" in note for note in notes)
    assert any("1.0.0: the release is gone" in note for note in notes)


def test_unknown_types_and_damaged_indexes_are_told_without_the_value(corpus):
    with pytest.raises(InputError, match="there are .*EMAIL_ADDRESS") as refused:
        locate(corpus, "SHOE_SIZE", "jo@example.org")
    assert "jo@" not in str(refused.value)
    (ledger.folder(corpus) / "1.0.0.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match="is no subject index"):
        locate(corpus, "EMAIL_ADDRESS", "jo@example.org")


def test_days_of_birth_are_not_indexed_and_international_domains_have_one_form():
    assert forms("DATE_OF_BIRTH", "1.2.1980", NOWHERE) == ()
    assert forms("EMAIL_ADDRESS", "a@उदाहरण.परीक्षा", NOWHERE) == forms(
        "EMAIL_ADDRESS", "A@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g", NOWHERE
    )


def test_a_number_whose_country_nobody_could_tell_is_asked_for_in_its_local_form_too():
    assert forms("PHONE_NUMBER", "0712 345678", NOWHERE)[0] in asked_forms(
        "PHONE_NUMBER", "+254712345678", None
    )
