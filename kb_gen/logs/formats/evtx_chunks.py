"""The chunks of a Windows event log: where the records of each are, and what of it is none.

Records behind a part that was destroyed are found again by their marks and sizes, and the gap is filled with a record
that says nothing, so that a library that stops at gaps reads on.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

__all__ = [
    "CHUNK",
    "CHUNK_BYTES",
    "FILLER",
    "MOST_IN_CHUNK",
    "RECORD",
    "Chunk",
    "checksum_fits",
    "walked",
    "without_tables",
]

CHUNK, RECORD = b"ElfChnk\0", b"**\0\0"
CHUNK_BYTES, _FIRST_RECORD = 65536, 512
_TABLES = 128
"""Where a chunk's header has its tables of strings and templates, which the records have as well."""
_SMALLEST = 28
MOST_IN_CHUNK = CHUNK_BYTES // _SMALLEST
"""Records of a chunk: there is no room for more."""

FILLER = 2**64 - 1
"""The number of a record that fills a gap."""

_NOTHING = b"\x0f\x01\x01\x00\x00"
"""Binary XML that has nothing in it: the header of a fragment, and its end."""

_LEAST_GAP = 40
_TIME = 132_000_000_000_000_000
"""Some time that the library can read, of a record that nobody sees."""


class Chunk(NamedTuple):
    """A chunk in the form in which the library can read it.

    Attributes:
        data: its bytes, with gaps filled.
        numbers: the numbers of the records whose place is known.
        torn: those of them whose end is missing.
        gaps: how many bytes are no record, though they should be.
        first: the number of the first record that it had, where its header says so, else of the first known.
        last: that of its last record.
        end: where its records end.
    """

    data: bytes
    numbers: frozenset[int]
    torn: frozenset[int]
    gaps: int
    first: int
    last: int
    end: int


def walked(data: bytes) -> Chunk:
    """A chunk with its gaps filled."""
    chunk = bytearray(data.ljust(CHUNK_BYTES, b"\0"))
    sound = chunk.startswith(CHUNK)
    first, last = struct.unpack_from("<QQ", chunk, 8)
    end = struct.unpack_from("<I", chunk, 48)[0] if sound else len(data)
    end = end if _FIRST_RECORD <= end <= CHUNK_BYTES else CHUNK_BYTES
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
        struct.pack_into("<4sIQQ5s", chunk, place, RECORD, following - place, FILLER, _TIME, _NOTHING)
        struct.pack_into("<I", chunk, following - 4, following - place)
        place = following
    lowest, highest = min(numbers, default=1), max(numbers, default=0)
    if not sound:
        first, last = lowest, highest
        chunk[:_FIRST_RECORD] = bytes(_FIRST_RECORD)
    struct.pack_into("<8sQQQQIII", chunk, 0, CHUNK, first, last, first, last, 128, 0, max(place, _FIRST_RECORD))
    return Chunk(bytes(chunk), frozenset(numbers), frozenset(torn), gaps, first, last, place)


def _claimed(chunk: bytearray, place: int, end: int) -> int:
    """The size that a record says it has; 0 where there is none, or that can't be."""
    if chunk[place : place + 4] != RECORD or place + _SMALLEST > end:
        return 0
    size = int(struct.unpack_from("<I", chunk, place + 4)[0])
    return size if _SMALLEST <= size <= end - place else 0


def _whole(chunk: bytearray, place: int, end: int) -> int:
    """The size of the record at a place, which stands at its end again; 0 where there is none."""
    size = _claimed(chunk, place, end)
    return size if size and struct.unpack_from("<I", chunk, place + size - 4)[0] == size else 0


def _next_whole(chunk: bytearray, place: int, end: int) -> int:
    """Where the next record begins that is whole and leaves room for one that fills the gap; `end` if none does."""
    found = chunk.find(RECORD, place + _LEAST_GAP, end)
    while found >= 0 and not _whole(chunk, found, end):
        found = chunk.find(RECORD, found + 1, end)
    return found if found >= 0 else end


def without_tables(chunk: bytes) -> bytes:
    """A chunk without its tables: one broken string that they name is enough for the library to give up."""
    return chunk[:_TABLES] + bytes(_FIRST_RECORD - _TABLES) + chunk[_FIRST_RECORD:]


def checksum_fits(data: bytes) -> bool:
    """Whether a chunk's records are those that its checksum was made of, if it has one."""
    end, checksum = struct.unpack_from("<II", data.ljust(_FIRST_RECORD, b"\0"), 48)
    return checksum in (0, zlib.crc32(data[_FIRST_RECORD:end]))
