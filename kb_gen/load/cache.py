"""What files of records gave, kept from one run to the next: one small file for each shard.

A pack, as such a file is called here, is worth nothing but the time that it saves. It may be missing, cut off, damaged,
of another version or project, or made up by somebody; whatever isn't certain in it is read from the records again.

Its form: `MAGIC`, the version (16 bytes), the CRC-32 of the rest (4 bytes, little-endian), and the msgpack of `Known`s
in a list.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
import sys
import time
import unicodedata
import zlib
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

import msgspec
import rapidfuzz
import yaml
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.load.composition import MAX_DEPTH
from kb_gen.load.files import FileState
from kb_gen.load.identifiers import canonical_id
from kb_gen.load.reading import FileResult
from kb_gen.model import Entry, Step

__all__ = ["Known", "digest", "format_version", "prune_packs", "read_pack", "recall", "remember", "write_pack"]

MAGIC = b"kb-gen records\r\n"
_START = len(MAGIC) + 16 + 4

_LARGEST = 64_000_000
"""Bytes of the largest pack that is read or written: many times a usual one."""

_NAME = re.compile(r"[0-9a-f]{16}\.records")
_BESIDE = re.compile(r"\.[0-9a-f]{16}\.records\.[0-9a-f]{8}\.new")

_ABANDONED = 3600
"""Seconds after which a half-written pack is nobody's any more."""

_IGNORED = "# Made by kb-gen, and safe to delete.\n*\n"

_PACKAGES = ("diagnostics", "load", "model")
"""Our own code that decides on what comes of a file."""


class Known(Struct, frozen=True, array_like=True):
    """What is known of one file.

    Attributes:
        state: the file as it was when it was read, or before.
        settled: whether the file surely holds the same as long as it is in that state.
        digest: of what it held.
        result: the `FileResult` of that, encoded.
    """

    state: FileState
    settled: bool
    digest: bytes
    result: msgspec.Raw


_PACK = msgspec.msgpack.Decoder(list[Known])
_RESULT = msgspec.msgpack.Decoder(FileResult)
_ENCODER = msgspec.msgpack.Encoder()
# Whatever a decoder may say of bytes that it didn't encode.
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


def digest(data: bytes) -> bytes:
    """A short, collision-resistant stand-in for `data`."""
    return hashlib.blake2b(data, digest_size=16).digest()


@cache
def format_version(packages: tuple[str, ...] = _PACKAGES) -> bytes | None:
    """16 bytes that differ wherever another program might make something else of the same file.

    They stand for the source code of reading and of the types that it yields, and for the libraries that it uses.
    None where that can't be told; then nothing is kept.

    Args:
        packages: our own code that decides on what is made, with all that is below it.
    """
    summary = hashlib.blake2b(digest_size=16)
    libraries = (msgspec.__version__, rapidfuzz.__version__, yaml.__version__, yaml.__with_libyaml__)
    try:
        own = [file.read_bytes() for name in packages for file in _sources(Path(__file__).parents[1] / name)]
    except OSError:
        return None
    for part in (repr((sys.version, unicodedata.unidata_version, libraries)).encode(), *own):
        # With its length, so that nothing can move from one part to the next.
        summary.update(b"%d:" % len(part))
        summary.update(part)
    return summary.digest() if own else None


def _sources(folder: Path) -> list[Path]:
    """What a package consists of; compiled modules where it was installed without sources."""
    return sorted(file for file in folder.rglob("*.*") if file.is_file() and file.parent.name != "__pycache__")


def remember(result: FileResult) -> msgspec.Raw | None:
    """`result` as a pack holds it; None where that is impossible."""
    try:
        return msgspec.Raw(_ENCODER.encode(result))
    except (UnicodeEncodeError, OverflowError):
        return None


def recall(known: Known) -> FileResult | None:
    """The result that is kept in `known`; None where there is any doubt about it."""
    try:
        result = _RESULT.decode(known.result)
    except _DOUBTS:
        return None
    return result if _is_sound(result, known.state.path) else None


def _is_sound(result: FileResult, path: str) -> bool:
    """Whether `result` may have come of the file at `path`: what the types don't say, but later stages rely on."""
    for entry in result.entries:
        if not _is_sound_entry(entry, path) or canonical_id(entry.record.id) != entry.record.id:
            return False
    if not result.diagnostics and not result.gaps:
        return not result.partial
    return (
        all(_is_sound_entry(entry, path) for entry in result.partial)
        and all(_is_sound_finding(finding, path) for finding in result.diagnostics)
        and all(file == path for file, _ in result.gaps)
    )


def _is_sound_entry(entry: Entry, path: str) -> bool:
    record = entry.record
    return (
        entry.path == path
        and (entry.index is None or entry.index >= 0)
        and all(0 < number < 100 for number in record.parameters)
        and all(not action.steps or _is_shallow(action) for action in record.actions)
    )


def _is_shallow(step: Step, depth: int = 0) -> bool:
    return depth < MAX_DEPTH and all(_is_shallow(inner, depth + 1) for inner in step.steps)


def _is_sound_finding(finding: Diagnostic, path: str) -> bool:
    return all(
        place is not None and place.path == path and 0 <= (place.start or 0) <= (place.end or place.start or 0)
        for place in (finding.place, *finding.related)
    )


def read_pack(folder: Path, name: str) -> list[Known]:
    """All that the pack called `name` holds: nothing where there is none, or none that can be trusted."""
    data = _read(folder / name)
    if data[: len(MAGIC)] != MAGIC or data[len(MAGIC) : _START - 4] != format_version():
        return []
    payload = memoryview(data)[_START:]
    if zlib.crc32(payload) != int.from_bytes(data[_START - 4 : _START], "little"):
        return []
    try:
        return _PACK.decode(payload)
    except _DOUBTS:
        return []


def _read(file: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(file, flags), "rb", buffering=0) as opened:  # noqa: PTH123 - opened by descriptor
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return b""
            return opened.read(status.st_size) or b""
    except OSError:
        return b""


def write_pack(folder: Path, name: str, known: Iterable[Known]) -> None:
    """Replace the pack called `name`, whole or not at all. Where that is impossible, nothing happens."""
    own = format_version()
    if own is None:
        return
    payload = _ENCODER.encode(list(known))
    if len(payload) > _LARGEST - _START:
        return
    beside = folder / f".{name}.{secrets.token_hex(4)}.new"
    try:
        _make(folder)
        # Not a link that somebody has put there; and without waiting for the disk: a torn pack is found out.
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - opened by descriptor
            file.writelines((MAGIC, own, zlib.crc32(payload).to_bytes(4, "little"), payload))
        beside.replace(folder / name)
    except OSError:
        # A full disk, or a folder that may not be written to: that costs the next run time, and nothing else.
        _remove(beside)


def _make(folder: Path) -> None:
    """The folder for packs; version control passes it over."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")


def prune_packs(folder: Path, used: Collection[str]) -> None:
    """Remove packs other than `used`, and what killed runs have left of theirs. Other files stay."""
    try:
        with os.scandir(folder) as found:
            leftover = [file for file in found if _is_leftover(file, used)]
    except OSError:
        return
    for file in leftover:
        _remove(Path(file.path))


def _is_leftover(file: os.DirEntry[str], used: Collection[str]) -> bool:
    if _NAME.fullmatch(file.name):
        return file.name not in used
    if not _BESIDE.fullmatch(file.name):
        return False
    try:
        return file.stat(follow_symlinks=False).st_mtime < time.time() - _ABANDONED
    except OSError:
        return False


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return
