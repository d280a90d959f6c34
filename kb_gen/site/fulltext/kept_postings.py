"""What an index says, kept from one build to the next, so that an edit changes what it says of its own words only.

The rules are those of `kb_gen.load.packs`: what is kept may be missing, damaged or made up, and costs time only.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from kb_gen.load import digest
from kb_gen.site.fulltext.index_files import Fragment
from kb_gen.site.fulltext.kept_packs import keep_payload, kept_payload
from kb_gen.site.fulltext.lexicon import Lexicon
from kb_gen.site.fulltext.postings import Postings

__all__ = ["KeptIndex", "keep_index", "recall_index"]

_KIND = b"kb-gen postings\r\n"
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class KeptIndex(Struct, frozen=True):
    """An index as a build has left it.

    Attributes:
        articles: a digest of each article, in order.
        fragments: what is known of the files that show them.
        postings: what it says of words.
        lexicon: how many words the lexicon had when all of it was made.
    """

    articles: list[bytes]
    fragments: list[Fragment]
    postings: Postings
    lexicon: int


class _Pack(Struct, frozen=True, array_like=True, gc=False):
    articles: list[bytes]
    fragments: list[Fragment]
    words: list[str]
    lengths: bytes
    encoded: bytes
    pages: bytes
    page_lengths: bytes
    starts: bytes
    names: int
    known_by: bytes
    lexicon: int


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Pack)


def recall_index(cache: Path, name: str, language: str, program: Path, lexicon: Lexicon) -> KeptIndex | None:
    """The index that was kept under a name; None where there is none that is sure to be right.

    Args:
        cache: the folder for packs.
        name: what it is of.
        language: as an ISO 639-1 code.
        program: Pagefind's.
        lexicon: has to be the one that the index was made with, but may have more words by now.

    Raises:
        PagefindError: if the program doesn't run.
    """
    payload = kept_payload(cache, _file(name), _KIND, language, program)
    if payload is None:
        return None
    try:
        pack = _DECODER.decode(payload)
        lengths, starts = (np.frombuffer(own, np.int64) for own in (pack.lengths, pack.starts))
        pages, page_lengths = (np.frombuffer(own, np.uint32) for own in (pack.pages, pack.page_lengths))
    except _DOUBTS:
        return None
    sound = (
        len(pack.articles) == len(pack.fragments)
        and len(starts) == pack.names + 1
        and starts[0] == 0
        and starts[-1] == len(pages) == len(page_lengths)
        and (np.diff(starts) >= 0).all()
        and len(pack.words) == len(lengths)
        and (lengths >= 0).all()
        and lengths.sum() == len(pack.encoded)
        and pack.names <= len(lexicon.names)
        and pack.known_by == _known_by(lexicon, pack.names)
    )
    if not sound:
        return None
    ends = np.cumsum(lengths).tolist()
    encoded = [pack.encoded[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    words = dict(zip(pack.words, encoded, strict=True))
    return KeptIndex(pack.articles, pack.fragments, Postings(words, pages, page_lengths, starts), pack.lexicon)


def keep_index(cache: Path, name: str, language: str, program: Path, lexicon: Lexicon, index: KeptIndex) -> None:
    """Keep an index for `recall_index`.

    Raises:
        PagefindError: if the program doesn't run.
    """
    words, pages, page_lengths, starts = index.postings
    lengths = np.fromiter(map(len, words.values()), np.int64, len(words))
    pack = _Pack(
        index.articles,
        index.fragments,
        list(words),
        lengths.tobytes(),
        b"".join(words.values()),
        pages.tobytes(),
        page_lengths.tobytes(),
        starts.tobytes(),
        len(lexicon.names),
        _known_by(lexicon, len(lexicon.names)),
        index.lexicon,
    )
    try:
        payload = _ENCODER.encode(pack)
    except _DOUBTS:
        return
    keep_payload(cache, _file(name), _KIND, language, program, payload)


def _known_by(lexicon: Lexicon, count: int) -> bytes:
    """Differs wherever the first headings of a lexicon have other numbers."""
    return digest(_ENCODER.encode(lexicon.names[:count]))


def _file(name: str) -> str:
    return f"postings-{name}"
