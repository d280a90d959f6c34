"""What is noted at a store about the site there, so that a build needn't ask for each file.

It is kept in the marker. Its first line is for people. The rest is the manifest: msgpack, packed by zlib, whose
checksum finds what is damaged. While a build writes, there is the first line only: whoever reads that knows that files
may differ from what had been noted about them.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from kb_gen.site.outputs.output import MARKER_TEXT, Stamp, url_parts

__all__ = ["manifest_bytes", "read_manifest"]

_VERSION = 1
"""Raised when the same content has to be written anew, for example because it gets another media type."""

_LARGEST = 1 << 30
"""Bytes of an unpacked manifest. One of a million files has a tenth of it."""


class _Manifest(Struct, frozen=True, array_like=True):
    version: int
    files: dict[str, Stamp]


def manifest_bytes(files: Mapping[str, Stamp]) -> bytes:
    """The marker's content for a finished site; the same for the same files."""
    packed = msgspec.msgpack.encode(_Manifest(_VERSION, dict(sorted(files.items()))))
    return MARKER_TEXT + zlib.compress(packed, 1)


def read_manifest(marker: bytes) -> dict[str, Stamp] | None:
    """The files that a marker tells of; None if a build hasn't finished, or if it is damaged or of another version."""
    try:
        unpacking = zlib.decompressobj()
        packed = unpacking.decompress(marker.removeprefix(MARKER_TEXT), _LARGEST)
        if not unpacking.eof:
            return None
        found = msgspec.msgpack.decode(packed, type=_Manifest)
        for url in found.files:
            url_parts(url)
    except (zlib.error, ValueError):
        return None
    return found.files if found.version == _VERSION else None
