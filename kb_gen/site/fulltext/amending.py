"""What an index says after an edit, without making anew what it says of the words of all other articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import cbor2
import numpy as np
from numpy.typing import NDArray

from kb_gen.site.fulltext.dcd import list_head
from kb_gen.site.fulltext.lexicon import Lexicon
from kb_gen.site.fulltext.postings import Postings, encoded_spelling, encoded_word, postings_of
from kb_gen.site.fulltext.texts import Texts

__all__ = ["amended"]

_HEAD = list_head(3)
"""What a page of a word begins with; its distance from the page before follows."""


class _Listed(NamedTuple):
    """The pages of a heading.

    Attributes:
        pages: their numbers.
        lengths: the bytes that each takes.
        data: all of them, encoded.
    """

    pages: NDArray[np.uint32]
    lengths: NDArray[np.uint32]
    data: bytes


_NONE = _Listed(np.zeros(0, np.uint32), np.zeros(0, np.uint32), b"")


def amended(known: Postings, changed: Texts, lexicon: Lexicon) -> Postings:
    """What an index says, some of whose articles have changed: the same as if it were made from all of them.

    Args:
        known: what it said before.
        changed: the texts of these articles, with the lexicon's numbers of their words.
        lexicon: the one that `known` is from, which may have further words since.

    Raises:
        UnknownFormError: as for `postings_of`.
    """
    own = postings_of(changed, lexicon)
    pages: list[int] = np.unique(changed.pages).tolist()
    ends = np.full(len(lexicon.names) + 1 - len(known.starts), known.starts[-1])
    known = known._replace(starts=np.concatenate((known.starts, ends)))
    before = {lexicon.names[heading][0] for heading in _headings_on(known, pages)}
    spellings: dict[str, dict[str, int]] = {word: {} for word in before | own.words.keys()}
    for heading, (word, spelling) in enumerate(lexicon.names):
        if word in spellings:
            spellings[word][spelling] = heading
    words = dict(known.words)
    listed: dict[int, _Listed] = {}
    for word, headings in spellings.items():
        entries, further = _listed(known, word, headings), _listed(own, word, headings)
        for heading in headings.values():
            listed[heading] = _replaced(entries.get(heading, _NONE), further.get(heading, _NONE), pages)
        encoded = _encoded(word, headings, listed)
        if encoded is None:
            words.pop(word, None)
        else:
            words[word] = encoded
    return _with_pages(known, dict(sorted(words.items())), listed)


def _headings_on(known: Postings, pages: Sequence[int]) -> Iterable[int]:
    """The headings that have some pages."""
    places = np.flatnonzero(np.isin(known.pages, np.array(pages, np.uint32)))
    found: list[int] = np.unique(np.searchsorted(known.starts, places, "right") - 1).tolist()
    return found


def _listed(known: Postings, word: str, headings: Mapping[str, int]) -> dict[int, _Listed]:
    """The pages of a word and of its spellings, by heading."""
    data = known.words.get(word)
    if data is None:
        return {}
    found: dict[int, _Listed] = {}
    spelt = sorted((name, heading) for name, heading in headings.items() if name and _count(known, heading))
    place = len(list_head(3)) + len(cbor2.dumps(word))
    if "" in headings:
        found[headings[""]], place = _list_at(known, headings[""], data, place)
    else:
        place += len(list_head(0))
    place += len(list_head(len(spelt)))
    for spelling, heading in spelt:
        place += len(list_head(2)) + len(cbor2.dumps(spelling))
        found[heading], place = _list_at(known, heading, data, place)
    return found


def _list_at(known: Postings, heading: int, data: bytes, place: int) -> tuple[_Listed, int]:
    """The list of a heading's pages that stands somewhere in a word's data, and where it ends."""
    start, end = known.starts[heading], known.starts[heading + 1]
    lengths = known.lengths[start:end]
    begin = place + len(list_head(int(end - start)))
    place = begin + int(lengths.sum())
    return _Listed(known.pages[start:end], lengths, data[begin:place]), place


def _count(known: Postings, heading: int) -> int:
    return int(known.starts[heading + 1] - known.starts[heading])


def _replaced(known: _Listed, own: _Listed, pages: Sequence[int]) -> _Listed:
    """The pages of a heading, some of which are as they have become, or gone."""
    tails = dict(_tails(own))
    for page in pages:
        known = _spliced(known, page, tails.get(page))
    return known


def _tails(listed: _Listed) -> Iterator[tuple[int, bytes]]:
    """Pages, and what stands of each behind its distance."""
    before = place = 0
    for page, length in zip(listed.pages.tolist(), listed.lengths.tolist(), strict=True):
        yield page, listed.data[place + len(_HEAD) + len(_number(page - before)) : place + length]
        before = page
        place += length


def _spliced(known: _Listed, page: int, tail: bytes | None) -> _Listed:
    """Pages with another entry for one of them, or with none."""
    place = int(np.searchsorted(known.pages, page))
    next_place = place + (place < len(known.pages) and known.pages[place] == page)
    if place == next_place and tail is None:
        return known
    start = int(known.lengths[:place].sum())
    end = start + int(known.lengths[place:next_place].sum())
    before = int(known.pages[place - 1]) if place else 0
    pages: list[int] = []
    entries: list[bytes] = []
    if tail is not None:
        pages.append(page)
        entries.append(_HEAD + _number(page - before) + tail)
    if next_place < len(known.pages) and (place == next_place) != (tail is None):
        # The next one had its distance from another page.
        following = int(known.pages[next_place])
        old = following - (before if place == next_place else page)
        length = int(known.lengths[next_place])
        rest = known.data[end + len(_HEAD) + len(_number(old)) : end + length]
        pages.append(following)
        entries.append(_HEAD + _number(following - (before if tail is None else page)) + rest)
        next_place += 1
        end += length
    lengths = [len(entry) for entry in entries]
    return _Listed(
        np.concatenate((known.pages[:place], np.array(pages, np.uint32), known.pages[next_place:])),
        np.concatenate((known.lengths[:place], np.array(lengths, np.uint32), known.lengths[next_place:])),
        b"".join((known.data[:start], *entries, known.data[end:])),
    )


@lru_cache(maxsize=1 << 14)
def _number(value: int) -> bytes:
    return cbor2.dumps(value)


def _encoded(word: str, headings: Mapping[str, int], listed: Mapping[int, _Listed]) -> bytes | None:
    """What the index has of a word; None where that is nothing."""
    lists = {spelling: listed[heading] for spelling, heading in headings.items() if len(listed[heading].pages)}
    if not lists:
        return None
    encoded = {spelling: list_head(len(own.pages)) + own.data for spelling, own in sorted(lists.items())}
    plain = encoded.pop("", list_head(0))
    return encoded_word(word, plain, [encoded_spelling(*own) for own in encoded.items()])


def _with_pages(known: Postings, words: dict[str, bytes], listed: Mapping[int, _Listed]) -> Postings:
    """Postings whose headings have other pages."""
    counts = np.diff(known.starts)
    pages: list[NDArray[np.uint32]] = []
    lengths: list[NDArray[np.uint32]] = []
    place = 0
    for heading, own in sorted(listed.items()):
        start = int(known.starts[heading])
        pages += [known.pages[place:start], own.pages]
        lengths += [known.lengths[place:start], own.lengths]
        place = int(known.starts[heading + 1])
        counts[heading] = len(own.pages)
    return Postings(
        words,
        np.concatenate((*pages, known.pages[place:])),
        np.concatenate((*lengths, known.lengths[place:])),
        np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))),
    )
