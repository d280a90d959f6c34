"""Small files that are kept from one run to the next: whole or not at all, and never believed without looking.

Such a file is called a pack. It begins with the word for its kind, the version of what wrote it (16 bytes) and the
CRC-32 of the rest (4 bytes, little-endian). It is worth nothing but the time that it saves: it may be missing, cut off,
damaged, of another version, or made up by somebody.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import time
import zlib
from collections.abc import Collection
from pathlib import Path

__all__ = ["LARGEST", "make_folder", "read_pack", "remove_packs", "write_pack"]

LARGEST = 64_000_000
"""Bytes of the largest pack that is read or written: many times a usual one."""

_VERSION = 16
_CHECKSUM = 4

_BESIDE = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}\.new")

_ABANDONED = 3600
"""Seconds after which a half-written pack is nobody's any more."""

_IGNORED = "# Made by kb-gen, and safe to delete.\n*\n"


def read_pack(folder: Path, name: str, kind: bytes, version: bytes) -> memoryview | None:
    """What the pack called `name` holds; None where there is none, or none of this kind and version that is whole.

    Args:
        folder: where packs lie.
        name: the pack's.
        kind: what it begins with.
        version: 16 bytes that differ wherever what is held could mean something else.
    """
    data = _read(folder / name)
    start = len(kind) + _VERSION + _CHECKSUM
    if data[: start - _CHECKSUM] != kind + version:
        return None
    payload = memoryview(data)[start:]
    if _checksum(name, payload) != int.from_bytes(data[start - _CHECKSUM : start], "little"):
        return None
    return payload


def _read(file: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(file, flags), "rb", buffering=0) as opened:  # noqa: PTH123 - opened by descriptor
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
                return b""
            return opened.read(status.st_size) or b""
    except OSError:
        return b""


def write_pack(folder: Path, name: str, kind: bytes, version: bytes, payload: bytes) -> None:
    """Replace the pack called `name`, whole or not at all. Where that is impossible, nothing happens."""
    if len(payload) > LARGEST - len(kind) - _VERSION - _CHECKSUM:
        return
    beside = folder / f".{name}.{secrets.token_hex(4)}.new"
    try:
        make_folder(folder)
        # Not a link that somebody has put there; and without waiting for the disk: a torn pack is found out.
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - opened by descriptor
            file.writelines((kind, version, _checksum(name, payload).to_bytes(_CHECKSUM, "little"), payload))
        beside.replace(folder / name)
    except OSError:
        # A full disk, or a folder that may not be written to: that costs the next run time, and nothing else.
        _remove(beside)


def _checksum(name: str, payload: bytes | memoryview) -> int:
    """Of what a pack holds, and of its name: a pack must not be taken for another one either."""
    return zlib.crc32(payload, zlib.crc32(name.encode()))


def make_folder(folder: Path) -> None:
    """Make a folder for what is kept between runs; version control passes it over.

    Raises:
        OSError: it can't be made.
    """
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")


def remove_packs(folder: Path, names: re.Pattern[str], used: Collection[str]) -> None:
    """Remove packs other than `used`, and what killed runs have left of theirs. Other files stay.

    Args:
        folder: where packs lie.
        names: what the names of packs match that may be removed.
        used: names of packs that stay.
    """
    try:
        with os.scandir(folder) as found:
            leftover = [file for file in found if _is_leftover(file, names, used)]
    except OSError:
        return
    for file in leftover:
        _remove(Path(file.path))


def _is_leftover(file: os.DirEntry[str], names: re.Pattern[str], used: Collection[str]) -> bool:
    if names.fullmatch(file.name):
        return file.name not in used
    beside = _BESIDE.fullmatch(file.name)
    if beside is None or not names.fullmatch(beside["name"]):
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
