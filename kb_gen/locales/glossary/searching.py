"""The terms in a text, and whether its translation has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb_gen.locales.glossary.english import plurals, verb_forms
from kb_gen.locales.glossary.inflection import folded, term_finder
from kb_gen.locales.glossary.prose import prose
from kb_gen.locales.glossary.terms import Term
from kb_gen.markup import has_markup

__all__ = ["ForbiddenUse", "Glossary"]

_WORD = re.compile(r"[^\W_]+")
_words_in = _WORD.findall
_GAP = re.compile(r"[\s\u2010\u2011-]+\Z")


@dataclass(frozen=True, slots=True)
class ForbiddenUse:
    """A translation of a term that is not to be used: the term, and the words as they stand in the text."""

    term: Term
    words: str


class _Word(NamedTuple):
    """A word of a text, and what stands between it and the one before."""

    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A term as it is looked for.

    Attributes:
        words: its words; capitals among them have to be capitals in the text.
        forms: the forms that a text may have of each, in small letters.
        after: what has to stand behind the last one.
        terms: what is written that way.
    """

    words: tuple[_Word, ...]
    forms: tuple[frozenset[str], ...]
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
        for same in by_source.values():
            wanted = _wanted(same)
            for form in wanted.forms[0] if wanted.forms else ():
                self._by_first[form].append(wanted)

    def __len__(self) -> int:
        return len(self.terms)

    def terms_in(self, source: str) -> tuple[Term, ...]:
        """The terms in a source text, in their order, each once; inside a longer term, a shorter one doesn't count.

        Small letters of a term stand for capitals, too; capitals stand for themselves: `Send As` isn't in `send as`.
        """
        return tuple(term for same in self._found(source) for term in same)

    def missing(self, source: str, translation: str) -> tuple[Term, ...]:
        """The terms in a source text for which its translation has none of their translations."""
        found = [same for same in self._found(source) if any(term.targets for term in same)]
        text = folded(prose(translation)) if found else ""
        return tuple(same[0] for same in found if not any(self._has(text, term) for term in same))

    def forbidden_in(self, source: str, translation: str) -> tuple[ForbiddenUse, ...]:
        """The forbidden translations of terms in a source text that its translation has."""
        return tuple(self._forbidden(source, translation))

    def _has(self, folded_text: str, term: Term) -> bool:
        return any(term_finder(target, self.language).is_in(folded_text) for target in term.targets)

    def _forbidden(self, source: str, translation: str) -> Iterator[ForbiddenUse]:
        found = [same for same in self._found(source) if any(term.forbidden for term in same)]
        text = prose(translation) if found else ""
        for same in found:
            rest = folded(text)
            for target in (target for term in same for target in term.targets):
                for start, end in term_finder(target, self.language).spans(rest):
                    rest = rest[:start] + " " * (end - start) + rest[end:]
            for term in same:
                for forbidden in term.forbidden:
                    for start, end in term_finder(forbidden, self.language).spans(rest)[:1]:
                        # Folding leaves the length of a text as it is, in nearly all languages.
                        words = text[start:end] if len(rest) == len(text) else forbidden
                        yield ForbiddenUse(term, words)

    def _found(self, source: str) -> list[list[Term]]:
        """The terms in a source text; those that are written alike together."""
        text = prose(source) if has_markup(source) else source
        # Most texts have no term at all, and few of their words begin one.
        if self._by_first.keys().isdisjoint(_words_in(text.lower())):
            return []
        words, end = _words(text)
        found: dict[str, list[Term]] = {}
        place = 0
        while place < len(words):
            wanted = self._at(words, place, end)
            if wanted is not None:
                found.setdefault(wanted.terms[0].source, wanted.terms)
            place += len(wanted.words) if wanted else 1
        return list(found.values())

    def _at(self, words: Sequence[_Word], place: int, end: str) -> _Wanted | None:
        """The longest term whose first word stands at a place."""
        candidates = self._by_first.get(words[place].text.lower())
        if not candidates:
            return None
        fitting = [wanted for wanted in candidates if _fits(wanted, words, place, end)]
        return max(fitting, key=lambda wanted: (len(wanted.words), _capitals(wanted)), default=None)


def _capitals(wanted: _Wanted) -> int:
    """How many letters of a term have to be capitals: `Knowledge Base` is nearer to itself than `knowledge base`."""
    return sum(letter.isupper() for word in wanted.words for letter in word.text)


def _wanted(same: list[Term]) -> _Wanted:
    """What is looked for, for terms that are written alike. Of a noun, the last word has a plural."""
    words, after = _words(same[0].source)
    kinds = {term.part_of_speech.lower() for term in same}
    forms = []
    for number, word in enumerate(words):
        small = word.text.lower()
        all_forms = {small}
        if number == len(words) - 1 and kinds != {"proper noun"}:
            all_forms.update(plurals(small))
        if "verb" in kinds:
            all_forms.update(verb_forms(small))
        forms.append(frozenset(all_forms))
    return _Wanted(words, tuple(forms), after, same)


def _words(text: str) -> tuple[tuple[_Word, ...], str]:
    """The words of a text, and what stands behind the last."""
    words, position = [], 0
    for match in _WORD.finditer(text):
        words.append(_Word(match[0], text[position : match.start()]))
        position = match.end()
    return tuple(words), text[position:]


def _fits(wanted: _Wanted, words: Sequence[_Word], place: int, end: str) -> bool:
    """Whether a term stands at a place."""
    here = words[place : place + len(wanted.words)]
    if len(here) < len(wanted.words) or not here[0].gap.endswith(wanted.words[0].gap):
        return False
    after = words[place + len(here)].gap if place + len(here) < len(words) else end
    return after.startswith(wanted.after) and all(
        word.text.lower() in forms
        and _same_case(word.text, term_word.text)
        and (not number or _same_gap(word.gap, term_word.gap))
        for number, (word, term_word, forms) in enumerate(zip(here, wanted.words, wanted.forms, strict=True))
    )


def _same_gap(gap: str, term_gap: str) -> bool:
    return gap == term_gap or bool(_GAP.match(gap) and _GAP.match(term_gap))


def _same_case(word: str, term_word: str) -> bool:
    return all(letter.isupper() for letter, wanted in zip(word, term_word, strict=False) if wanted.isupper())
