"""What Pagefind finds words by: their stems, their spellings and their parts.

Nobody but Pagefind knows, so it is asked: all different words are indexed as one text, and where a word's number stands
in that index, there is what it is found by. An index of many articles can then be put together from their words.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from kb_gen.site.fulltext.dcd import UnknownFormError, unpack
from kb_gen.site.fulltext.service import PagefindService

__all__ = ["Lexicon", "ask_for_lexicon", "joined", "words_of_index"]

_ENDS = ".,:;"
"""What behind a word of letters makes no other word of it. Behind digits it does: `0x400,` has the part `400`."""

_DIGIT = re.compile(r"\d")

Entry: TypeAlias = list[Any]
"""A word in an index: itself, its pages, and its spellings with their pages. A page is a list of its distance from the
one before, the word's places in the text, and those in metadata."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What Pagefind finds some words by.

    Attributes:
        numbers: a number of each word, as texts have it between white space.
        starts: by this number, where in the following two begins what the word is found by.
        headings: numbers of `names`.
        weights: of a word itself 24, of a part of it less.
        names: what stands in an index: the word and, where the index tells them apart, its spelling.
        version: Pagefind's, as its files tell it.
        characters: what else than letters and digits words may consist of.
        program: the files by which a browser reads an index.
    """

    numbers: Mapping[str, int]
    starts: NDArray[np.int64]
    headings: NDArray[np.int64]
    weights: NDArray[np.int64]
    names: list[tuple[str, str]]
    version: str
    characters: list[str]
    program: Mapping[str, bytes]


class _Entry(Struct):
    version: str
    include_characters: list[str]


def ask_for_lexicon(words: Iterable[str], language: str, program: Path) -> Lexicon:
    """Ask Pagefind what it finds words by.

    Args:
        words: without white space in them.
        language: as an ISO 639-1 code.
        program: Pagefind's.

    Raises:
        PagefindError: if the program can't be used or fails.
        UnknownFormError: if it takes words apart in another way, or its index isn't of the form that is known here.
    """
    bare = {word: _bare(word) if word[-1] in _ENDS else word for word in words}
    order = {word: number for number, word in enumerate(sorted(set(bare.values())))}
    record = {"url": "index.html", "content": " ".join(order), "meta": {"title": ""}}
    with PagefindService(program, language) as service:
        service.add([msgspec.json.encode(record)])
        files = {file.path: file.content for file in service.files()}
    meta = _only(unpack(content) for path, content in files.items() if path.endswith(".pf_meta"))
    entry = msgspec.json.decode(files["pagefind-entry.json"], type=_Entry)
    if len(meta) != 6 or meta[0] != entry.version or meta[1][0][1] != len(order):
        raise UnknownFormError
    names, places, weights, headings = _forms(files)
    sorting = np.argsort(places, kind="stable")
    return Lexicon(
        {word: order[own] for word, own in bare.items()},
        np.searchsorted(places[sorting], np.arange(len(order) + 1)),
        headings[sorting],
        weights[sorting],
        names,
        entry.version,
        entry.include_characters,
        {path: content for path, content in files.items() if path == "pagefind.js" or path.startswith("wasm.")},
    )


def joined(known: Lexicon, further: Lexicon) -> Lexicon:
    """What Pagefind finds the words of two lexicons by; its files are those of the second.

    Args:
        known: whose numbers stay.
        further: the lexicon of other words.
    """
    places = {name: number for number, name in enumerate(known.names)}
    # A heading that both have has to be one, or an index would have only what one of them leads to.
    moved = np.array([places.setdefault(name, len(places)) for name in further.names], np.int64)
    count = len(known.starts) - 1
    return Lexicon(
        {**{word: count + number for word, number in further.numbers.items()}, **known.numbers},
        np.concatenate((known.starts[:-1], known.starts[-1] + further.starts)),
        np.concatenate((known.headings, moved[further.headings])),
        np.concatenate((known.weights, further.weights)),
        list(places),
        further.version,
        further.characters,
        further.program,
    )


def _bare(word: str) -> str:
    """A word without what behind it makes no other word of it."""
    bare = word.rstrip(_ENDS)
    return bare if bare and not _DIGIT.search(bare) else word


def _forms(
    files: Mapping[str, bytes],
) -> tuple[list[tuple[str, str]], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """What stands in an index of one page; and of each place of each, that, its weight, and whose place it is."""
    names: list[tuple[str, str]] = []
    numbers = array("q")
    ends: list[int] = []
    for word, pages, spellings in words_of_index(files):
        for spelling, own in (("", pages), *spellings):
            for _, places, _ in own:
                numbers.extend(places)
            names.append((word, spelling))
            ends.append(len(numbers))
    return names, *_places(np.array(numbers, np.int64), np.array(ends, np.int64))


def _places(
    numbers: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The places that lists of numbers tell, the weight of each, and the number of its list.

    A negative number is a weight, and begins the places of words that have it; a place is the distance from the one
    before. Without a weight it would be 0.

    Args:
        numbers: those of all lists, one behind the other.
        ends: where each list ends.
    """
    counts = np.diff(ends, prepend=0)
    lists = np.repeat(np.arange(len(ends)), counts)
    is_weight = numbers < 0
    begins = is_weight.copy()
    begins[(ends - counts)[counts > 0]] = True
    distances = np.where(is_weight, 0, numbers)
    sums = np.cumsum(distances)
    runs = np.cumsum(begins) - 1
    firsts = np.flatnonzero(begins)
    places = sums - (sums - distances)[firsts][runs]
    weights = np.where(is_weight, -1 - numbers, 0)[firsts][runs]
    return places[~is_weight], weights[~is_weight], lists[~is_weight]


def words_of_index(files: Mapping[str, bytes]) -> Iterator[Entry]:
    """All words of an index, in no order.

    Raises:
        UnknownFormError: the index isn't of the form that is known here.
    """
    for path, content in files.items():
        if path.endswith(".pf_index"):
            yield from _only(unpack(content))


def _only(values: Iterable[Any]) -> Any:  # noqa: ANN401 - as `unpack`
    """The one value that there is."""
    found = list(values)
    if len(found) != 1:
        raise UnknownFormError
    return found[0]
