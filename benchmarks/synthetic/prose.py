"""Sentences in two languages: a pattern of each, filled with the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from string import Formatter
from typing import NamedTuple

from synthetic.lexicon import EnglishNoun, GermanNoun, Lexicon, Noun

__all__ = ["Pair", "Pattern", "Prose", "read_patterns"]

_PLACES = ("MUC", "BER", "LON", "NYC", "SEA", "PAR", "VIE", "ZRH", "OSL", "TYO", "SYD", "SAO")
_PURPOSES = ("EX", "DC", "SQL", "WEB", "FS", "APP", "HUB", "EDGE")
_ENDINGS = ("Agent", "Service", "Provider", "Manager", "Worker", "Handler", "Factory", "Monitor", "Store", "Engine")
_ASPECTS = ("Size", "Count", "Interval", "Timeout", "Enabled", "Limit", "Path", "Mode", "Level", "Threshold")


class Pair(NamedTuple):
    """A text in English and in German."""

    english: str
    german: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with slots, in both languages."""

    english: str
    german: str
    slots: tuple[str, ...]


def read_patterns() -> dict[str, tuple[Pattern, ...]]:
    """The patterns of `sentences.txt`, by section."""
    text = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    sections: defaultdict[str, list[str]] = defaultdict(list)
    section = ""
    for line in lines:
        if line.startswith("["):
            section = line.strip("[]")
        else:
            sections[section].append(line)
    return {
        name: tuple(Pattern(one, other, _slots(one, other)) for one, other in zip(*[iter(found)] * 2, strict=True))
        for name, found in sections.items()
    }


def _slots(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for text in texts for _, name, _, _ in Formatter().parse(text) if name))


class Prose:
    """Writes the texts of one record.

    Args:
        lexicon: the words.
        patterns: the sentences, by section.
        random: what decides.
        parameters: how many insertion strings the record's message has.
    """

    def __init__(
        self, lexicon: Lexicon, patterns: dict[str, tuple[Pattern, ...]], random: Random, parameters: int = 0
    ) -> None:
        self.random = random
        self.parameters = parameters
        self._lexicon = lexicon
        self._patterns = patterns

    def sentence(self, section: str, **given: Pair) -> Pair:
        """A sentence of a section; `given` fills slots of these names."""
        return self.fill(self.random.choice(self._patterns[section]), **given)

    def fill(self, pattern: Pattern, **given: Pair) -> Pair:
        """A sentence of a pattern."""
        english: dict[str, object] = {}
        german: dict[str, object] = {}
        for slot in pattern.slots:
            english[slot], german[slot] = given.get(slot) or getattr(self, f"_{slot.rstrip('0123456789')}")()
        return Pair(pattern.english.format_map(english), pattern.german.format_map(german))

    def paragraph(self, sections: Sequence[str], **given: Pair) -> Pair:
        """Several sentences, one of each section."""
        sentences = [self.sentence(section, **given) for section in sections]
        return Pair(*(" ".join(texts) for texts in zip(*sentences, strict=True)))

    def pattern(self, section: str) -> Pattern:
        """A pattern of a section, unfilled."""
        return self.random.choice(self._patterns[section])

    def term(self) -> Pair:
        """A name of two or three words."""
        noun = self._lexicon.nouns.draw(self.random)
        return Pair(noun.english, noun.german)

    def heading(self) -> Pair:
        """A title."""
        nouns = (self._lexicon.nouns.draw(self.random), self._lexicon.nouns.draw(self.random))
        english, german = (noun.english_plural for noun in nouns), (noun.german_plural for noun in nouns)
        return Pair(" and ".join(english).capitalize(), " und ".join(german))

    def host(self) -> str:
        """A computer's name."""
        random = self.random
        return f"{random.choice(_PURPOSES)}-{random.choice(_PLACES)}-{random.randrange(1, 60):02}"

    def camel(self, ending: Sequence[str] = ()) -> str:
        """An identifier of several words."""
        nouns = (self._lexicon.simple.draw(self.random).english for _ in range(2))
        return "".join(noun.title().replace(" ", "") for noun in nouns) + (self.random.choice(ending) if ending else "")

    def setting(self) -> str:
        """The name of a setting."""
        return self.camel(_ASPECTS)

    def component(self) -> str:
        """The name of a component."""
        return self.camel(_ENDINGS)

    def _n(self) -> tuple[EnglishNoun, GermanNoun]:
        noun: Noun = self._lexicon.nouns.draw(self.random)
        adjective = self._lexicon.adjectives.draw(self.random) if self.random.random() < 0.25 else None
        return EnglishNoun(noun, adjective), GermanNoun(noun, adjective)

    def _a(self) -> Pair:
        adjective = self._lexicon.adjectives.draw(self.random)
        return Pair(adjective.english, adjective.german)

    def _v(self) -> tuple[_VerbForms, _VerbForms]:
        verb = self._lexicon.verbs.draw(self.random)
        return _VerbForms(verb.english, verb.english_done), _VerbForms(verb.german, verb.german_done)

    def _number(self) -> Pair:
        number = str(self.random.choice((2, 3, 5, 8, 10, 12, 15, 20, 24, 30, 45, 60, 64, 90, 100, 128, 250, 256, 500)))
        return Pair(number, number)

    def _host(self) -> Pair:
        return _same(self.host())

    def _part(self) -> Pair:
        return _same(self.component())

    def _code(self) -> Pair:
        if self.random.random() < 0.3:
            return _same(f"`0x8{self.random.randrange(1 << 28):07X}`")
        return _same(f"`{self.setting()}`")

    def _value(self) -> Pair:
        values = ("Verbose", "None", "$true", "$false", "Automatic", "Manual", "Disabled", "-1", "0", "Unlimited")
        chosen = self.random.choice(values) if self.random.random() < 0.6 else str(self.random.randrange(1, 4096))
        return _same(f"`{chosen}`")

    def _ui(self) -> Pair:
        noun = self._lexicon.nouns.draw(self.random)
        return Pair(f"**{noun.english_plural.title()}**", f"**{noun.german_plural}**")

    def _param(self) -> Pair:
        return _same(f"%{self.random.randrange(self.parameters) + 1}")

    def _title(self) -> Pair:
        return self.heading()


class _VerbForms(NamedTuple):
    """A verb for patterns: `{v1}` is the infinitive, `{v1:done}` the participle."""

    plain: str
    done: str

    def __format__(self, form: str) -> str:
        return self.done if form else self.plain


def _same(text: str) -> Pair:
    return Pair(text, text)
