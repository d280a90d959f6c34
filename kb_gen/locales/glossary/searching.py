"""The terms in a text, and whether its translation has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb_gen.locales.glossary.english import base_forms, verb_forms
from kb_gen.locales.glossary.inflection import term_finder
from kb_gen.locales.glossary.prose import prose
from kb_gen.locales.glossary.terms import Term

__all__ = ["ForbiddenUse", "Glossary"]

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s\u2010\u2011-]+\Z")


@dataclass(frozen=True, slots=True)
class ForbiddenUse:
    """A translation of a term that is not to be used: the term, and the words as they stand in the text."""

    term: Term
    words: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text, and what stands between it and the one before."""

    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A term as it is looked for: its words, and what has to stand behind the last one."""

    words: tuple[_Word, ...]
    after: str
    terms: list[Term]


class Glossary:
    """The terms of a project in one language."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        """A glossary of `terms` for translations into the language with the code `language`."""
        self.terms = tuple(terms)
        self.language = language
        by_source: dict[str, list[Term]] = {}
        for term in self.terms:
            by_source.setdefault(term.source, []).append(term)
        self._by_first: defaultdict[str, list[_Wanted]] = defaultdict(list)
        for source, same in by_source.items():
            words, after = _words(source)
            if words:
                self._by_first[words[0].text.lower()].append(_Wanted(words, after, same))
        for wanted in self._by_first.values():
            wanted.sort(key=lambda one: -len(one.words))

    def __len__(self) -> int:
        return len(self.terms)

    def terms_in(self, source: str) -> tuple[Term, ...]:
        """The terms in a source text, in their order, each once; inside a longer term, a shorter one doesn't count.

        Small letters of a term stand for capitals, too; capitals stand for themselves: `Send As` isn't in `send as`.
        """
        return tuple(term for same in self._found(source) for term in same)

    def missing(self, source: str, translation: str) -> tuple[Term, ...]:
        """The terms in a source text for which its translation has none of their translations."""
        text = prose(translation)
        return tuple(
            same[0]
            for same in self._found(source)
            if any(term.targets for term in same) and not any(self._has(text, term) for term in same)
        )

    def forbidden_in(self, source: str, translation: str) -> tuple[ForbiddenUse, ...]:
        """The forbidden translations of terms in a source text that its translation has."""
        return tuple(self._forbidden(source, translation))

    def _has(self, text: str, term: Term) -> bool:
        return any(term_finder(target, self.language).is_in(text) for target in term.targets)

    def _forbidden(self, source: str, translation: str) -> Iterator[ForbiddenUse]:
        text = prose(translation)
        for same in self._found(source):
            for term in same:
                rest = text
                for target in (target for one in same for target in one.targets):
                    for start, end in term_finder(target, self.language).spans(rest):
                        rest = rest[:start] + " " * (end - start) + rest[end:]
                for forbidden in term.forbidden:
                    for start, end in term_finder(forbidden, self.language).spans(rest)[:1]:
                        yield ForbiddenUse(term, text[start:end])

    def _found(self, source: str) -> list[list[Term]]:
        """The terms in a source text; those that are written alike together."""
        if not self._by_first:
            return []
        words, end = _words(prose(source))
        found: dict[str, list[Term]] = {}
        place = 0
        while place < len(words):
            wanted = self._at(words, place, end)
            if wanted is not None:
                found.setdefault(wanted.terms[0].source, wanted.terms)
            place += len(wanted.words) if wanted else 1
        return list(found.values())

    def _at(self, words: tuple[_Word, ...], place: int, end: str) -> _Wanted | None:
        """The longest term whose first word stands at a place."""
        first = dict.fromkeys(verb_forms(words[place].text.lower()))
        candidates = [wanted for form in first for wanted in self._by_first.get(form, ())]
        fitting = [wanted for wanted in candidates if _fits(wanted, words, place, end)]
        return max(fitting, key=lambda wanted: (len(wanted.words), _capitals(wanted)), default=None)


def _capitals(wanted: _Wanted) -> int:
    """How many letters of a term have to be capitals: `Knowledge Base` is nearer to itself than `knowledge base`."""
    return sum(letter.isupper() for word in wanted.words for letter in word.text)


def _words(text: str) -> tuple[tuple[_Word, ...], str]:
    """The words of a text, and what stands behind the last."""
    words, position = [], 0
    for match in _WORD.finditer(text):
        words.append(_Word(match[0], text[position : match.start()]))
        position = match.end()
    return tuple(words), text[position:]


def _fits(wanted: _Wanted, words: tuple[_Word, ...], place: int, end: str) -> bool:
    """Whether a term stands at a place. Its last word may have an ending."""
    here = words[place : place + len(wanted.words)]
    if len(here) < len(wanted.words) or not here[0].gap.endswith(wanted.words[0].gap):
        return False
    after = words[place + len(here)].gap if place + len(here) < len(words) else end
    if not after.startswith(wanted.after):
        return False
    last = len(here) - 1
    for number, (word, term_word) in enumerate(zip(here, wanted.words, strict=True)):
        if number and not _same_gap(word.gap, term_word.gap):
            return False
        if not _same_case(word.text, term_word.text):
            return False
        if not _is_form(word.text.lower(), term_word.text.lower(), wanted.terms, number == last):
            return False
    return True


def _is_form(word: str, term_word: str, terms: list[Term], last: bool) -> bool:
    if word == term_word:
        return True
    verb = any(term.part_of_speech.lower() == "verb" for term in terms)
    noun = last and not all(term.part_of_speech.lower() == "proper noun" for term in terms)
    return (noun and term_word in base_forms(word)) or (verb and term_word in verb_forms(word))


def _same_gap(gap: str, term_gap: str) -> bool:
    return gap == term_gap or bool(_GAP.match(gap) and _GAP.match(term_gap))


def _same_case(word: str, term_word: str) -> bool:
    return all(letter.isupper() for letter, wanted in zip(word, term_word, strict=False) if wanted.isupper())
