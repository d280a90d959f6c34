"""Whether a translation has a term, in whatever form its sentence needs.

German inflects at the end, changes vowels in between, builds compounds without end and tears verbs apart. Rules for all
of it would be a dictionary; instead a term is taken to be there if its stem is, so that the check is silent in doubt:
`Postfächern` and `Postfachname` have the term `Postfach`, `Standardempfangsconnectors` has `Empfangsconnector`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["TermFinder", "folded", "term_finder"]

_COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "is", "nb", "nl", "nn", "no", "sv"})
"""Languages that write compounds as one word."""

_UNSPACED = frozenset({"ja", "km", "lo", "my", "th", "yue", "zh"})
"""Languages that write no spaces between words."""

_SHORT = 3
"""Words of so many letters are too short to be looked for inside others."""

_SEPARABLE = (
    *("ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "fort", "frei", "her", "hin", "los", "mit", "nach"),
    *("um", "vor", "weg", "weiter", "wieder", "zu", "zurück", "zusammen"),
)
_ADJECTIVE = re.compile(r"(?:e[nmrs]?)\Z")
_FOREIGN = re.compile(r"(?:um|us|on|is|[ao])\Z")
_WORD = re.compile(r"\w+")
_VOWELS = re.compile(r"[aeiou]+")
_PART = r"\w{0,40}"
"""The rest of a compound. It has an end, so that no text takes longer to look through than it should."""

_CLAUSE = 200
"""Within so many characters the torn off part of a verb follows."""

_ELLIPSIS = re.compile(r"(\w{1,60})-(?=\s*(?:,|/|und\b|oder\b|sowie\b|bzw\b|bis\b))")
_NEAR = 60
"""Within so many characters the second half of a shortened compound follows."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Small letters without accents: `Postfächer` begins with `Postfach` that way."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("ß", "s"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


class TermFinder:
    """Finds one term in translations, as `folded` leaves them."""

    def __init__(self, term: str, language: str) -> None:
        """For a term in the language with the code `language`."""
        self._term = folded(term)
        self._language = language
        self._pattern = re.compile(_pattern(term, language))

    def spans(self, folded_text: str) -> list[tuple[int, int]]:
        """Where the term stands in a folded text, as far as it stands there in one piece."""
        return [match.span() for match in self._pattern.finditer(folded_text)]

    def is_in(self, folded_text: str) -> bool:
        """Whether the term is in a folded text."""
        if self._pattern.search(folded_text):
            return True
        return self._language == "de" and "-" in folded_text and self._shortened(folded_text)

    def _shortened(self, text: str) -> bool:
        """Whether the term is the first half of `Empfangs- und Sendeconnectors`."""
        for match in _ELLIPSIS.finditer(text):
            for length in range(len(match[1]), 3, -1):
                first = match[1][-length:]
                if self._term.startswith(first) and len(self._term) > length:
                    rest = self._term[length:].lstrip("-")
                    return rest[: max(4, len(rest) - 1)] in text[match.end() : match.end() + _NEAR]
        return False


@lru_cache(maxsize=65536)
def term_finder(term: str, language: str) -> TermFinder:
    """What finds `term` in translations into the language with this code."""
    return TermFinder(term, language)


def _pattern(term: str, language: str) -> str:
    words = _WORD.findall(term)
    if not words or language in _UNSPACED:
        return re.escape(folded(term))
    if len(words) == 1 and language == "de" and _is_verb(words[0]):
        return _verb(folded(words[0]))
    between = rf"(?:\W{{1,3}}{_PART}|s?)" if language in _COMPOUNDING else r"\W{1,3}"
    return rf"(?<!\w){_begin(words[0], language)}" + between.join(
        _word(word, language, len(words) > 1) for word in words
    )


def _begin(word: str, language: str) -> str:
    """What may stand before a term in a word: in a compounding language, other words, if the term isn't short."""
    return _PART if language in _COMPOUNDING and len(word) > _SHORT else ""


def _word(word: str, language: str, among_others: bool) -> str:
    small = folded(word)
    if len(small) <= _SHORT or small.isdigit():
        return rf"(?<![^\W_]){re.escape(small)}(?:e?[ns])?(?![^\W_])"
    return re.escape(_stem(word, small, language, among_others)) + _PART


def _stem(word: str, small: str, language: str, among_others: bool) -> str:
    """What all forms of a word begin with."""
    if language == "de":
        stem = small
        if word[0].islower() and among_others:
            stem = _ADJECTIVE.sub("", small)
        elif _is_verb(word):
            stem = _verb_stem(small)
        elif small.endswith("e") or _FOREIGN.search(small):
            stem = _FOREIGN.sub("", small).removesuffix("e")
    else:
        stem = small[:-1] if small[-1] in "aeiouy" else small
    return stem if len(stem) > _SHORT else small


def _is_verb(word: str) -> bool:
    return word[0].islower() and word.endswith("n") and len(word) > _SHORT + 1


def _verb_stem(small: str) -> str:
    return small[:-2] if small.endswith("en") else small[:-1]


def _verb(small: str) -> str:
    """A verb's forms: `ablehnen` is in `abgelehnt`, `abzulehnen` and `lehnt … ab`, `abbrechen` in `abgebrochen`."""
    stem = _verb_stem(small)
    for prefix in sorted(map(folded, _SEPARABLE), key=len, reverse=True):
        rest = stem[len(prefix) :]
        if small.startswith(prefix) and len(rest) > 2:
            rest = _with_any_vowel(rest)
            together = rf"(?<!\w){_PART}{prefix}(?:ge|zu)?{rest}{_PART}"
            return rf"{together}|(?<!\w)(?:ge)?{rest}{_PART}\b[^.!?]{{0,{_CLAUSE}}}?\b{prefix}(?!\w)"
    return rf"(?<!\w){_PART}{_with_any_vowel(stem)}{_PART}"


def _with_any_vowel(stem: str) -> str:
    """A pattern for a verb's stem whose vowel may change: `brech`, `brach`, `broch`. Short stems keep theirs."""
    if len(stem) <= _SHORT:
        return re.escape(stem)
    vowels = list(_VOWELS.finditer(stem))
    if not vowels:
        return re.escape(stem)
    start, end = vowels[-1].span()
    return rf"{re.escape(stem[:start])}[aeiou]{{1,2}}{re.escape(stem[end:])}"
