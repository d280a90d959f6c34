"""How names are spread over files, and which of them there are, in a form that a browser reads alike: `recognise.js`.

A filter is a Bloom filter: a name that it has is never missed, and of those that it doesn't have it takes a few for its
own. It needs some six to ten bits for each name.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from math import log2
from zlib import crc32

__all__ = ["bucket", "bucket_count", "filter_of"]

_BITS = 10
_FEWEST_BITS = 3

_MASK = 0xFFFFFFFF


def _mixed(number: int) -> int:
    """A number whose bits depend on all bits of another: the end of MurmurHash3."""
    number = (number ^ number >> 16) * 0x85EBCA6B & _MASK
    number = (number ^ number >> 13) * 0xC2B2AE35 & _MASK
    return number ^ number >> 16


def bucket_count(things: int, together: int) -> int:
    """How many files things are spread over, with about so many together: a power of two, so that it changes rarely."""
    return 1 << max(0, round(log2(max(1, things / together))))


def bucket(name: str, count: int) -> int:
    """The file that has a name, of `count`, a power of two."""
    return _mixed(crc32(name.encode())) & count - 1


def filter_of(names: Collection[str], most_bytes: int) -> tuple[int, str]:
    """A filter that has these names: how many bits each sets, and all bits, as Base64.

    Args:
        names: the names.
        most_bytes: how large it may be, unless it had fewer than three bits a name.
    """
    count = max(1, len(names))
    bits = max(_FEWEST_BITS, min(_BITS, most_bytes * 8 // count))
    size = (count * bits + 7) // 8 * 8
    probes = max(1, round(bits * 0.69))
    field = bytearray(size // 8)
    for name in names:
        place = crc32(name.encode())
        step = _mixed(place) | 1
        for _ in range(probes):
            bit = place % size
            field[bit >> 3] |= 1 << (bit & 7)
            place = place + step & _MASK
    return probes, b64encode(field).decode()
