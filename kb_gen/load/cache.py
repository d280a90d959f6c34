"""What files of records gave, kept from one run to the next: one pack for each shard.

Whatever isn't certain in a pack is read from the records again. It holds the msgpack of `Known`s in a list.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.load.composition import MAX_DEPTH
from kb_gen.load.distributions import installed_versions
from kb_gen.load.files import FileState
from kb_gen.load.identifiers import canonical_id
from kb_gen.load.packs import read_pack, remove_packs, write_pack
from kb_gen.load.reading import FileResult
from kb_gen.model import Entry, Step

__all__ = [
    "Known",
    "digest",
    "format_version",
    "prune_known",
    "read_known",
    "recall",
    "recall_all",
    "remember",
    "write_known",
]

MAGIC = b"kb-gen records\r\n"

_NAME = re.compile(r"[0-9a-f]{16}\.records")

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


class _KnownWhole(Struct, frozen=True, array_like=True):
    """The same, its result decoded."""

    state: FileState
    settled: bool
    digest: bytes
    result: FileResult


_PACK = msgspec.msgpack.Decoder(list[Known])
_PACK_WHOLE = msgspec.msgpack.Decoder(list[_KnownWhole])
_RESULT = msgspec.msgpack.Decoder(FileResult)
_ENCODER = msgspec.msgpack.Encoder()
# Whatever a decoder may say of bytes that it didn't encode.
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


def digest(data: bytes) -> bytes:
    """A short, collision-resistant stand-in for `data`."""
    return hashlib.blake2b(data, digest_size=16).digest()


@cache
def format_version(packages: tuple[str, ...] = _PACKAGES, further: tuple[str, ...] = ()) -> bytes | None:
    """16 bytes that differ wherever another program might make something else of the same file.

    They stand for the source code of reading and of the types that it yields, and for the libraries that it uses.
    None where that can't be told; then nothing is kept.

    Args:
        packages: our own code that decides on what is made, with all that is below it.
        further: the names of distributions that decide on it as well, besides those that reading uses.
    """
    summary = hashlib.blake2b(digest_size=16)
    own_libraries = (msgspec.__version__, yaml.__version__, yaml.__with_libyaml__)
    try:
        own = [held for name in packages for held in _sources(name)]
    except OSError:
        return None
    libraries = (*own_libraries, *map(installed_versions, ("rapidfuzz", *further)))
    if not all(libraries):
        return None
    for part in (repr((sys.version, unicodedata.unidata_version, libraries)).encode(), *own):
        # With its length, so that nothing can move from one part to the next.
        summary.update(b"%d:" % len(part))
        summary.update(part)
    return summary.digest() if own else None


@cache
def _sources(package: str) -> tuple[bytes, ...]:
    """The digests of a package's sources; of its compiled modules, where it was installed without sources."""
    folder = Path(__file__).parents[1] / package
    files = sorted(file for file in folder.rglob("*.*") if file.is_file() and file.parent.name != "__pycache__")
    return tuple([digest(file.read_bytes()) for file in files])


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


def recall_all(folder: Path, name: str, states: Sequence[FileState]) -> tuple[list[FileResult], list[bytes]] | None:
    """What files gave that are all as they were, with digests of what they hold; None where there is any doubt.

    Args:
        folder: where packs lie.
        name: the pack's.
        states: the files, in the order in which they were kept.
    """
    own = format_version()
    payload = None if own is None else read_pack(folder, name, MAGIC, own)
    if payload is None:
        return None
    try:
        known = _PACK_WHOLE.decode(payload)
    except _DOUBTS:
        return None
    if [each.state for each in known] != [*states] or not all(each.settled for each in known):
        return None
    if not all(_is_sound(each.result, each.state.path) for each in known):
        return None
    return [each.result for each in known], [each.digest for each in known]


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
    record, numbers = entry.record, entry.record.parameters
    return (
        entry.path == path
        and (entry.index is None or entry.index >= 0)
        and (not numbers or (min(numbers) > 0 and max(numbers) < 100))
        and _are_shallow(record.actions)
    )


def _are_shallow(steps: Sequence[Step], depth: int = 0) -> bool:
    """Whether steps are no deeper than YAML lets them be. There are so many of them that nothing is called for most."""
    if depth == MAX_DEPTH:
        return not steps
    for step in steps:  # noqa: SIM110 - twice as fast
        if step.steps and not _are_shallow(step.steps, depth + 1):
            return False
    return True


def _is_sound_finding(finding: Diagnostic, path: str) -> bool:
    return all(
        place is not None and place.path == path and 0 <= (place.start or 0) <= (place.end or place.start or 0)
        for place in (finding.place, *finding.related)
    )


def read_known(folder: Path, name: str) -> list[Known]:
    """All that the pack called `name` holds: nothing where there is none, or none that can be trusted."""
    own = format_version()
    payload = None if own is None else read_pack(folder, name, MAGIC, own)
    if payload is None:
        return []
    try:
        return _PACK.decode(payload)
    except _DOUBTS:
        return []


def write_known(folder: Path, name: str, known: Iterable[Known]) -> None:
    """Replace the pack called `name`, whole or not at all. Where that is impossible, nothing happens."""
    own = format_version()
    if own is not None:
        write_pack(folder, name, MAGIC, own, _ENCODER.encode(list(known)))


def prune_known(folder: Path, used: Collection[str]) -> None:
    """Remove packs other than `used`, and what killed runs have left of theirs. Other files stay."""
    remove_packs(folder, _NAME, used)
