"""The words: nouns, adjectives and verbs in English and German, a few of them frequent and thousands rare.

Compounds make the vocabulary as large as that of a real catalogue: two words in English, one long one in German.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

__all__ = ["Adjective", "EnglishNoun", "GermanNoun", "Lexicon", "Noun", "Ranked", "Verb", "read_lexicon"]

T = TypeVar("T")

_COMPOUNDS = 4000
_ARTICLES = {
    "nom": {"m": "der", "f": "die", "n": "das"},
    "akk": {"m": "den", "f": "die", "n": "das"},
    "dat": {"m": "dem", "f": "der", "n": "dem"},
    "einnom": {"m": "ein", "f": "eine", "n": "ein"},
    "einakk": {"m": "einen", "f": "eine", "n": "ein"},
    "eindat": {"m": "einem", "f": "einer", "n": "einem"},
}
_ENDINGS = {
    "nom": {"m": "e", "f": "e", "n": "e"},
    "akk": {"m": "en", "f": "e", "n": "e"},
    "dat": {"m": "en", "f": "en", "n": "en"},
    "einnom": {"m": "er", "f": "e", "n": "es"},
    "einakk": {"m": "en", "f": "e", "n": "es"},
    "eindat": {"m": "en", "f": "en", "n": "en"},
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun: in English, and in German with its gender, the form that begins a compound, and the plural."""

    english: str
    german: str
    gender: str
    joined: str
    german_plural: str

    @property
    def english_plural(self) -> str:
        """The noun with its plural's ending."""
        if self.english.endswith(("s", "x", "ch", "sh")):
            return f"{self.english}es"
        if self.english.endswith("y") and self.english[-2] not in "aeiou":
            return f"{self.english[:-1]}ies"
        return f"{self.english}s"

    def after(self, first: Noun) -> Noun:
        """The compound of `first` and this noun."""
        return Noun(
            f"{first.english} {self.english}",
            f"{first.joined}{self.german.lower()}",
            self.gender,
            f"{first.joined}{self.joined.lower()}",
            f"{first.joined}{self.german_plural.lower()}",
        )


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective; the German one without its ending."""

    english: str
    german: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that takes an object, and its past participle."""

    english: str
    english_done: str
    german: str
    german_done: str


@dataclass(frozen=True, slots=True)
class EnglishNoun:
    """A noun phrase for English patterns: `{n1:the}`, `The`, `a`, `A`, `every`, `many`, or as it is."""

    noun: Noun
    adjective: Adjective | None

    def __format__(self, form: str) -> str:
        if form == "many":
            return self.noun.english_plural
        words = f"{self.adjective.english} {self.noun.english}" if self.adjective else self.noun.english
        if form in {"a", "A"}:
            return f"{form}n {words}" if words[0] in "aeio" or words.startswith("un") else f"{form} {words}"
        return f"{form} {words}" if form else words


@dataclass(frozen=True, slots=True)
class GermanNoun:
    """A noun phrase for German patterns: a case, with `ein` before it or not, capitalized or not; or `many`."""

    noun: Noun
    adjective: Adjective | None

    def __format__(self, form: str) -> str:
        noun = self.noun
        if form == "many":
            return noun.german_plural
        if form == "manydat":
            return noun.german_plural if noun.german_plural[-1] in "ns" else f"{noun.german_plural}n"
        case = form.lower()
        article = _ARTICLES[case][noun.gender]
        if self.adjective:
            article = f"{article} {self.adjective.german}{_ENDINGS[case][noun.gender]}"
        return f"{article if case == form else article[0].upper() + article[1:]} {noun.german}"


class Ranked(Generic[T]):
    """Words by rank: the n-th occurs about 1/n as often as the first, as in natural language (Zipf's law)."""

    def __init__(self, words: list[T]) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def draw(self, random: Random) -> T:
        """One word."""
        return random.choices(self.words, cum_weights=self._weights)[0]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words."""

    nouns: Ranked[Noun]
    simple: Ranked[Noun]
    adjectives: Ranked[Adjective]
    verbs: Ranked[Verb]


def read_lexicon() -> Lexicon:
    """The words, always in the same ranks."""
    random = Random(1)
    nouns = [Noun(*line) for line in _lines("nouns.txt")]
    adjectives = [Adjective(*line) for line in _lines("adjectives.txt")]
    verbs = [Verb(*line) for line in _lines("verbs.txt")]
    for words in (nouns, adjectives, verbs):
        random.shuffle(words)
    pairs = [(first, last) for first in nouns for last in nouns if first.joined.lower() != last.joined.lower()]
    compounds = [last.after(first) for first, last in random.sample(pairs, _COMPOUNDS)]
    # A text of this field has about as many compounds as simple nouns, also among its frequent words.
    mixed = [noun for pair in zip(nouns, compounds, strict=False) for noun in pair] + compounds[len(nouns) :]
    return Lexicon(Ranked(mixed), Ranked(nouns), Ranked(adjectives), Ranked(verbs))


def _lines(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
