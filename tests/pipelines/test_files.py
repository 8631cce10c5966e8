"""Outputs appear whole or not at all; inputs are found by glob or folder."""

import errno
import os

import pytest

from pipelines import files
from schemas.errors import InputError


def test_a_file_appears_only_when_it_is_complete(tmp_path):
    path = tmp_path / "deep" / "a.bin"
    with files.create(str(path)) as file:
        file.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"
    path.unlink()
    with pytest.raises(ZeroDivisionError), files.create(str(path)):
        1 / 0  # noqa: B018  # the writer fails
    assert list(path.parent.iterdir()) == []
    files.write_bytes(str(path), b"whole")
    assert [one.name for one in path.parent.iterdir()] == ["a.bin"]
    assert files.read_bytes(str(path)) == b"whole"


def test_writing_again_replaces_the_whole_file(tmp_path):
    path = str(tmp_path / "a")
    files.write_bytes(path, b"first and long")
    files.write_bytes(path, b"second")
    assert files.read_bytes(path) == b"second"


def test_a_folder_a_glob_and_a_name_find_the_same_files(tmp_path):
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    for name in ("a.txt", "deeper/b.txt", ".hidden"):
        (tmp_path / "in" / name).write_bytes(b"12345")
    everything = {str(tmp_path / "in" / name): 5 for name in ("a.txt", "deeper/b.txt")}
    assert files.sizes(str(tmp_path / "in")) == everything
    assert files.sizes(str(tmp_path / "in/**/*.txt")) == everything
    assert files.sizes(str(tmp_path / "in/a.txt")) == {str(tmp_path / "in/a.txt"): 5}
    assert files.sizes(f"{tmp_path}/./in//*.txt") == {str(tmp_path / "in/a.txt"): 5}
    assert files.sizes(str(tmp_path / "nowhere")) == {}


def test_a_relative_glob_finds_files_but_no_hidden_ones(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", ".b.txt"):
        (tmp_path / name).touch()
    assert list(files.sizes("./*.txt")) == ["a.txt"]
    assert list(files.sizes(".")) == ["a.txt"]


def test_a_file_that_cannot_be_opened_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nothing: cannot be read \(No such file"):
        files.read_bytes(str(tmp_path / "nothing"))
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory"):
        files.read_bytes(str(tmp_path))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
def test_a_disk_without_room_is_told_and_nothing_half_written_stays(tmp_path, number):
    path = tmp_path / "a"

    def half_written():
        yield b"half"
        raise OSError(number, os.strerror(number))

    with (
        pytest.raises(InputError, match=r"/a: cannot be written \(.*make room"),
        files.create(str(path)) as file,
    ):
        file.writelines(half_written())
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_the_writer_itself_is_not_called_a_full_disk(tmp_path):
    with pytest.raises(OSError, match="odd"), files.create(str(tmp_path / "a")):
        raise OSError(errno.EINVAL, "odd")


def test_a_place_that_is_a_file_cannot_hold_files(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(InputError, match="cannot be written"):
        files.write_bytes(str(tmp_path / "a" / "b"), b"")


@pytest.mark.parametrize(
    ("path", "local"), [("/data/a", True), ("a/b", True), ("gs://b/a", False), ("s3://b/a", False)]
)
def test_uris_are_told_from_paths(path, local):
    assert files.is_local(path) is local


def test_listing_is_sorted_and_leaves_drafts_out(tmp_path):
    for name in ("b.json", "a.json", ".c.json", "d.txt"):
        (tmp_path / name).touch()
    assert files.listing(str(tmp_path), ".json") == [
        str(tmp_path / "a.json"), str(tmp_path / "b.json"),
    ]  # fmt: skip
