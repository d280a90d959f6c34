"""The files of records in portions, each of which any process may read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.load.cache import Known, digest, prune_known, read_known, recall, recall_all, remember, write_known
from kb_gen.load.collection import collection_paused
from kb_gen.load.files import FileState, read_bytes
from kb_gen.load.reading import FileResult, parse_file, unread
from kb_gen.load.states import ContentState, is_settled

__all__ = [
    "Shard",
    "ShardResult",
    "decode_shard",
    "encode_shard",
    "prune_cache",
    "read_shard",
    "recall_shard",
    "shards",
]

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


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What the files of a shard gave.

    Attributes:
        results: what each file gave, in the shard's order.
        parsed: how many of them had to be parsed.
        read: how many of them had to be read, those that were parsed included.
        digest: of all that was read; empty where there is no cache, and where something couldn't be read.
        encoded: the results as msgpack, as far as that is known already.
    """

    results: tuple[FileResult, ...]
    parsed: int = 0
    read: int = 0
    digest: bytes = b""
    encoded: tuple[msgspec.Raw | None, ...] = field(default=(), compare=False, repr=False)


class _Sent(Struct, frozen=True, array_like=True):
    """A `ShardResult` as it goes from one process to another."""

    results: tuple[FileResult, ...]
    parsed: int
    read: int
    digest: bytes


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Sent)


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
    keep: list[Known | None] = []
    parsed = read = 0
    for state in shard.files:
        before = known.get(state.path)
        if before is not None and _is_as_it_was(state, before):
            result = recall(before)
            if result is not None:
                results.append(result)
                keep.append(before)
                continue
        read += 1
        data = read_bytes(root, state.path)
        if isinstance(data, Diagnostic):
            results.append(unread(data, state.path))
            keep.append(None)
            continue
        held = digest(data) if cache else b""
        result = recall(before) if before is not None and before.digest == held else None
        raw = before.result if before is not None and result is not None else None
        if result is None:
            parsed += 1
            result = parse_file(data, state.path)
            raw = remember(result) if cache else None
        results.append(result)
        keep.append(Known(state, is_settled(state, shard.taken), held, raw) if raw is not None else None)
    certain = [each for each in keep if each is not None]
    if cache and (certain or kept) and certain != kept:
        write_known(cache, shard.name, certain)
    encoded = tuple([each.result if each is not None else None for each in keep])
    return ShardResult(tuple(results), parsed, read, _digest(keep), encoded)


def _is_as_it_was(state: FileState, before: Known) -> bool:
    return before.settled and before.state == state


def _digest(known: Sequence[Known | None]) -> bytes:
    """Of what the files of a shard hold; empty where that isn't known of each."""
    return _digest_of([(each.state.path, each.digest) if each is not None else ("", b"") for each in known])


def _digest_of(held: Sequence[tuple[str, bytes]]) -> bytes:
    """Of what files hold, by path and digest of each; empty where one of these is."""
    return digest(_ENCODER.encode(held)) if all(each for _, each in held) else b""


def recall_shard(shard: Shard, cache: Path) -> ShardResult | None:
    """The records of a shard if none of its files has to be opened to know them, else None.

    Args:
        shard: the files.
        cache: the folder that keeps what was read.
    """
    found = recall_all(cache, shard.name, shard.files)
    if found is None:
        return None
    results, digests = found
    paths = [state.path for state in shard.files]
    return ShardResult(tuple(results), digest=_digest_of(list(zip(paths, digests, strict=True))))


def prune_cache(cache: Path, used: tuple[Shard, ...]) -> None:
    """Remove what the cache keeps of other shards than `used`, which are all of the project's."""
    prune_known(cache, {shard.name for shard in used})


def encode_shard(result: ShardResult) -> bytes:
    """`result` as msgpack, for handing it to another process.

    Raises:
        UnicodeEncodeError: a text holds half of a surrogate pair, which only PyYAML's own parser lets through.
    """
    known = result.encoded or (None,) * len(result.results)
    # What was encoded for the cache isn't encoded once more.
    results = [each if raw is None else raw for each, raw in zip(result.results, known, strict=True)]
    return _ENCODER.encode((results, result.parsed, result.read, result.digest))


def decode_shard(data: bytes) -> ShardResult:
    """The inverse of `encode_shard`.

    Raises:
        msgspec.DecodeError: `data` isn't what `encode_shard` has made.
    """
    sent = _DECODER.decode(data)
    return ShardResult(sent.results, sent.parsed, sent.read, sent.digest)
