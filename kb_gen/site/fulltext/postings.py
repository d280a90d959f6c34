"""What an index says of words, put together from what its articles' words are found by, in Pagefind's own form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import cbor2
import numpy as np
from numpy.typing import NDArray

from kb_gen.site.fulltext.dcd import UnknownFormError, list_head
from kb_gen.site.fulltext.lexicon import Lexicon
from kb_gen.site.fulltext.texts import Texts

__all__ = ["Postings", "encoded_spelling", "encoded_word", "postings_of"]

_PLACE, _GROUP, _PAGE, _HEADING = 20, 9, 14, 20
"""Bits of an occurrence's number, from the lowest: places, groups, articles and headings that there may be."""

_PART = 1 << 15
"""Occurrences that are encoded at a time, about."""

_METADATA = 1 << 8
"""Above the largest weight."""

_NEGATIVE, _LIST = 1, 4
"""CBOR's major types besides 0, which numbers have."""

_FOLLOWING = np.array([0, 0, 24, 25, 0, 26], np.uint8)
"""By the bytes that an item takes: what its first byte says of the number in the others."""


class Postings(NamedTuple):
    """What an index says of words.

    Attributes:
        words: by word, in order: itself, its pages, and its spellings with theirs, encoded.
        pages: those of each heading, one heading after the other.
        lengths: of each of these pages, the bytes that it takes in `words`.
        starts: by the number of a heading, where its pages begin in both, and where those of the last one end.
    """

    words: dict[str, bytes]
    pages: NDArray[np.uint32]
    lengths: NDArray[np.uint32]
    starts: NDArray[np.int64]


def postings_of(texts: Texts, lexicon: Lexicon) -> Postings:
    """What an index of some articles says.

    Args:
        texts: the articles', with the lexicon's numbers of their words.
        lexicon: what their words are found by.

    Raises:
        UnknownFormError: there are more articles, or longer ones, than an index that is made here has room for.
    """
    parts = list(map(_encoded_pages, _parts(_occurrences(texts, lexicon)))) if len(texts.pages) else []
    counts = np.zeros(len(lexicon.names), np.int64)
    for part in parts:
        counts[part.headings] = part.counts
    none = [np.zeros(0, np.uint32)]
    return Postings(
        dict(_by_word(lexicon.names, parts)),
        np.concatenate([part.pages for part in parts] or none),
        np.concatenate([part.lengths for part in parts] or none),
        np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))),
    )


def encoded_word(word: str, pages: bytes, spellings: Sequence[bytes]) -> bytes:
    """What an index has of a word.

    Args:
        word: the word.
        pages: its own, as a list.
        spellings: each with its pages, as `encoded_spelling` gives it.
    """
    return b"".join((list_head(3), cbor2.dumps(word), pages, list_head(len(spellings)), *spellings))


def encoded_spelling(spelling: str, pages: bytes) -> bytes:
    """What an index has of a spelling of a word: itself and its pages, as a list."""
    return list_head(2) + cbor2.dumps(spelling) + pages


def _occurrences(texts: Texts, lexicon: Lexicon) -> NDArray[np.uint64]:
    """Each occurrence of each heading in articles as a number, sorted: heading, page, group and place.

    The group is the word's weight in texts, and the number of the field plus `_METADATA` in fields.

    Raises:
        UnknownFormError: there are more articles, or longer ones, than such a number has room for.
    """
    found, pages, fields, lengths = texts
    if max(pages) >> _PAGE or max(lengths) >> _PLACE or len(lexicon.names) >> _HEADING:
        raise UnknownFormError
    groups = np.where(fields == 0, 0, _METADATA + fields - 1)
    places = np.arange(len(found)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    base = np.repeat(pages << _GROUP | groups, lengths) << _PLACE | places
    starts = lexicon.starts[found]
    counts = lexicon.starts[found + 1] - starts
    forms = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    base = np.repeat(base, counts)
    weights = np.where(base >> _PLACE & (1 << _GROUP) - 1, 0, lexicon.weights[forms])
    codes: NDArray[np.uint64] = (lexicon.headings[forms] << _PAGE + _GROUP + _PLACE | base | weights << _PLACE).astype(
        np.uint64
    )
    codes.sort()
    return codes


class _Pages(NamedTuple):
    """The pages of some headings, encoded one behind the other.

    Attributes:
        data: an encoded list for each page of each heading: the distance from the page before, the places in its text,
            and those in fields. Where weight or field changes, a negative number tells it; a place is the distance from
            the one before.
        headings: which headings have pages.
        starts: where each of these begins in `data`, and where the last one ends.
        counts: how many pages each has.
        pages: the pages themselves.
        lengths: the bytes that each takes.
    """

    data: bytes
    headings: list[int]
    starts: list[int]
    counts: list[int]
    pages: NDArray[np.uint32]
    lengths: NDArray[np.uint32]


def _parts(codes: NDArray[np.uint64]) -> Iterator[NDArray[np.uint64]]:
    """Occurrences in parts of whole headings, small enough to stay in a processor's cache while they are worked on."""
    if not len(codes):
        return iter(())
    starts = np.flatnonzero(_changes(codes, _PAGE + _GROUP + _PLACE))
    cuts = np.unique(starts[np.searchsorted(starts, np.arange(0, starts[-1] + 1, _PART))])
    return (codes[start:end] for start, end in pairwise([*cuts.tolist(), len(codes)]))


def _encoded_pages(codes: NDArray[np.uint64]) -> _Pages:
    new_heading = _changes(codes, _PAGE + _GROUP + _PLACE)
    new_page = _changes(codes, _GROUP + _PLACE)
    new_group = _changes(codes, _PLACE)
    values = codes.astype(np.int64)
    places = values & (1 << _PLACE) - 1
    groups = values >> _PLACE & (1 << _GROUP) - 1
    in_fields = groups >= _METADATA
    distances = places - np.where(new_group, 0, np.concatenate(([0], places[:-1])))
    # Each occurrence is one item or, where a group begins, two; each page has four more: its own head, its distance,
    # and the heads of its two lists.
    items = 1 + new_group
    before = np.cumsum(items) - items
    page = np.cumsum(new_page) - 1
    firsts = np.flatnonzero(new_page)
    texts = np.add.reduceat(np.where(in_fields, 0, items), firsts)
    every = np.add.reduceat(items, firsts)
    heads = before[firsts] + 4 * np.arange(len(firsts))
    own = before + 4 * page + 3 + in_fields
    count = int(items.sum()) + 4 * len(firsts)
    kinds, numbers = np.zeros(count, np.uint8), np.zeros(count, np.uint32)
    pages = values[firsts] >> _GROUP + _PLACE & (1 << _PAGE) - 1
    begins = new_heading[firsts]
    kinds[heads], numbers[heads] = _LIST, 3
    numbers[heads + 1] = pages - np.where(begins, 0, np.concatenate(([0], pages[:-1])))
    kinds[heads + 2], numbers[heads + 2] = _LIST, texts
    kinds[heads + 3 + texts], numbers[heads + 3 + texts] = _LIST, every - texts
    marks = own[new_group]
    kinds[marks], numbers[marks] = _NEGATIVE, groups[new_group] & _METADATA - 1
    numbers[own + new_group] = distances
    data, offsets = _cbor(kinds, numbers)
    starts = heads[begins]
    counts = np.diff(np.append(np.flatnonzero(begins), len(firsts)))
    headings = values[firsts][begins] >> _PAGE + _GROUP + _PLACE
    lengths = np.diff(np.append(offsets[heads], len(data)))
    return _Pages(
        data,
        headings.tolist(),
        [*offsets[starts].tolist(), len(data)],
        counts.tolist(),
        pages.astype(np.uint32),
        lengths.astype(np.uint32),
    )


def _changes(codes: NDArray[np.uint64], bits: int) -> NDArray[np.bool_]:
    """Which of some numbers differ from the one before in what stands above so many bits."""
    above = codes >> np.uint64(bits)
    changes: NDArray[np.bool_] = np.ones(len(codes), np.bool_)
    np.not_equal(above[1:], above[:-1], out=changes[1:])
    return changes


def _cbor(kinds: NDArray[np.uint8], numbers: NDArray[np.uint32]) -> tuple[bytes, NDArray[np.int64]]:
    """Items of CBOR below 2³², each a kind and a number, one behind the other; and where each begins."""
    sizes = (1 + (numbers >= 24).view(np.uint8) + (numbers >= 1 << 8)).astype(np.uint8)
    sizes[numbers >= 1 << 16] = 5
    offsets = np.cumsum(sizes, dtype=np.int64) - sizes
    data = np.zeros(int(sizes.sum(dtype=np.int64)), np.uint8)
    data[offsets] = kinds << 5 | np.where(sizes == 1, numbers, _FOLLOWING[sizes]).astype(np.uint8)
    for size in (2, 3, 5):
        long = np.flatnonzero(sizes == size)
        where, own = offsets[long], numbers[long]
        for byte in range(1, size):
            data[where + byte] = own >> np.uint32(8 * (size - 1 - byte)) & np.uint32(0xFF)
    return data.tobytes(), offsets


def _by_word(names: Sequence[tuple[str, str]], parts: Iterable[_Pages]) -> Iterator[tuple[str, bytes]]:
    """The words, sorted, and what the index has of each."""
    rows = [
        (names[heading], list_head(count) + pages.data[start:end])
        for pages in parts
        for heading, count, (start, end) in zip(pages.headings, pages.counts, pairwise(pages.starts), strict=True)
    ]
    # Long runs of them are in order, as Pagefind's files have them.
    rows.sort(key=itemgetter(0))
    known: str | None = None
    plain, spellings = list_head(0), list[bytes]()
    for (word, spelling), own in rows:
        if word != known:
            if known is not None:
                yield known, encoded_word(known, plain, spellings)
            known, plain, spellings = word, list_head(0), []
        if spelling:
            spellings.append(encoded_spelling(spelling, own))
        else:
            plain = own
    if known is not None:
        yield known, encoded_word(known, plain, spellings)
