"""Two Beam filesystems in memory: one like an object store (`mem://`), one with folders (`tree://`).

They are as awkward as the real ones. An object store overwrites in silence and has no
folders; what is written is there when it is closed, even if the writer failed. The tree is like
hdfs://: it lists one folder at a time, folders among the entries with no size, cannot list a
file, and neither creates nor renames onto what is there.
"""

import io
import posixpath
from typing import ClassVar

from apache_beam.io.filesystem import (
    BeamIOError,
    CompressionTypes,
    FileMetadata,
    FileSystem,
)


class _Upload(io.BytesIO):
    def __init__(self, system, path):
        super().__init__()
        self._system, self._path = system, path

    def write(self, data):
        if (
            self._system.room_bytes is not None
            and self.tell() + len(data) > self._system.room_bytes
        ):
            raise OSError(28, "No space left on device")
        return super().write(data)

    def close(self):
        if not self.closed:
            self._system.objects[self._path] = self.getvalue()
        super().close()


class _Download(io.BytesIO):
    def __init__(self, system, path):
        super().__init__(system.objects[path])
        self._breaks_at = system.breaking.get(path)

    def readinto(self, buffer):
        if self._breaks_at is not None and self.tell() + len(buffer) > self._breaks_at:
            raise ConnectionResetError(104, "Connection reset by peer")
        return super().readinto(buffer)


class MemoryFileSystem(FileSystem):
    """An object store."""

    objects: ClassVar[dict[str, bytes]] = {}
    #: Objects whose reading fails at a place.
    breaking: ClassVar[dict[str, int]] = {}
    room_bytes: ClassVar[int | None] = None
    #: Everything that was done to it, in order.
    log: ClassVar[list[tuple[str, str]]] = []

    @classmethod
    def scheme(cls):
        return "mem"

    @classmethod
    def clear(cls):
        cls.objects.clear()
        cls.breaking.clear()
        cls.log.clear()
        cls.room_bytes = None

    def join(self, basepath, *paths):
        return posixpath.join(basepath, *paths)

    def split(self, path):
        return posixpath.split(path)

    def mkdirs(self, path):
        pass

    def has_dirs(self):
        return False

    def _list(self, dir_or_prefix):
        for path, data in sorted(self.objects.items()):
            if path.startswith(dir_or_prefix):
                yield FileMetadata(path, len(data))

    def create(self, path, mime_type="", compression_type=CompressionTypes.AUTO):  # noqa: ARG002
        assert compression_type == CompressionTypes.UNCOMPRESSED
        self.log.append(("create", path))
        return _Upload(type(self), path)

    def open(self, path, mime_type="", compression_type=CompressionTypes.AUTO):  # noqa: ARG002
        assert compression_type == CompressionTypes.UNCOMPRESSED
        if path not in self.objects:
            raise BeamIOError("Open failed", {path: FileNotFoundError(2, "No such object")})
        self.log.append(("open", path))
        return _Download(type(self), path)

    def copy(self, source_file_names, destination_file_names):
        for source, destination in zip(source_file_names, destination_file_names, strict=True):
            self.objects[destination] = self.objects[source]

    def rename(self, source_file_names, destination_file_names):
        for source, destination in zip(source_file_names, destination_file_names, strict=True):
            self.log.append(("rename", destination))
            self.objects[destination] = self.objects.pop(source)

    def exists(self, path):
        return path in self.objects

    def size(self, path):
        return self.metadata(path).size_in_bytes

    def last_updated(self, path):
        return self.metadata(path).last_updated_in_seconds

    def metadata(self, path):
        return FileMetadata(path, len(self.objects[path]))

    def delete(self, paths):
        for path in paths:
            self.log.append(("delete", path))
            del self.objects[path]


class TreeFileSystem(MemoryFileSystem):
    """A filesystem with folders, as awkward as hdfs://."""

    objects: ClassVar[dict[str, bytes]] = {}
    breaking: ClassVar[dict[str, int]] = {}
    log: ClassVar[list[tuple[str, str]]] = []

    @classmethod
    def scheme(cls):
        return "tree"

    def has_dirs(self):
        return True

    def _list(self, dir_or_prefix):
        if dir_or_prefix in self.objects:
            raise BeamIOError("List operation failed", {dir_or_prefix: "is not a directory"})
        folder = dir_or_prefix.rstrip("/") + "/"
        inside = [path.removeprefix(folder) for path in self.objects if path.startswith(folder)]
        for name in sorted({path.partition("/")[0] for path in inside}):
            yield FileMetadata(folder + name, len(self.objects.get(folder + name, b"")))

    def create(self, path, mime_type="", compression_type=CompressionTypes.AUTO):
        if path in self.objects:
            raise BeamIOError(f"Path already exists: {path}")
        return super().create(path, mime_type, compression_type)

    def rename(self, source_file_names, destination_file_names):
        if any(self.exists(path) for path in destination_file_names):
            raise BeamIOError("Rename operation failed", {"rename": "it is there already"})
        super().rename(source_file_names, destination_file_names)

    def exists(self, path):
        return path in self.objects or any(one.startswith(f"{path}/") for one in self.objects)

    def metadata(self, path):
        return FileMetadata(path, len(self.objects.get(path, b"")))
