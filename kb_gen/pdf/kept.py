"""What earlier runs have made of what, so that a file whose articles haven't changed isn't made again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.load import CACHE_FOLDER, digest, format_version, read_pack, write_pack
from kb_gen.pdf.making import Problem

__all__ = ["KeptFile", "keep_files", "kept_files", "program_version"]

_KIND = b"kb-gen pdf\r\n"
_PROGRAM = ("document", "load", "locales", "markup", "messages", "model", "pdf", "render")
_LIBRARIES = ("typst", "pikepdf", "deflate", "Babel", "markdown-it-py")
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class KeptFile(Struct, frozen=True, array_like=True):
    """A file that was made.

    Attributes:
        print: what it was made from.
        stamp: how it was left.
        pages: how many it has.
        size: its bytes.
        problems: what of it couldn't be printed.
    """

    print: bytes
    stamp: bytes
    pages: int
    size: int
    problems: tuple[Problem, ...] = ()


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, KeptFile])


def program_version() -> bytes | None:
    """What differs wherever another program might make another file of the same; None where that can't be told."""
    return format_version(_PROGRAM, _LIBRARIES)


def _name(place: str) -> str:
    return f"pdf-{digest(place.encode('utf-8', 'surrogatepass')).hex()}"


def kept_files(root: Path, place: str) -> dict[str, KeptFile]:
    """The files that were made in a place, by URL, as far as this program would make them again.

    Args:
        root: the project's folder.
        place: what `Destination.describe` says.
    """
    version = program_version()
    payload = read_pack(root / CACHE_FOLDER, _name(place), _KIND, version) if version else None
    if payload is None:
        return {}
    try:
        return _DECODER.decode(payload)
    except _DOUBTS:
        return {}


def keep_files(root: Path, place: str, files: Mapping[str, KeptFile]) -> None:
    """Keep what was made in a place."""
    version = program_version()
    if version is not None:
        write_pack(root / CACHE_FOLDER, _name(place), _KIND, version, _ENCODER.encode(dict(files)))
