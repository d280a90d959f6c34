"""Windows event logs as Windows itself keeps them, `.evtx`.

A log is a header and chunks of 64 KB, each of which can be read without the others ([MS-EVEN6]; Schuster 2007,
"Introducing the Microsoft Vista event log file format"). So each is handed to the library as a log of its own: memory
stays small, a pipe will do, and what is wrong with a chunk is that chunk's matter. Where bytes were lost or added, the
next chunk is found by its mark, and so is the next log where several were joined to one file.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Generator, Iterator
from io import BytesIO

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.logs.entries import Entry, Reading
from kb_gen.logs.formats.evtx_chunks import (
    CHUNK,
    CHUNK_BYTES,
    FILLER,
    MOST_IN_CHUNK,
    Chunk,
    checksum_fits,
    walked,
    without_tables,
)
from kb_gen.logs.formats.evtx_room import Room
from kb_gen.logs.said import said, said_plural
from kb_gen.logs.streams import LogStream
from kb_gen.logs.windows_events import BrokenEvent, windows_event

__all__ = ["EvtxMissing", "is_evtx", "read_evtx"]

_FILE = b"ElfFile\0"
_HEADER_BYTES = 4096
_MARKS = ((CHUNK, 40, struct.pack("<I", 128)), (_FILE, 40, struct.pack("<H", _HEADER_BYTES)))
"""What chunks and logs begin with, and where which number stands behind that: the size of their headers."""

_LONGEST_MARK = 48
_LARGE_RECORD = 16_384
"""Bytes that hardly any record has: a chunk is begun where the one before has no room for the next record."""

_OPEN = 1
"""The flag of a log that Windows hadn't closed: what its header counts is from before."""

_FRAMES = re.compile(
    r"(?:Skipping EVTX data: )?(?:RuntimeError: )?(?:Failed to [^:]{1,80}: )?"
    r"(?:An error occurred [^:]{1,80}: )?(?:.{1,120}\breason: )?"
)
"""What the library says before it says why: that it failed, and at what."""

_HELP = said("what is readable was read; a copy of the log may have the rest")

_NO_LOG = said(
    "this is read as an event log because of --input-format; leave that out if it is none: the content tells what it is"
)


class EvtxMissing(Exception):  # noqa: N818 - named for what it says
    """The library that reads event logs isn't installed."""


def is_evtx(head: bytes) -> bool:
    """Whether a log begins as event logs do; its header may be destroyed."""
    return head.startswith((_FILE, CHUNK)) or head[_HEADER_BYTES : _HEADER_BYTES + 8] == CHUNK


def read_evtx(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:  # noqa: ARG001 - it says its zone
    """The records of an event log, or of several one behind the other.

    Raises:
        EvtxMissing: the library isn't installed.
        OSError: the log can't be read.
    """
    try:
        import evtx  # noqa: F401, PLC0415 - an extra
    except ImportError as reason:
        raise EvtxMissing("reading .evtx files needs the library evtx: pip install kb-gen[logs]") from reason
    while (yield from _log(stream)):
        pass


def _log(stream: LogStream) -> Generator[Entry | Diagnostic, None, bool]:
    """The records of a log; gives whether another one begins behind it."""
    # Of a log that somebody has saved from a disk, the header may not be there at all.
    header = b"" if _begins(stream, CHUNK) else stream.read(_HEADER_BYTES)
    if not header.startswith(_FILE):
        # Only who names the format has a file read that begins like none.
        cure = _HELP if is_evtx(stream.head) else _NO_LOG
        yield error("log-chunk", said("the header of the event log is destroyed"), Place(stream.name), cure)
    elif len(header) < _HEADER_BYTES:
        yield error("log-chunk", said("the event log ends in its header"), Place(stream.name), _HELP)
    used = struct.unpack_from("<H", header, 42)[0] if len(header) >= 44 else 0
    is_closed = header.startswith(_FILE) and len(header) == _HEADER_BYTES and not header[120] & _OPEN
    told, room, free = _Told(), Room(stream.name), 0
    number, has_next = 0, False
    while not has_next and (data := _part(stream)):
        has_next = _begins(stream, _FILE)
        filled = len(data) - data.count(0)
        chunk = walked(data) if filled else None
        if chunk is not None and (chunk.numbers or data.startswith(CHUNK)):
            yield from room.lost()
            yield from _records(stream.name, number, data, chunk, told)
            free = 0 if chunk.gaps or not data.startswith(CHUNK) else CHUNK_BYTES - chunk.end
        elif len(data) == CHUNK_BYTES:
            room.add(number, filled)
        else:
            if filled:
                yield room.odd(number, len(data), is_last=has_next or not _begins(stream, CHUNK))
            continue
        number += 1
    yield from room.lost(used)
    # While the last chunk has room, Windows hasn't begun another one.
    yield from room.unused(is_sure=is_closed or free > _LARGE_RECORD)
    if number < used and len(header) == _HEADER_BYTES:
        # There may be more than the header counts, which Windows hasn't counted yet; but not less.
        what = said(
            "the event log ends before chunk {number}, but its header counts {count} chunks",
            number=str(number),
            count=str(used),
        )
        yield error("log-chunk", what, Place(stream.name), _HELP)
    yield from told.missing(stream.name)
    return has_next


def _begins(stream: LogStream, mark: bytes) -> bool:
    """Whether a mark comes next."""
    start = stream.read(len(mark))
    stream.give_back(start)
    return start == mark


def _part(stream: LogStream) -> bytes:
    """The next chunk, or less where another chunk or log begins before; none at the end."""
    data = stream.read(CHUNK_BYTES + _LONGEST_MARK)
    end = min([CHUNK_BYTES, *[_found(data, *mark) for mark in _MARKS]])
    stream.give_back(data[end:])
    return data[:end]


def _found(data: bytes, mark: bytes, distance: int, number: bytes) -> int:
    """Where a chunk or a log begins behind the beginning of some bytes; their length if none does."""
    place = data.find(mark, 1)
    while place >= 0 and not data.startswith(number, place + distance):
        place = data.find(mark, place + 1)
    return place if place >= 0 else len(data)


class _Told:
    """What the chunks say of the records that there were."""

    def __init__(self) -> None:
        self.read = 0
        self.first: int | None = None
        self.last = 0

    def note(self, chunk: Chunk, read: int) -> None:
        """A chunk more, of which so many records were read."""
        self.read += read
        if chunk.last - chunk.first < MOST_IN_CHUNK:
            self.first = chunk.first if self.first is None else min(self.first, chunk.first)
            self.last = max(self.last, chunk.last)

    def missing(self, name: str) -> Iterator[Diagnostic]:
        """How many records are lost altogether, as far as their numbers tell, which are consecutive."""
        lost = self.last - self.first + 1 - self.read if self.first is not None else 0
        if 0 < lost < 1 << 40:
            what = said(
                "of the records {first} to {last}, {read} were read and {lost} are lost",
                first=self.first or 0,
                last=self.last,
                read=self.read,
                lost=lost,
            )
            yield error("log-chunk", what, Place(name), _HELP)


def _records(name: str, number: int, data: bytes, chunk: Chunk, told: _Told) -> Iterator[Entry | Diagnostic]:
    """The records of a chunk, and what is wrong with it."""
    rendered, reason = _rendered(chunk.data)
    if len(rendered) < len(chunk.numbers):
        again, other = _rendered(without_tables(chunk.data))
        if len(again) > len(rendered):
            rendered, reason = again, other
    reasons = [reason] if reason else []
    read: set[int] = set()
    for record, xml in rendered:
        if record == FILLER or record in read:
            continue
        try:
            entry = windows_event(xml, record)
        except BrokenEvent as broken:
            reasons.append(broken.why)
            continue
        read.add(record)
        yield entry
    told.note(chunk, len(read))
    expected = chunk.last - chunk.first + 1
    lost = max(len(chunk.numbers - read), expected - len(read) if expected < MOST_IN_CHUNK else 0)
    torn = chunk.torn & read
    if lost or torn or chunk.gaps or not data.startswith(CHUNK):
        parts = [] if data.startswith(CHUNK) else [said("its header is destroyed")]
        if chunk.gaps:
            parts.append(
                said_plural("{count} byte of it is no record", "{count} bytes of it are no records", chunk.gaps)
            )
        parts += [said("{count} of its records can't be read", count=lost)] if lost else []
        parts += [said("the end of record {number} is missing", number=min(torn))] if torn else []
        what = said("chunk {number} is damaged: {parts}", number=str(number), parts=parts)
        if reasons and lost:
            what = said("{what} ({reason})", what=what, reason=reasons[0])
        yield error("log-chunk", what, Place(name), _HELP)
    elif not checksum_fits(data):
        message = said(
            "the checksum of chunk {number} doesn't fit, so some of its values may be wrong", number=str(number)
        )
        yield warning("log-checksum", message, Place(name), said("copy the log again, when nothing writes to it"))


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
    return found, _FRAMES.sub("", reasons[0].partition("\n")[0], 1)[:120] if reasons else ""


def _file_header() -> bytes:
    """The header of a log that has one chunk."""
    header = bytearray(_HEADER_BYTES)
    struct.pack_into("<8sQQQIHHHH", header, 0, _FILE, 0, 0, 1, 128, 1, 3, _HEADER_BYTES, 1)
    struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
    return bytes(header)


_HEADER = _file_header()
