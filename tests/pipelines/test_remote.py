"""Files on Beam's other filesystems are found, read and written as on a disk."""

import pytest

from pipelines import files
from schemas.errors import InputError
from tests.memory_filesystem import MemoryFileSystem, TreeFileSystem

SYSTEMS = [MemoryFileSystem, TreeFileSystem]
NAMES = {"in/a.txt": 1, "in/deep/b.txt": 2, "in/deep/er/c.jsonl": 3, "in/.hidden": 4,
         "in/empty.txt": 0, "in/deep/.draft/d.txt": 5, "other/e.txt": 6}  # fmt: skip


@pytest.fixture(params=SYSTEMS, ids=lambda system: system.scheme())
def system(request):
    request.param.clear()
    yield request.param
    request.param.clear()


@pytest.fixture
def base(system):
    base = f"{system.scheme()}://bucket"
    system.objects.update({f"{base}/{name}": b"x" * size for name, size in NAMES.items()})
    return base


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("in", ["in/a.txt", "in/deep/b.txt", "in/deep/er/c.jsonl", "in/empty.txt"]),
        ("in/", ["in/a.txt", "in/deep/b.txt", "in/deep/er/c.jsonl", "in/empty.txt"]),
        ("in/a.txt", ["in/a.txt"]),
        ("in/empty.txt", ["in/empty.txt"]),
        ("in/*.txt", ["in/a.txt", "in/empty.txt"]),
        ("in/*/b.txt", ["in/deep/b.txt"]),
        ("in/**/*.txt", ["in/a.txt", "in/deep/b.txt", "in/empty.txt"]),
        ("**/*.jsonl", ["in/deep/er/c.jsonl"]),
        ("*/?.txt", ["in/a.txt", "other/e.txt"]),
        ("in/[ab].txt", ["in/a.txt"]),
        ("in/.hidden", ["in/.hidden"]),
        ("in/deep/.draft/*.txt", ["in/deep/.draft/d.txt"]),
        ("in/deep/.draft", ["in/deep/.draft/d.txt"]),
        ("in/.h*", []),
        ("in/[!a]*.txt", ["in/empty.txt"]),
        ("nowhere", []),
        ("nowhere/*.txt", []),
    ],
)
def test_globs_and_folders_mean_what_they_mean_on_a_disk(base, tmp_path, pattern, found):
    for name, size in NAMES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    expected = {name: NAMES[name] for name in found}
    assert files.sizes(f"{base}/{pattern}") == {f"{base}/{k}": v for k, v in expected.items()}
    local = files.sizes(f"{tmp_path}/{pattern}")
    assert local == {str(tmp_path / k): v for k, v in expected.items()}


def test_a_whole_bucket_is_a_folder(base):
    assert len(files.sizes(base)) == 5


def test_a_listing_is_of_one_folder(base):
    assert files.listing(f"{base}/in", ".txt") == [f"{base}/in/a.txt", f"{base}/in/empty.txt"]
    assert files.listing(f"{base}/nowhere", ".txt") == []


def test_a_file_appears_only_when_it_is_complete(system, base):
    path = f"{base}/new/a.bin"
    with files.create(path) as file:
        file.write(b"half")
        assert path not in system.objects
    assert files.read_bytes(path) == b"half"
    with pytest.raises(ZeroDivisionError), files.create(path) as file:
        file.write(b"broken" * (1 // 0))  # the writer fails
    files.write_bytes(path, b"whole")
    assert files.read_bytes(path) == b"whole"
    assert [name for name in system.objects if "/new/" in name] == [path]


def test_what_fails_while_it_is_written_leaves_nothing_and_is_told(system, base):
    system.room_bytes = 10
    with pytest.raises(InputError, match=r"new/a.bin: cannot be written \(No space left"):
        files.write_bytes(f"{base}/new/a.bin", b"x" * 11)
    assert not any("/new/" in name for name in system.objects)


def test_reading_that_breaks_off_is_told_and_never_taken_for_the_end(system, base):
    path = f"{base}/long"
    system.objects[path] = b"x" * 2_000_000
    system.breaking[path] = 1_000_000
    with pytest.raises(
        InputError, match=r"long: reading broke off near byte .* \(Connection reset"
    ):
        files.read_bytes(path)


def test_a_file_can_be_read_from_any_place(base, system):
    system.objects[f"{base}/long"] = bytes(range(256)) * 4096
    with files.open_input(f"{base}/long") as file:
        file.seek(700_001)
        assert file.read(3) == bytes([(700_001 + at) % 256 for at in range(3)])
        assert file.tell() == 700_004


def test_a_file_that_is_not_there_is_named(base):
    with pytest.raises(InputError, match="in/nothing: cannot be read"):
        files.read_bytes(f"{base}/in/nothing")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("gs://bucket/a", "there is no filesystem for gs:// here; install apache-beam[gcp]"),
        ("hdfs://folder/a", "hdfs:// here; install apache-beam[hadoop]"),
        ("ftp://host/a", "there is no filesystem for ftp:// here; give a path or another URI"),
    ],
)
def test_a_filesystem_that_is_not_installed_is_told(path, said):
    for use in (files.sizes, files.read_bytes, files.exists):
        with pytest.raises(InputError) as told:
            use(path)
        assert str(told.value).startswith(f"{path}: cannot be ")
        assert said in str(told.value)
