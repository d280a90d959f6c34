"""The words of texts, kept from one build to the next by a digest of the texts: one pack for each portion of them.

The rules are those of `kb_gen.load.cache`: whatever isn't certain is gathered again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import msgspec

from kb_gen.load import read_pack, remove_packs, write_pack
from kb_gen.site.prints import program_version
from kb_gen.site.terms import gather_vocabulary

__all__ = ["has_words", "prune_words", "words_of"]

_MAGIC = b"kb-gen words\r\n\r\n"
_NAMES = re.compile(r"[0-9a-f]{32}\.words")

_ENCODER = msgspec.msgpack.Encoder()
_WORDS = msgspec.msgpack.Decoder(frozenset[str])
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


def words_of(folder: Path, print_: bytes, texts: Callable[[], Iterable[str]]) -> frozenset[str]:
    """The words of some texts, see `gather_vocabulary`.

    Args:
        folder: where the packs lie.
        print_: a digest of the texts; empty if there is none.
        texts: gives the texts, if the words aren't known.
    """
    version = program_version() if print_ else None
    if version is None:
        return gather_vocabulary(texts())
    payload = read_pack(folder, _name(print_), _MAGIC, version)
    try:
        if payload is not None:
            return _WORDS.decode(payload)
    except _DOUBTS:
        pass
    words = gather_vocabulary(texts())
    write_pack(folder, _name(print_), _MAGIC, version, _ENCODER.encode(words))
    return words


def has_words(folder: Path, print_: bytes) -> bool:
    """Whether words were kept for some texts."""
    return (folder / _name(print_)).is_file()


def prune_words(folder: Path, used: Collection[bytes]) -> None:
    """Remove the packs of other texts than those whose digests are `used`."""
    remove_packs(folder, _NAMES, set(map(_name, used)))


def _name(print_: bytes) -> str:
    return f"{print_.hex()}.words"
