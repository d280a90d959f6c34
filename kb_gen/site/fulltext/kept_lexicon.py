"""What Pagefind finds words by, kept from one build to the next, so that an edit asks for its new words only.

The rules are those of `kb_gen.load.packs`: what is kept may be missing, damaged or made up, and costs time only.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from kb_gen.site.fulltext.kept_packs import keep_payload, kept_payload
from kb_gen.site.fulltext.lexicon import Lexicon

__all__ = ["keep_lexicon", "recall_lexicon"]

_KIND = b"kb-gen lexicon\r\n"
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class _Kept(Struct, frozen=True, array_like=True, gc=False):
    words: list[str]
    numbers: bytes
    starts: bytes
    headings: bytes
    weights: bytes
    names: list[tuple[str, str]]
    version: str
    characters: list[str]
    program: dict[str, bytes]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Kept)


def recall_lexicon(cache: Path, name: str, language: str, program: Path) -> Lexicon | None:
    """The lexicon that was kept under a name; None where there is none that is sure to be right.

    Args:
        cache: the folder for packs.
        name: what it is of.
        language: as an ISO 639-1 code.
        program: Pagefind's, which has to be the one that was asked.

    Raises:
        PagefindError: if the program doesn't run.
    """
    payload = kept_payload(cache, _file(name), _KIND, language, program)
    if payload is None:
        return None
    try:
        kept = _DECODER.decode(payload)
        numbers, starts, headings, weights = (
            np.frombuffer(own, np.int64) for own in (kept.numbers, kept.starts, kept.headings, kept.weights)
        )
        sound = (
            len(starts) > 0
            and len(numbers) == len(kept.words)
            and len(headings) == len(weights) == starts[-1]
            and (np.diff(starts) >= 0).all()
            and starts[0] == 0
            and _below(numbers, len(starts) - 1)
            and _below(headings, len(kept.names))
        )
    except _DOUBTS:
        return None
    if not sound:
        return None
    known = dict(zip(kept.words, numbers.tolist(), strict=True))
    return Lexicon(known, starts, headings, weights, kept.names, kept.version, kept.characters, kept.program)


def keep_lexicon(cache: Path, name: str, language: str, program: Path, lexicon: Lexicon) -> None:
    """Keep a lexicon for `recall_lexicon`.

    Raises:
        PagefindError: if the program doesn't run.
    """
    numbers = np.fromiter(lexicon.numbers.values(), np.int64, len(lexicon.numbers))
    arrays = (numbers, lexicon.starts, lexicon.headings, lexicon.weights)
    encoded = [own.astype(np.int64).tobytes() for own in arrays]
    facts = (lexicon.names, lexicon.version, lexicon.characters, dict(lexicon.program))
    try:
        payload = _ENCODER.encode((list(lexicon.numbers), *encoded, *facts))
    except _DOUBTS:
        return
    keep_payload(cache, _file(name), _KIND, language, program, payload)


def _below(numbers: np.ndarray[tuple[int, ...], np.dtype[np.int64]], end: int) -> bool:
    return bool(len(numbers) == 0 or (numbers.min() >= 0 and numbers.max() < end))


def _file(name: str) -> str:
    return f"lexicon-{name}"
