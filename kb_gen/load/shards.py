"""The files of records in portions, each of which any process may read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.load.cache import Known, digest, prune_known, read_known, recall, remember, write_known
from kb_gen.load.collection import collection_paused
from kb_gen.load.files import FileState, read_bytes
from kb_gen.load.reading import FileResult, parse_file, unread
from kb_gen.load.states import ContentState, is_settled

__all__ = ["Shard", "ShardResult", "decode_shard", "encode_shard", "prune_cache", "read_shard", "shards"]

_FEWEST = 64
_MOST = 250
_LARGEST = 4_000_000
"""Bytes of all files of a shard together, unless it is a single one."""


class Shard(Struct, frozen=True, array_like=True):
    """Some files of records that follow one another.

    Attributes:
        files: the files, at least one.
        taken: when they were found in these states, at the earliest, in nanoseconds since 1970.
    """

    files: tuple[FileState, ...]
    taken: int

    @property
    def name(self) -> str:
        """The name of its file in the cache: the same as long as it begins with the same file."""
        return f"{digest(self.files[0].path.encode()).hex()[:16]}.records"


class ShardResult(Struct, frozen=True, array_like=True):
    """What the files of a shard gave.

    Attributes:
        results: what each file gave, in the shard's order.
        parsed: how many of them had to be parsed.
        read: how many of them had to be read, those that were parsed included.
    """

    results: tuple[FileResult, ...]
    parsed: int
    read: int


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(ShardResult)


def shards(state: ContentState) -> tuple[Shard, ...]:
    """The files that hold records, in their order, in portions that take about as long as one another.

    Where a portion ends is decided by the paths near its end, so that a file that comes or goes moves no more than the
    borders next to it.
    """
    return tuple(Shard(files, state.taken) for files in _portions(state.files))


def _portions(files: tuple[FileState, ...]) -> Iterator[tuple[FileState, ...]]:
    start = size = 0
    for end, file in enumerate(files):
        count = end - start
        if count and (count >= _MOST or size + file.size > _LARGEST or (count >= _FEWEST and _is_border(file.path))):
            yield files[start:end]
            start, size = end, 0
        size += file.size
    if files:
        yield files[start:]


def _is_border(path: str) -> bool:
    return zlib.crc32(path.encode()) % _FEWEST == 0


def read_shard(root: Path, shard: Shard, cache: Path | None = None) -> ShardResult:
    """The records of a shard's files. Depends on nothing but them, so that any process may do it.

    A file whose state is the same as when it was read last isn't opened; one that holds the same isn't parsed.

    Args:
        root: the project's root.
        shard: the files.
        cache: the folder that keeps what was read, made where it is missing; without, everything is parsed.
    """
    with collection_paused():
        return _read_shard(root, shard, cache)


def _read_shard(root: Path, shard: Shard, cache: Path | None) -> ShardResult:
    kept = read_known(cache, shard.name) if cache else []
    known = {each.state.path: each for each in kept}
    results: list[FileResult] = []
    keep: list[Known] = []
    parsed = read = 0
    for state in shard.files:
        before = known.get(state.path)
        if before is not None and before.settled and before.state == state:
            result = recall(before)
            if result is not None:
                results.append(result)
                keep.append(before)
                continue
        read += 1
        data = read_bytes(root, state.path)
        if isinstance(data, Diagnostic):
            results.append(unread(data, state.path))
            continue
        held = digest(data) if cache else b""
        result = recall(before) if before is not None and before.digest == held else None
        raw = before.result if before is not None and result is not None else None
        if result is None:
            parsed += 1
            result = parse_file(data, state.path)
            raw = remember(result) if cache else None
        results.append(result)
        if raw is not None:
            keep.append(Known(state, is_settled(state, shard.taken), held, raw))
    if cache and (keep or kept) and keep != kept:
        write_known(cache, shard.name, keep)
    return ShardResult(tuple(results), parsed, read)


def prune_cache(cache: Path, used: tuple[Shard, ...]) -> None:
    """Remove what the cache keeps of other shards than `used`, which are all of the project's."""
    prune_known(cache, {shard.name for shard in used})


def encode_shard(result: ShardResult) -> bytes:
    """`result` as msgpack, for handing it to another process.

    Raises:
        UnicodeEncodeError: a text holds half of a surrogate pair, which only PyYAML's own parser lets through.
    """
    return _ENCODER.encode(result)


def decode_shard(data: bytes) -> ShardResult:
    """The inverse of `encode_shard`.

    Raises:
        msgspec.DecodeError: `data` isn't what `encode_shard` has made.
    """
    return _DECODER.decode(data)
