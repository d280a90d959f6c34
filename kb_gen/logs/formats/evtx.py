"""Windows event logs as Windows itself keeps them, `.evtx`.

A log is a header and chunks of 64 KB, each of which can be read without the others ([MS-EVEN6]; Schuster 2007,
"Introducing the Microsoft Vista event log file format"). So each is handed to the library as a log of its own: memory
stays small, a pipe will do, and what is wrong with a chunk is that chunk's matter. Where a part of a chunk was
destroyed, records behind it are found again by their marks and sizes, and the gap is filled with a record that says
nothing.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import NamedTuple

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.logs.entries import Entry, Reading
from kb_gen.logs.streams import LogStream
from kb_gen.logs.windows_events import BrokenEvent, windows_event

__all__ = ["EvtxMissing", "is_evtx", "read_evtx"]

_FILE, _CHUNK, _RECORD = b"ElfFile\0", b"ElfChnk\0", b"**\0\0"
_HEADER_BYTES, _CHUNK_BYTES, _FIRST_RECORD = 4096, 65536, 512
_TABLES = 128
"""Where a chunk's header has its tables of strings and templates, which the records have as well."""
_SMALLEST = 28
_FILLER = 2**64 - 1
"""The number of a record that fills a gap."""

_NOTHING = b"\x0f\x01\x01\x00\x00"
"""Binary XML that has nothing in it: the header of a fragment, and its end."""

_LEAST_GAP = 40
_TIME = 132_000_000_000_000_000
"""Some time that the library can read, of a record that nobody sees."""

_HELP = "what is readable was read; a copy of the log may have the rest"
_MOST_IN_CHUNK = _CHUNK_BYTES // _SMALLEST


class EvtxMissing(Exception):  # noqa: N818 - named for what it says
    """The library that reads event logs isn't installed."""


class _Chunk(NamedTuple):
    """A chunk in the form in which the library can read it.

    Attributes:
        data: its bytes, with gaps filled.
        numbers: the numbers of the records whose place is known.
        torn: those of them whose end is missing.
        gaps: how many bytes are no record, though they should be.
        first: the number of the first record that it had, where its header says so, else of the first known.
        last: that of its last record.
    """

    data: bytes
    numbers: frozenset[int]
    torn: frozenset[int]
    gaps: int
    first: int
    last: int


def is_evtx(head: bytes) -> bool:
    """Whether a log begins as event logs do; its header may be destroyed."""
    return head.startswith((_FILE, _CHUNK)) or head[_HEADER_BYTES : _HEADER_BYTES + 8] == _CHUNK


def read_evtx(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:  # noqa: ARG001 - it says its zone
    """The records of an event log.

    Raises:
        EvtxMissing: the library isn't installed.
        OSError: the log can't be read.
    """
    try:
        import evtx  # noqa: F401, PLC0415 - an extra
    except ImportError as reason:
        raise EvtxMissing("reading .evtx files needs the library evtx: pip install kb-gen[logs]") from reason
    # Of a log that somebody has saved from a disk, the header may not be there at all.
    header = b"" if stream.head.startswith(_CHUNK) else stream.read(_HEADER_BYTES)
    if not header.startswith(_FILE):
        yield error("log-chunk", "the header of the event log is destroyed", Place(stream.name))
    elif len(header) < _HEADER_BYTES:
        yield error("log-chunk", "the event log ends in its header", Place(stream.name), _HELP)
    used = struct.unpack_from("<H", header, 42)[0] if len(header) >= 44 else 0
    told, zeros = _Told(), 0
    for number in count():
        chunk = stream.read(_CHUNK_BYTES)
        # Windows makes room before it needs it; only what the header counts has been used.
        if chunk and number < used and not any(chunk):
            zeros += 1
            continue
        if zeros:
            told.is_damaged = True
            yield _destroyed(stream.name, number - zeros, number - 1)
            zeros = 0
        if not chunk:
            # Behind the last one that the header counts there may be more, which Windows hasn't counted yet.
            if number < used and len(header) == _HEADER_BYTES:
                told.is_damaged = True
                what = f"the event log ends before chunk {number}, but its header counts {used} chunks"
                yield error("log-chunk", what, Place(stream.name), _HELP)
            break
        if any(chunk):
            yield from _records(stream.name, number, chunk, told)
    yield from told.missing(stream.name)


def _destroyed(name: str, first: int, last: int) -> Diagnostic:
    """That nothing is left of chunks."""
    what = f"chunk {first} is" if first == last else f"chunks {first} to {last} are"
    lost = (last - first + 1) * _CHUNK_BYTES
    return error("log-chunk", f"{what} destroyed: {lost:,} bytes are all zeros", Place(name), _HELP)


class _Told:
    """What the chunks say of the records that there were."""

    def __init__(self) -> None:
        self.is_damaged = False
        self.read = 0
        self.first: int | None = None
        self.last = 0

    def note(self, chunk: _Chunk, read: int) -> None:
        """A chunk more, of which so many records were read."""
        self.read += read
        if chunk.last - chunk.first < _MOST_IN_CHUNK:
            self.first = chunk.first if self.first is None else min(self.first, chunk.first)
            self.last = max(self.last, chunk.last)

    def missing(self, name: str) -> Iterator[Diagnostic]:
        """How many records are lost altogether, as far as their numbers tell."""
        lost = self.last - self.first + 1 - self.read if self.first is not None else 0
        if self.is_damaged and 0 < lost < 1 << 40:
            what = f"of the records {self.first:,} to {self.last:,}, {self.read:,} were read and {lost:,} are lost"
            yield error("log-chunk", what, Place(name), _HELP)


def _records(name: str, number: int, data: bytes, told: _Told) -> Iterator[Entry | Diagnostic]:
    """The records of a chunk, and what is wrong with it."""
    chunk = _walked(data)
    rendered, reason = _rendered(chunk.data)
    if len(rendered) < len(chunk.numbers):
        # One broken string among those that the header names is enough for the library to give up.
        again, other = _rendered(chunk.data[:_TABLES] + bytes(_FIRST_RECORD - _TABLES) + chunk.data[_FIRST_RECORD:])
        if len(again) > len(rendered):
            rendered, reason = again, other
    reasons = [reason] if reason else []
    read: set[int] = set()
    for record, xml in rendered:
        if record == _FILLER or record in read:
            continue
        try:
            entry = windows_event(xml, record)
        except BrokenEvent as broken:
            reasons.append(str(broken))
            continue
        read.add(record)
        yield entry
    told.note(chunk, len(read))
    expected = chunk.last - chunk.first + 1
    lost = max(len(chunk.numbers - read), expected - len(read) if expected < _MOST_IN_CHUNK else 0)
    torn = chunk.torn & read
    if lost or torn or chunk.gaps or not data.startswith(_CHUNK):
        told.is_damaged = True
        parts = [] if data.startswith(_CHUNK) else ["its header is destroyed"]
        parts += [f"{chunk.gaps:,} bytes of it are no records"] if chunk.gaps else []
        parts += [f"{lost:,} of its records can't be read"] if lost else []
        parts += [f"the end of record {min(torn):,} is missing"] if torn else []
        why = f" ({reasons[0]})" if reasons and lost else ""
        yield error("log-chunk", f"chunk {number} is damaged: {', '.join(parts)}{why}", Place(name), _HELP)
    elif not _fits(data):
        message = f"the checksum of chunk {number} doesn't fit, so some of its values may be wrong"
        yield warning("log-checksum", message, Place(name), "copy the log again, when nothing writes to it")


def _fits(data: bytes) -> bool:
    """Whether a chunk's records are those that its checksum was made of, if it has one."""
    end, checksum = struct.unpack_from("<II", data.ljust(_FIRST_RECORD, b"\0"), 48)
    return checksum in (0, zlib.crc32(data[_FIRST_RECORD:end]))


def _rendered(data: bytes) -> tuple[list[tuple[int, str]], str]:
    """The records of a chunk as XML by their numbers, and the first reason why one can't be read."""
    from evtx import PyEvtxParser  # noqa: PLC0415 - an extra

    found: list[tuple[int, str]] = []
    reasons: list[str] = []
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        try:
            records = PyEvtxParser(BytesIO(_HEADER + data), 1, indent=False, skip_errors=True).records()
            for record in records:
                if record is not None:
                    # One by one: those before an error count.
                    found.append((record["event_record_id"], record["data"]))  # noqa: PERF401
        except Exception as reason:
            reasons.append(str(reason))
        reasons += [str(warning.message) for warning in noted]
    return found, reasons[0].rpartition("reason: ")[2].partition("\n")[0][:120] if reasons else ""


def _walked(data: bytes) -> _Chunk:
    """A chunk with its gaps filled."""
    chunk = bytearray(data.ljust(_CHUNK_BYTES, b"\0"))
    sound = chunk.startswith(_CHUNK)
    first, last = struct.unpack_from("<QQ", chunk, 8)
    end = struct.unpack_from("<I", chunk, 48)[0] if sound else len(data)
    end = end if _FIRST_RECORD <= end <= _CHUNK_BYTES else _CHUNK_BYTES
    numbers: set[int] = set()
    torn: set[int] = set()
    place, gaps, following = _FIRST_RECORD, 0, 0
    while place + _SMALLEST <= end:
        size = _whole(chunk, place, end)
        # Looked for once for all that is broken before it.
        if not size and following < min(place + _LEAST_GAP, end):
            following = _next_whole(chunk, place, end)
        claimed = 0 if size else _claimed(chunk, place, end)
        if size or (claimed and place + claimed <= following):
            number = struct.unpack_from("<Q", chunk, place + 8)[0]
            numbers.add(number)
            if not size:
                torn.add(number)
            place += size or claimed
            continue
        if following >= end and not any(chunk[place:end]) and not sound:
            break
        gaps += following - place
        if following >= end:
            end = place
            break
        struct.pack_into("<4sIQQ5s", chunk, place, _RECORD, following - place, _FILLER, _TIME, _NOTHING)
        struct.pack_into("<I", chunk, following - 4, following - place)
        place = following
    lowest, highest = min(numbers, default=1), max(numbers, default=0)
    if not sound:
        first, last = lowest, highest
        chunk[:_FIRST_RECORD] = bytes(_FIRST_RECORD)
    struct.pack_into("<8sQQQQIII", chunk, 0, _CHUNK, first, last, first, last, 128, 0, max(place, _FIRST_RECORD))
    return _Chunk(bytes(chunk), frozenset(numbers), frozenset(torn), gaps, first, last)


def _claimed(chunk: bytearray, place: int, end: int) -> int:
    """The size that a record says it has; 0 where there is none, or that can't be."""
    if chunk[place : place + 4] != _RECORD or place + _SMALLEST > end:
        return 0
    size = int(struct.unpack_from("<I", chunk, place + 4)[0])
    return size if _SMALLEST <= size <= end - place else 0


def _whole(chunk: bytearray, place: int, end: int) -> int:
    """The size of the record at a place, which stands at its end again; 0 where there is none."""
    size = _claimed(chunk, place, end)
    return size if size and struct.unpack_from("<I", chunk, place + size - 4)[0] == size else 0


def _next_whole(chunk: bytearray, place: int, end: int) -> int:
    """Where the next record begins that is whole and leaves room for one that fills the gap; `end` if none does."""
    found = chunk.find(_RECORD, place + _LEAST_GAP, end)
    while found >= 0 and not _whole(chunk, found, end):
        found = chunk.find(_RECORD, found + 1, end)
    return found if found >= 0 else end


def _file_header() -> bytes:
    """The header of a log that has one chunk."""
    header = bytearray(_HEADER_BYTES)
    struct.pack_into("<8sQQQIHHHH", header, 0, _FILE, 0, 0, 1, 128, 1, 3, _HEADER_BYTES, 1)
    struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
    return bytes(header)


_HEADER = _file_header()
