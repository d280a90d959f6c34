"""Words under which an article is to be found although its text doesn't have them as words of their own.

Readers type what they remember: a part of an identifier (`SendAsDenied`), a noun that German has grown into a longer
one (`Connector` in `Empfangsconnector`), a word as a keyboard without umlauts has it (`Ueberwachung`, `Uberwachung`).
Search engines for static sites index whole words and cut their endings; the rest is done here.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import TypeVar

from kb_gen.model import Record
from kb_gen.site.compounds import SHORTEST_COMPOUND, SHORTEST_PART, Compounds, joins_words

__all__ = ["gather_vocabulary", "identifier_terms", "search_terms", "spellings", "terms_beyond_beginnings"]

T = TypeVar("T")

_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDLIKE = re.compile(r"\w+")
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_NUMBER = re.compile(r"(?:0x[0-9a-f]{1,8}|[0-9]{1,10})\Z", re.IGNORECASE)

_ANY_EVENT = ("event", "id", "eventid", "source")
"""What log viewers write before an ID. Every article has them, so that none is found for them instead of the ID."""

_LETTERS = bytes(byte if byte >= 0x80 or chr(byte).isalpha() else 0x20 for byte in range(256))
"""Leaves the words of an ASCII text, for `bytes.translate`; of UTF-8 also what isn't ASCII and between words."""

_SMALL_LETTERS = _LETTERS.lower()
_FOREIGN = re.compile(r"[^\x00-\x7f]")

_BATCH = 1000
_SHORTEST_INFLECTED = 7
_MOST_PIECES = 16
_MOST_WORDS = 1 << 17
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_PLAINER = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def search_terms(record: Record, locale: str, text: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The terms of one article: identifiers and their parts, then parts and spellings of its words.

    Each is a single word in lower case.

    Args:
        record: the article's record.
        locale: the BCP 47 tag of its locale.
        text: its plain text.
        vocabulary: all words of the site, against which compounds are taken apart.
    """
    terms = _event_terms(record.source, record.id, record.symbolic_name)
    language = locale.partition("-")[0]
    if not joins_words(language) and not _has_foreign_letters(text):
        return terms
    # Also those that the text has as they are: an article is found by them before others, not behind them.
    own = chain.from_iterable(filter(None, map(_tables(vocabulary)[language].__getitem__, _words(text))))
    return tuple(dict.fromkeys(chain(terms, own)))


def terms_beyond_beginnings(record: Record, locale: str, text: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The terms of one article, as `search_terms` has them, for a search that finds words by their beginnings.

    What it finds by itself is left out: of the event's own terms, those that its names or other terms begin with; of
    those of the text, its words, and what the word that a term comes from begins with. That another word may begin with
    a term isn't looked for, which would take longer than all the rest.
    """
    terms = _event_terms_beyond(record.source, record.id, record.symbolic_name)
    language = locale.partition("-")[0]
    if not joins_words(language) and not _has_foreign_letters(text):
        return terms
    words = set(_words(text))
    own = set(chain.from_iterable(map(_tables(vocabulary).beyond(language).__getitem__, words))) - words
    return tuple(dict.fromkeys((*terms, *b" ".join(sorted(own)).decode().split())))


def _words(text: str) -> list[bytes]:
    """A text's words, in UTF-8, in lower case as far as they are ASCII."""
    return text.encode("utf-8", "replace").translate(_SMALL_LETTERS).split()


def gather_vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of `texts` and the parts of the identifiers in them, lower case, as far as they can be a compound's.

    A word stands beside its form without an ending: `Warteschlangen` vouches for `warteschlange`. Texts may be
    gathered in several goes: the union of what comes out is what all of them together would give.
    """
    remaining = iter(texts)
    pieces: set[bytes] = set()
    # Many at a time, which is fast, but never all, which would be many copies.
    while batch := list(islice(remaining, _BATCH)):
        pieces.update("\n".join(batch).encode("utf-8", "replace").translate(_LETTERS).split())
    words = {piece.decode() for piece in pieces if piece.isascii() and len(piece) >= SHORTEST_PART}
    words.update(chain.from_iterable([_WORD.findall(piece.decode()) for piece in pieces if not piece.isascii()]))
    # Identifiers are ASCII: taken apart at its accents, any other word would only leave fragments.
    identifiers = [word for word in words if word.isascii() and not word[1:].islower()]
    words.update(chain.from_iterable(map(_PIECE.findall, identifiers)))
    known = {word.lower() for word in words if len(word) >= SHORTEST_PART}
    return frozenset(known.union(map(_without_ending, known)))


def _without_ending(word: str) -> str:
    """What compounds are made from, where a text has the word only as `warteschlangen` or `dienstes`."""
    if len(word) < _SHORTEST_INFLECTED:
        return word
    if word.endswith("en"):
        return word[:-2] if len(word) > _SHORTEST_INFLECTED else word[:-1]
    return word[:-1] if word.endswith(("e", "s")) else word


def _has_foreign_letters(text: str) -> bool:
    return not text.isascii() and any(map(str.isalnum, set(_FOREIGN.findall(text))))


class _ByWord(dict[bytes, tuple[T, ...]]):
    """Something of words, found out once for each, unless there are too many of them.

    Keys are words in UTF-8, in lower case as far as they are ASCII.
    """

    def __missing__(self, word: bytes) -> tuple[T, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = self.of(word)
        return found

    def of(self, word: bytes) -> tuple[T, ...]:
        """It of a word, without keeping it."""
        raise NotImplementedError


class _WordTerms(_ByWord[str]):
    """What words add to the terms of the articles in whose texts they are."""

    def __init__(self, language: str, vocabulary: frozenset[str]) -> None:
        super().__init__()
        self._compounds = Compounds(language, vocabulary)
        self._language = language
        self._shortest = SHORTEST_COMPOUND if joins_words(language) else sys.maxsize

    def of(self, word: bytes) -> tuple[str, ...]:
        # Most words are short and plain, and have nothing to add.
        if not word.isascii():
            found = map(self._typed_terms, _WORD.findall(word.decode().lower()))
            return tuple(dict.fromkeys(chain.from_iterable(found)))
        return tuple(dict.fromkeys(self._terms(word.decode()))) if len(word) >= self._shortest else ()

    def _terms(self, word: str) -> tuple[str, ...]:
        parts = self._compounds.parts(word)
        # A compound stands for itself, too: it may be a part of a longer one elsewhere, which would be found before it.
        return (word, *parts) if parts else ()

    def _typed_terms(self, word: str) -> Iterator[str]:
        """A word's terms, each with the spellings that the search wouldn't take for it."""
        terms = self._terms(word)
        for term in terms or (word,):
            if terms:
                yield term
            # German's stemmer takes `ü` for `u` by itself.
            yield from islice(_spellings(term), 1 if self._language == "de" else None)


class _TermsBeyond(_ByWord[bytes]):
    """Of what words add, what they don't begin with, in UTF-8."""

    def __init__(self, terms: _WordTerms) -> None:
        super().__init__()
        self._terms = terms

    def of(self, word: bytes) -> tuple[bytes, ...]:
        terms = self._terms.of(word)
        own = word.decode().lower() if terms else ""
        return tuple([term.encode() for term in terms if not own.startswith(term)])


class _Tables(dict[str, _WordTerms]):
    """The table of each language of a site."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._beyond: dict[str, _TermsBeyond] = {}

    def __missing__(self, language: str) -> _WordTerms:
        table = self[language] = _WordTerms(language, self._vocabulary)
        return table

    def beyond(self, language: str) -> _TermsBeyond:
        """The same of what words don't begin with."""
        table = self._beyond.get(language)
        if table is None:
            table = self._beyond[language] = _TermsBeyond(self[language])
        return table


@lru_cache(maxsize=1)
def _tables(vocabulary: frozenset[str]) -> _Tables:
    """A process makes the pages of one site at a time."""
    return _Tables(vocabulary)


@lru_cache(maxsize=16384)
def _event_terms(source: str, id: str, symbolic_name: str) -> tuple[str, ...]:
    number = _NUMBER.match(id)
    value = int(id, 0 if id[:2].lower() == "0x" else 10) if number else None
    numbers = [] if value is None else [str(value), hex(value)]
    name = "".join(_WORDLIKE.findall(source)).lower()
    return tuple(
        dict.fromkeys(
            [
                id.lower(),
                *numbers,
                f"{name}{id.lower()}",
                *identifier_terms(symbolic_name),
                *identifier_terms(source),
                *_ANY_EVENT,
            ]
        )
    )


@lru_cache(maxsize=16384)
def _event_terms_beyond(source: str, id: str, symbolic_name: str) -> tuple[str, ...]:
    """Those of an event's terms, sorted, that no other one begins with, nor one of its names."""
    names = f"{source} {id} {symbolic_name}".lower().split()
    every = sorted({*names, *_event_terms(source, id, symbolic_name)})
    # What begins like a word comes right behind it.
    beyond = [word for word, after in pairwise([*every, ""]) if not after.startswith(word)]
    return tuple([word for word in beyond if word not in names])


@lru_cache(maxsize=16384)
def identifier_terms(identifier: str) -> tuple[str, ...]:
    """An identifier's parts and what neighbours make together, lower case: `tempauth` of `…TempAuthFailure`.

    Besides pairs and triples there is everything from each part to the end, because search looks for beginnings: so
    any run of parts is found.
    """
    whole = identifier.lower()
    pieces = [piece.lower() for piece in _PIECE.findall(identifier)][:_MOST_PIECES]
    runs = ["".join(pieces[i : i + n]) for n in (1, 2, 3) for i in range(len(pieces) - n + 1)]
    tails = ["".join(pieces[i:]) for i in range(len(pieces))]
    own = _WORDLIKE.findall(whole)
    return tuple(dict.fromkeys(term for term in (*own, *tails, *runs) if term))


def spellings(word: str) -> tuple[str, ...]:
    """How a lower-case word is typed without its accents: `ueberwachung` and `uberwachung`; nothing if it has none."""
    return tuple(dict.fromkeys(_spellings(word)))


def _spellings(word: str) -> Iterator[str]:
    if word.isascii():
        return
    transcribed = word.translate(_TRANSCRIBED)
    if transcribed.isascii():
        yield transcribed
    plainer = unicodedata.normalize("NFKD", word.translate(_PLAINER)).encode("ascii", "ignore").decode()
    # Scripts without Latin letters have nothing to fall back on.
    if len(plainer) >= len(word):
        yield plainer
