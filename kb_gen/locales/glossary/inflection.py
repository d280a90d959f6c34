"""Whether a translation has a term, in whatever form its sentence needs.

German inflects at the end, changes vowels in between, builds compounds without end and tears verbs apart. Rules for all
of it would be a dictionary; instead a term is taken to be there if its stem is, so that the check is silent in doubt:
`Postfächern` and `Postfachname` have the term `Postfach`, `Standardempfangsconnectors` has `Empfangsconnector`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["TermFinder", "term_finder"]

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
_ELLIPSIS = re.compile(r"(\w+)-(?=\s*(?:,|/|und\b|oder\b|sowie\b|bzw\b|bis\b))")
_NEAR = 60
"""Within so many characters the second half of a shortened compound follows."""


def _folded(text: str) -> str:
    """Small letters without accents: `Postfächer` begins with `Postfach` that way."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("ß", "s"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


class TermFinder:
    """Finds one term in translations."""

    def __init__(self, term: str, language: str) -> None:
        """For a term in the language with the code `language`."""
        self._term = _folded(term)
        self._language = language
        self._pattern = re.compile(_pattern(term, language))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the term stands in a text, as far as it stands there in one piece."""
        folded = _folded(text)
        # Places are those of the text if folding left its length as it was, as in nearly all languages.
        return [match.span() for match in self._pattern.finditer(folded)] if len(folded) == len(text) else []

    def is_in(self, text: str) -> bool:
        """Whether the term is in a text."""
        folded = _folded(text)
        return bool(self._pattern.search(folded)) or (self._language == "de" and self._shortened(folded))

    def _shortened(self, folded: str) -> bool:
        """Whether the term is the first half of `Empfangs- und Sendeconnectors`."""
        for match in _ELLIPSIS.finditer(folded):
            for length in range(len(match[1]), 3, -1):
                first = match[1][-length:]
                if self._term.startswith(first) and len(self._term) > length:
                    rest = self._term[length:].lstrip("-")
                    return rest[: max(4, len(rest) - 1)] in folded[match.end() : match.end() + _NEAR]
        return False


@lru_cache(maxsize=65536)
def term_finder(term: str, language: str) -> TermFinder:
    """What finds `term` in translations into the language with this code."""
    return TermFinder(term, language)


def _pattern(term: str, language: str) -> str:
    words = _WORD.findall(term)
    if not words or language in _UNSPACED:
        return re.escape(_folded(term))
    if len(words) == 1 and language == "de" and _is_verb(words[0]):
        return _verb(_folded(words[0]))
    return r"\W{0,3}".join(_word(word, language, len(words) > 1) for word in words)


def _word(word: str, language: str, among_others: bool) -> str:
    folded = _folded(word)
    if len(folded) <= _SHORT or folded.isdigit():
        return rf"(?<![^\W_]){re.escape(folded)}(?:e?[ns])?(?![^\W_])"
    stem = re.escape(_stem(word, folded, language, among_others))
    return rf"\w*{stem}\w*" if language in _COMPOUNDING else rf"(?<!\w){stem}\w*"


def _stem(word: str, folded: str, language: str, among_others: bool) -> str:
    """What all forms of a word begin with."""
    if language == "de":
        stem = folded
        if word[0].islower() and among_others:
            stem = _ADJECTIVE.sub("", folded)
        elif _is_verb(word):
            stem = _verb_stem(folded)
        elif folded.endswith("e") or _FOREIGN.search(folded):
            stem = _FOREIGN.sub("", folded).removesuffix("e")
    else:
        stem = folded[:-1] if folded[-1] in "aeiouy" else folded
    return stem if len(stem) > _SHORT else folded


def _is_verb(word: str) -> bool:
    return word[0].islower() and word.endswith("n") and len(word) > _SHORT + 1


def _verb_stem(folded: str) -> str:
    return folded[:-2] if folded.endswith("en") else folded[:-1]


def _verb(folded: str) -> str:
    """A verb's forms: `ablehnen` is in `abgelehnt`, `abzulehnen`, and `lehnt … ab`."""
    stem = re.escape(_verb_stem(folded))
    for prefix in sorted(map(_folded, _SEPARABLE), key=len, reverse=True):
        rest = _verb_stem(folded)[len(prefix) :]
        if folded.startswith(prefix) and len(rest) > 2:
            rest = re.escape(rest)
            return rf"\w*{stem}\w*|\w*{prefix}(?:ge|zu){rest}\w*|(?<!\w)(?:ge)?{rest}\w*\b[^.!?]*?\b{prefix}(?!\w)"
    return rf"\w*{stem}\w*"
