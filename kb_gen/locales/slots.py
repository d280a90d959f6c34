"""A localizer that speaks no language: it gives a slot for everything that a locale says.

What is made from a record with it is the same in all locales but for its slots, so that it is made once: a character
stands for each passage, name and interface word, and another for the language of those that may be in one of their
own. What such a character says in a locale is found out from its slot.

Interface words and the texts that articles share say the same in every article. They keep their characters, so that
a locale is asked for them once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum, auto

from msgspec import Struct
from msgspec.structs import replace

from kb_gen.locales.localizer import Localizer, Value
from kb_gen.locales.passages import LocalizedRecord, LocalParameter, Passage
from kb_gen.locales.tags import LocaleInfo
from kb_gen.locales.units import SHARED_DOMAIN, Unit, UnitKind, localize_record, localize_summary
from kb_gen.model import Entry, KnowledgeBase

__all__ = [
    "LOCALE_PATH",
    "LOCALE_TAG",
    "SLOT_BYTES",
    "Slot",
    "SlotKind",
    "SlotLocalizer",
    "TooManySlots",
    "has_slots",
    "in_language",
    "is_language",
    "language_of",
]

# For private use: Unicode assigns none of these characters. Symbol fonts have theirs from U+F000 on.
_SLOTS = re.compile("[\ue000-\uefff]")
SLOT_BYTES = re.compile(rb"(\xee..)", re.DOTALL)
"""Such a character in UTF-8: the byte begins no other. It is found five times as fast as the character in a text."""

_OWN = 0xE000
_SHARED = 0xE400
_LANGUAGES = 0xE800
_IN_LANGUAGE = 0xEC00
_MOST = 0x3F0
"""More than that, of an article's own and of shared ones, can't be told apart."""
_MOST_TEXTS = 0x300

LOCALE_TAG = "\ue7f0"
"""Stands for the locale's tag."""
LOCALE_PATH = "\ue7f1"
"""Stands for the first segment of its addresses."""


class TooManySlots(Exception):  # noqa: N818 - nothing is wrong with the article
    """An article has more texts than can be told apart."""


class SlotKind(IntEnum):
    """What a slot stands for."""

    TEXT = auto()
    NAME = auto()
    MESSAGE = auto()
    WORDS = auto()
    LABEL = auto()
    LIST = auto()


class Slot(Struct, frozen=True, gc=False):
    """What one character stands for.

    Attributes:
        kind: a record's text, an insertion string's name, a message template; words of the interface, the same as bare
            text, or an enumeration.
        unit: of texts, names and templates, the unit.
        owner: of these, the position of the record whose insertion strings `%1` in them names.
        msgid: of the interface's words, their English text.
        values: what these take into their places, with their names; those that are texts may have slots.
        items: of enumerations, the texts, which may have slots.
    """

    kind: SlotKind
    unit: Unit | None = None
    owner: int = 0
    msgid: str = ""
    values: tuple[tuple[str, Value], ...] = ()
    items: tuple[str, ...] = ()


# Looked up once, not with each of an article's texts.
_TEXT = SlotKind.TEXT
_MESSAGE = UnitKind.MESSAGE
_OWN_SLOTS = tuple([Passage(chr(_OWN + number), LOCALE_TAG) for number in range(_MOST)])
"""The passages of the slots that are an article's own."""


def has_slots(text: str) -> bool:
    """Whether a text has characters in it that stand for slots."""
    return not text.isascii() and _SLOTS.search(text) is not None


def language_of(slot: str) -> str:
    """The character that stands for the language of what `slot` stands for."""
    return chr(ord(slot) - _OWN + _LANGUAGES)


def is_language(character: str) -> bool:
    """Whether one of these characters stands for a language."""
    return character >= "\ue800"


def in_language(language: str) -> str:
    """What stands for a slot's text within an element that names its language; `language` stands for that language."""
    return chr(ord(language) - _LANGUAGES + _IN_LANGUAGE)


class SlotLocalizer(Localizer):
    """Gives slots for one article after the other.

    Attributes:
        slots: the article's own, by the character that stands for each, in the order in which they were given.
        parameters: the insertion strings of each record in turn that has been asked for, with slots for their names.
        counted: the slots of the first record's own passages, by which the article's coverage is counted.
        shared: what is the same in all articles, in the order in which it was first asked for.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        """A localizer for the articles of `kb`."""
        self.locale = LocaleInfo(LOCALE_TAG, "", "ltr", "", LOCALE_PATH)
        self.source = False
        self._kb = kb
        self.shared: dict[str, Slot] = {}
        self._given: dict[tuple[SlotKind, str, str], Passage] = {}
        self.begin()

    def begin(self) -> None:
        """Forget the article that was made last."""
        self.slots: dict[str, Slot] = {}
        self.parameters: list[Mapping[int, LocalParameter]] = []
        self.counted: Sequence[str] = ()
        self._seen: list[str] = []
        self._owner = 0

    def _slot(self, slot: Slot) -> str:
        number = len(self.slots)
        if number == _MOST:
            raise TooManySlots
        character = _OWN_SLOTS[number].text
        self.slots[character] = slot
        return character

    def _fixed(self, kind: SlotKind, msgid: str, unit: Unit | None = None) -> Passage:
        """A slot that all articles share."""
        key = (kind, msgid, unit.context if unit else "")
        passage = self._given.get(key)
        if passage is None:
            if len(self.shared) == _MOST:
                raise TooManySlots
            character = chr(_SHARED + len(self.shared))
            self.shared[character] = Slot(kind, unit, msgid=msgid)
            passage = self._given[key] = Passage(character, LOCALE_TAG)
        return passage

    def record(self, entry: Entry) -> LocalizedRecord:
        """A record with slots for its texts.

        Raises:
            TooManySlots: it has too many of them.
        """
        first = len(self._seen)
        self._owner = len(self.parameters)
        local = localize_record(entry, self._kb, self.translate, self.locale.tag)
        parameters = self._owned(local.parameters)
        if len(self.parameters) == 1:
            self.counted = self._seen[first:]
        return replace(local, parameters=parameters)

    def summary(self, entry: Entry) -> tuple[Passage | None, tuple[LocalParameter, ...]]:
        """A record's summary, and the insertion strings that it may name, with slots.

        Raises:
            TooManySlots: the article has too many of them.
        """
        self._owner = len(self.parameters)
        summary, parameters = localize_summary(entry, self._kb, self.translate)
        return summary, self._owned(parameters)

    def _owned(self, parameters: tuple[LocalParameter, ...]) -> tuple[LocalParameter, ...]:
        """The insertion strings of the record that was walked through last."""
        named = tuple(self._named(parameters))
        self.parameters.append({parameter.number: parameter for parameter in named})
        self._owner = 0
        return named

    def _named(self, parameters: Iterable[LocalParameter]) -> Iterator[LocalParameter]:
        """Insertion strings whose names are told apart from other texts, as they may be in a language of their own."""
        for parameter in parameters:
            name = parameter.name.text
            slot = self.slots.get(name)
            if slot is None:
                yield parameter
                continue
            self.slots[name] = Slot(SlotKind.NAME, slot.unit, slot.owner)
            yield replace(parameter, name=Passage(name, language_of(name)))

    def translate(self, unit: Unit) -> Passage:
        """A slot for a unit.

        Raises:
            TooManySlots: the article has too many of them.
        """
        if unit.kind is _MESSAGE:
            message = self._slot(Slot(SlotKind.MESSAGE, unit, self._owner))
            return Passage(message, language_of(message))
        # Of the shared slots, interface words need some; texts that come later are each article's own.
        if unit.domain == SHARED_DOMAIN and "%" not in unit.msgid and len(self.shared) < _MOST_TEXTS:
            passage = self._fixed(SlotKind.TEXT, unit.msgid, unit)
        else:
            number = len(self.slots)
            if number == _MOST:
                raise TooManySlots
            passage = _OWN_SLOTS[number]
            self.slots[passage.text] = Slot(_TEXT, unit, self._owner)
        self._seen.append(passage.text)
        return passage

    def ui(self, msgid: str, /, **values: Value) -> Passage:
        """A slot for interface words.

        Raises:
            TooManySlots: the article has too many of them.
        """
        if not values:
            return self._fixed(SlotKind.WORDS, msgid)
        return Passage(self._slot(Slot(SlotKind.WORDS, msgid=msgid, values=tuple(values.items()))), LOCALE_TAG)

    def text(self, msgid: str, /, **values: Value) -> str:
        """A slot for interface words as text.

        Raises:
            TooManySlots: the article has too many of them.
        """
        if not values:
            return self._fixed(SlotKind.LABEL, msgid).text
        return self._slot(Slot(SlotKind.LABEL, msgid=msgid, values=tuple(values.items())))

    def list(self, items: Iterable[str]) -> str:
        """A slot for an enumeration.

        Raises:
            TooManySlots: the article has too many of them.
        """
        return self._slot(Slot(SlotKind.LIST, items=tuple(items)))
