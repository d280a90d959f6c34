"""What Pagefind is told of articles, put away until the index is made: a large site has as much of it as of records."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from kb_gen.load import make_folder
from kb_gen.site.engines import SearchEntry
from kb_gen.site.fulltext.records import IndexRecord

__all__ = ["Findable", "Indexable", "Shelf", "Shelved"]


class Shelf:
    """A file without a name, which goes with the last process that has it open. Forked processes read from it, too.

    Nothing is buffered, and nobody moves a place in the file that others share.

    Args:
        folder: where there is room; the system's folder for temporary files, if that can't be written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._end = 0

    def __del__(self) -> None:
        """Whatever was shelved refers to the shelf: nothing does any more."""
        if self._file is not None:
            self._file.close()

    def open(self) -> BinaryIO:
        """The file, opened if it isn't yet; processes that are forked from now on share it."""
        self._file = self._file or self._opened()
        return self._file

    def put(self, records: Sequence[IndexRecord]) -> list[Shelved]:
        """Put records away, all at once: writing takes longer than what is written."""
        if not records:
            return []
        file = self.open()
        shelved: list[Shelved] = []
        start = self._end
        for record in records:
            shelved.append(Shelved(record.key, self, start, len(record.data), record.state))
            start += len(record.data)
        rest = memoryview(b"".join([record.data for record in records]))
        while rest:
            count = _write(file.fileno(), rest, self._end)
            self._end += count
            rest = rest[count:]
        return shelved

    def read(self, start: int, length: int) -> bytes:
        """What was put there."""
        return _read(self._file.fileno(), length, start) if self._file else b""

    def _opened(self) -> BinaryIO:
        """The file, opened when there is something to put there: most sites have nothing."""
        try:
            make_folder(self._folder)
            return tempfile.TemporaryFile(buffering=0, dir=self._folder)
        except OSError:
            return tempfile.TemporaryFile(buffering=0)


def _write(file: int, data: memoryview, start: int) -> int:
    if hasattr(os, "pwrite"):
        return os.pwrite(file, data, start)
    os.lseek(file, start, os.SEEK_SET)
    return os.write(file, data)


def _read(file: int, length: int, start: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(file, length, start)
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, length)


@dataclass(frozen=True, slots=True)
class Shelved:
    """An `IndexRecord` whose data is read when somebody asks for it."""

    key: int
    shelf: Shelf
    start: int
    length: int
    state: bytes

    @property
    def data(self) -> bytes:
        """As `IndexRecord.data`."""
        return self.shelf.read(self.start, self.length)


Indexable: TypeAlias = IndexRecord | Shelved
Findable: TypeAlias = SearchEntry | Indexable | bytes
"""An entry, or what whoever made it has made of it at once: `index_record`, or an engine's `search_document`."""
