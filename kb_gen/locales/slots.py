"""A localizer that speaks no language: it gives a slot for everything that a locale says.

What is made from a record with it is the same in all locales but for its slots, so that it is made once: a character
stands for each passage, name and interface word, and another for the language of those that may be in one of their
own. What such a character says in a locale is found out from its slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum, auto

from msgspec import Struct
from msgspec.structs import replace

from kb_gen.locales.localizer import Localizer, Value
from kb_gen.locales.passages import LocalizedRecord, LocalParameter, Passage
from kb_gen.locales.tags import LocaleInfo
from kb_gen.locales.units import Unit, UnitKind, localize_record, localize_summary
from kb_gen.model import Entry, KnowledgeBase

__all__ = ["LOCALE_PATH", "LOCALE_TAG", "MOST_SLOTS", "Slot", "SlotKind", "SlotLocalizer", "has_slots", "slot_of"]

MOST_SLOTS = 0x7F0
"""More than that can't be told apart."""

_FIRST = 0xE000
_LANGUAGES = 0xE800
LOCALE_TAG = "\ue7f0"
"""Stands for the locale's tag."""
LOCALE_PATH = "\ue7f1"
"""Stands for the first segment of its addresses."""

# For private use: Unicode assigns none of these characters. Symbol fonts have theirs from U+F000 on.
_SLOTS = re.compile("[\ue000-\uefff]")


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


def has_slots(text: str) -> bool:
    """Whether a text has characters in it that stand for slots."""
    return not text.isascii() and _SLOTS.search(text) is not None


def slot_of(character: str) -> tuple[int, bool]:
    """The number of the slot that a character stands for, and whether it stands for its language only."""
    number = ord(character) - _FIRST
    return (number - (_LANGUAGES - _FIRST), True) if number >= _LANGUAGES - _FIRST else (number, False)


class SlotLocalizer(Localizer):
    """Gives slots for one article.

    Attributes:
        slots: what has been given so far; a slot's number is its position.
        parameters: the insertion strings of each record in turn that has been asked for, with slots for their names.
        counted: the slots of the first record's own passages, by which the article's coverage is counted.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        """A localizer for one article of `kb`."""
        self.locale = LocaleInfo(LOCALE_TAG, "", "ltr", "", LOCALE_PATH)
        self.source = False
        self._kb = kb
        self.slots: list[Slot] = []
        self.parameters: list[Mapping[int, LocalParameter]] = []
        self.counted: tuple[int, ...] = ()
        self._owner = 0

    def _slot(self, slot: Slot) -> str:
        self.slots.append(slot)
        return chr(_FIRST + len(self.slots) - 1)

    def record(self, entry: Entry) -> LocalizedRecord:
        """A record with slots for its texts."""
        first = len(self.slots)
        self._owner = len(self.parameters)
        local = localize_record(entry, self._kb, self.translate, self.locale.tag)
        named = {slot_of(parameter.name.text)[0] for parameter in local.parameters if has_slots(parameter.name.text)}
        parameters = self._owned(local.parameters)
        if len(self.parameters) == 1:
            kinds = enumerate(self.slots[first:], first)
            own = (SlotKind.TEXT, SlotKind.NAME)
            self.counted = tuple([number for number, slot in kinds if slot.kind in own and number not in named])
        return replace(local, parameters=parameters)

    def summary(self, entry: Entry) -> tuple[Passage | None, tuple[LocalParameter, ...]]:
        """A record's summary, and the insertion strings that it may name, with slots."""
        self._owner = len(self.parameters)
        summary, parameters = localize_summary(entry, self._kb, self.translate)
        return summary, self._owned(parameters)

    def _owned(self, parameters: tuple[LocalParameter, ...]) -> tuple[LocalParameter, ...]:
        """The insertion strings of the record that was walked through last."""
        named = tuple(self._named(parameters, self._owner))
        self.parameters.append({parameter.number: parameter for parameter in named})
        self._owner = 0
        return named

    def _named(self, parameters: Iterable[LocalParameter], owner: int) -> Iterator[LocalParameter]:
        """Insertion strings whose names are told apart from other texts, as they may be in a language of their own."""
        for parameter in parameters:
            text = parameter.name.text
            if not has_slots(text):
                yield parameter
                continue
            name = self._slot(Slot(SlotKind.NAME, self.slots[slot_of(text)[0]].unit, owner))
            yield replace(parameter, name=Passage(name, _language(name)))

    def translate(self, unit: Unit) -> Passage:
        """A slot for a unit."""
        if unit.kind is UnitKind.MESSAGE:
            message = self._slot(Slot(SlotKind.MESSAGE, unit, self._owner))
            return Passage(message, _language(message))
        return Passage(self._slot(Slot(SlotKind.TEXT, unit, self._owner)), self.locale.tag)

    def ui(self, msgid: str, /, **values: Value) -> Passage:
        """A slot for interface words."""
        return Passage(self._slot(Slot(SlotKind.WORDS, msgid=msgid, values=tuple(values.items()))), self.locale.tag)

    def text(self, msgid: str, /, **values: Value) -> str:
        """A slot for interface words as text."""
        return self._slot(Slot(SlotKind.LABEL, msgid=msgid, values=tuple(values.items())))

    def list(self, items: Iterable[str]) -> str:
        """A slot for an enumeration."""
        return self._slot(Slot(SlotKind.LIST, items=tuple(items)))


def _language(slot: str) -> str:
    """The character that stands for the language of what `slot` stands for."""
    return chr(ord(slot) - _FIRST + _LANGUAGES)
