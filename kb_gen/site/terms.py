"""Words under which an article is to be found although its text doesn't have them as words of their own.

Readers type what they remember: a part of an identifier (`SendAsDenied`), a noun that German has grown into a longer
one (`Connector` in `Empfangsconnector`), a word as a keyboard without umlauts has it (`Ueberwachung`, `Uberwachung`).
Search engines for static sites index whole words and cut their endings; the rest is done here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from kb_gen.document import Article

__all__ = ["compound_parts", "gather_vocabulary", "identifier_terms", "search_terms", "spellings"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDLIKE = re.compile(r"\w+")
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_NUMBER = re.compile(r"(?:0x[0-9a-f]{1,8}|[0-9]{1,10})\Z", re.IGNORECASE)

_LINKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": ("", "s", "es", "n", "en", "e", "er"),
        "nl": ("", "s", "en", "n", "e"),
        "af": ("", "s", "e"),
        "sv": ("", "s", "e", "a", "o", "u"),
        "da": ("", "s", "e"),
        "nb": ("", "s", "e"),
        "nn": ("", "s", "e"),
        "is": ("", "s", "a", "ar", "u"),
        "fi": ("", "n"),
        "et": ("", "e"),
        "hu": ("",),
    }
)
"""What languages that write compounds as one word put between their parts."""

_ENDINGS = ("", "s", "n", "en", "e", "es", "er", "ern", "em")
"""What the last part may have behind the form that the vocabulary knows."""

_INFLECTED = re.compile(r"(?<=\w{5}e)[ns]\Z|(?<=\w{6})(?:en|e|s)\Z")
"""What a text's only form of a word may have behind the one that compounds are made from."""

_PREFIXES = frozenset(
    {
        *("über", "unter", "nach", "durch", "gegen", "wieder", "zurück", "hinter", "wider", "zusammen", "weiter"),
        *("außen", "innen", "voll", "onder", "over", "voor", "door", "tegen", "achter", "under", "efter", "etter"),
    }
)
"""Words that begin others without naming a thing: `nachrichten` is no compound of `nach` and `richten`."""

_ANY_EVENT = ("event", "id", "eventid", "source")
"""What log viewers write before an ID. Every article has them, so that none is found for them instead of the ID."""

_SHORTEST_PART = 4
_SHORTEST_TAIL = 6
_SHORTEST_COMPOUND = 2 * _SHORTEST_PART
_LONGEST_WORD = 60
_MOST_PIECES = 16
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_PLAINER = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def search_terms(article: Article, text: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The terms of one article: identifiers and their parts, then parts and spellings of its words.

    Each is a single word in lower case.

    Args:
        article: the article.
        text: its plain text.
        vocabulary: all words of the site, against which compounds are taken apart.
    """
    language = article.locale.partition("-")[0]
    terms = dict.fromkeys(_event_terms(article.source, article.id, article.symbolic_name))
    if language not in _LINKS and text.isascii():
        return tuple(terms)
    # Cut at blanks only, which is fast; what is left of punctuation is taken off once for each different piece.
    pieces = dict.fromkeys(text.lower().split())
    # Most words are short and plain, and have nothing to add.
    compounds = language in _LINKS
    rich = [piece for piece in pieces if (compounds and len(piece) >= _SHORTEST_COMPOUND) or not piece.isascii()]
    # Also those that the text has as they are: an article is found by them before others, not behind them.
    terms |= dict.fromkeys(chain.from_iterable([_piece_terms(piece, language, vocabulary) for piece in rich]))
    return tuple(terms)


def gather_vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of `texts` and the parts of the identifiers in them, lower case, as far as they can be a compound's.

    A word stands beside its form without an ending: `Warteschlangen` vouches for `warteschlange`.
    """
    # Cut at blanks first, which is fast: most of what comes out has been seen before.
    chunks: set[str] = set()
    for text in texts:
        chunks.update(text.split())
    words = {word for chunk in chunks for word in _WORD.findall(chunk)}
    # Identifiers are ASCII: taken apart at its accents, any other word would only leave fragments.
    identifiers = (word for word in words if word.isascii() and not word.islower())
    pieces = {piece for word in identifiers for piece in _PIECE.findall(word)}
    known = {word.lower() for word in words | pieces if len(word) >= _SHORTEST_PART}
    return frozenset(known | {_INFLECTED.sub("", word) for word in known})


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


@lru_cache(maxsize=65536)
def _piece_terms(piece: str, language: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    terms: dict[str, None] = {}
    for word in _WORD.findall(piece):
        parts = compound_parts(word, language, vocabulary)
        # A compound stands for itself, too: it may be a part of a longer one elsewhere, which would be found before it.
        for part in (word, *parts) if parts else ():
            terms |= dict.fromkeys((part, *_typed(part, language)))
        if not parts:
            terms |= dict.fromkeys(_typed(word, language))
    return tuple(terms)


def _typed(word: str, language: str) -> tuple[str, ...]:
    """The spellings of a word that the search wouldn't take for it: German's stemmer takes `ü` for `u` by itself."""
    found = spellings(word)
    return found[:1] if language == "de" else found


def spellings(word: str) -> tuple[str, ...]:
    """How a lower-case word is typed without its accents: `ueberwachung` and `uberwachung`; nothing if it has none."""
    if word.isascii():
        return ()
    transcribed = word.translate(_TRANSCRIBED)
    if not transcribed.isascii():
        transcribed = ""
    plainer = unicodedata.normalize("NFKD", word.translate(_PLAINER)).encode("ascii", "ignore").decode()
    # Scripts without Latin letters have nothing to fall back on.
    return tuple(dict.fromkeys(form for form in (transcribed, plainer) if len(form) >= len(word)))


def compound_parts(word: str, language: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The parts of a lower-case compound, as the vocabulary knows them; nothing if it is none.

    Where only its last part is known, the rest counts as one more part, without what links it.
    """
    links = _LINKS.get(language)
    if links is None or not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_WORD:
        return ()
    lasts = _known_lasts(word, vocabulary)
    if not lasts:
        return ()
    return _known_parts(word, lasts, links, vocabulary) or _known_tail(word, lasts, links)


def _known_lasts(word: str, vocabulary: frozenset[str]) -> dict[int, str]:
    """What may be the word's last part, by where it begins: with as little as possible taken off its end."""
    lasts: dict[int, str] = {}
    for end in reversed(_stem_ends(word, _ENDINGS)):
        for start in range(_SHORTEST_PART, end - _SHORTEST_PART + 1):
            if word[start:end] in vocabulary:
                lasts[start] = word[start:end]
    return lasts


def _known_parts(
    word: str, lasts: Mapping[int, str], links: tuple[str, ...], vocabulary: frozenset[str]
) -> tuple[str, ...]:
    """The fewest parts that are all known, found from the end."""
    if not any(word[:end] in vocabulary for end in range(_SHORTEST_PART, max(lasts) + 1)):
        return ()
    # How to read the word from each place on, and where a part before that may end, without what links it.
    readings: list[tuple[list[int], tuple[str, ...]]] = []
    # The places between are too near the beginning for a part before them.
    for start in (*range(max(lasts), _SHORTEST_PART - 1, -1), 0):
        found: tuple[str, ...] = (lasts[start],) if start in lasts else ()
        if not found:
            for stem_ends, rest in readings:
                if found and len(rest) + 1 >= len(found):
                    continue
                first = _known_first(word, start, stem_ends, vocabulary)
                if first:
                    found = (first, *rest)
        if start == 0:
            return found
        if found:
            readings.append((_stem_ends(word[:start], links), found))
    return ()


def _stem_ends(text: str, endings: tuple[str, ...]) -> list[int]:
    """Where the stem of `text` ends, for each of `endings` that it has."""
    return [len(text) - len(ending) for ending in endings if text.endswith(ending)]


def _known_first(word: str, start: int, ends: list[int], vocabulary: frozenset[str]) -> str | None:
    for end in ends:
        if end - start >= _SHORTEST_PART:
            stem = word[start:end]
            if stem in vocabulary and stem not in _PREFIXES:
                return stem
    return None


def _known_tail(word: str, lasts: Mapping[int, str], links: tuple[str, ...]) -> tuple[str, ...]:
    start = min((start for start, last in lasts.items() if len(last) >= _SHORTEST_TAIL), default=None)
    if start is None or word[:start] in _PREFIXES:
        return ()
    head = next((word[:start].removesuffix(link) for link in links if link and word[:start].endswith(link)), "")
    return (head if len(head) >= _SHORTEST_PART else word[:start], lasts[start])
