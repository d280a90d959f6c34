"""All that is known of a knowledge base's events for finding them: by message, ID, source and symbol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from kb_gen.markup import parse_event_target
from kb_gen.messages.recognition import IndexTables, TemplateIndex, TemplateParts
from kb_gen.model import Entry
from kb_gen.site.answers.codes import id_keys, number_keys

__all__ = [
    "MOST_WITH_WORD",
    "EventOrder",
    "KnownEvent",
    "KnownEvents",
    "former_names",
    "name_key",
    "order_of_event",
    "source_page",
    "symbol_words",
    "words_of_part",
]

EventOrder = tuple[str, bool, int, str, str]

_NOT_IN_NAMES = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"-?[0-9]{1,10}")
_SYMBOL_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W_a-zA-Z]+")

MOST_WITH_WORD = 24
"""Events that a word of their symbols leads to; one that more of them have says too little."""

_SHORTEST_BEGINNING = 3
_LONGEST_BEGINNING = 14
"""Letters of a word with which a part of a symbol may begin: a browser loads a file for each."""


class KnownEvent(Struct, frozen=True, array_like=True):
    """What finding an event needs to know of it.

    Attributes:
        address: its article's address below a locale's root.
        source: its source.
        id: its ID.
        symbol: its symbolic name; may be empty.
        former: sources and IDs that it had before.
    """

    address: str
    source: str
    id: str
    symbol: str = ""
    former: tuple[tuple[str, str], ...] = ()


def former_names(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The sources and IDs that an event had before."""
    targets = [parse_event_target(former) for former in entry.record.former]
    return tuple([(target[0], target[1]) for target in targets if target])


def name_key(name: str) -> str:
    """A name as it is compared, without case, blanks and punctuation: `MSExchange ADAccess` is `msexchangeadaccess`."""
    return _NOT_IN_NAMES.sub("", name.lower())


def symbol_words(symbol: str) -> tuple[str, ...]:
    """The words that a symbol consists of, each once: `tempauth` is none of `SmtpTempAuth`, but `temp` is."""
    return tuple(dict.fromkeys([word.lower() for word in _SYMBOL_WORDS.findall(symbol)]))


def words_of_part(text: str) -> tuple[str, ...]:
    """The words under which a part of a symbol is looked for: its own, and where no case tells them, its beginnings."""
    words = symbol_words(text)
    if len(words) != 1:
        return words
    most = min(len(words[0]) - 1, _LONGEST_BEGINNING)
    return (*words, *[words[0][:length] for length in range(most, _SHORTEST_BEGINNING - 1, -1)])


def source_page(events: Sequence[KnownEvent]) -> str:
    """The address of the list of a source, of which the events are given: theirs begin with it."""
    return events[0].address.partition("/")[0]


def order_of_event(event: KnownEvent) -> EventOrder:
    """What events are sorted by where nothing else tells them apart: source, ID (numbers by value), address."""
    number = _NUMBER.fullmatch(event.id) is not None
    return event.source, not number, int(event.id) if number else 0, event.id, event.address


class KnownEvents:
    """The events of a knowledge base, in the order of `order_of_event`, and an index over their messages."""

    def __init__(self, events: Sequence[KnownEvent], tables: IndexTables | TemplateIndex) -> None:
        """Events as they were kept.

        Args:
            events: the events, in order.
            tables: the index over their messages, whose owners are the events' places.
        """
        self.events = events
        self.index = tables if isinstance(tables, TemplateIndex) else TemplateIndex(tables)

    @classmethod
    def of(cls, events: Iterable[tuple[KnownEvent, Iterable[TemplateParts]]]) -> KnownEvents:
        """Events, each with its message templates in all locales."""
        found = sorted(events, key=lambda each: order_of_event(each[0]))
        templates = ((place, parts) for place, (_, own) in enumerate(found) for parts in own)
        return cls([event for event, _ in found], TemplateIndex.of(templates))

    def with_id(self, text: str) -> list[tuple[KnownEvent, str]]:
        """The events that have an ID, however it is written, each with the source under which it has or had it."""
        keys, inside = number_keys(text)
        found = [hit for key in keys for hit in self.by_id.get(key, [])]
        return list(dict.fromkeys(found or self.by_id.get(inside, [])))

    def with_symbol(self, text: str) -> list[KnownEvent]:
        """The events that have a symbolic name, without regard to case and punctuation."""
        return self.by_symbol.get(name_key(text), [])

    def with_symbol_part(self, text: str) -> list[KnownEvent]:
        """The events whose symbolic name has a text in it, as far as one of its words leads to few events only."""
        wanted = name_key(text)
        for word in words_of_part(text):
            own = self.by_symbol_word.get(word, [])
            found = [event for event in own if wanted in name_key(event.symbol)] if len(own) <= MOST_WITH_WORD else []
            if found:
                return sorted(found, key=lambda event: not name_key(event.symbol).startswith(wanted))
        return []

    @cached_property
    def by_symbol_word(self) -> dict[str, list[KnownEvent]]:
        """The events of each word of their symbols."""
        found: dict[str, list[KnownEvent]] = {}
        for event in self.events:
            for word in symbol_words(event.symbol):
                found.setdefault(word, []).append(event)
        return found

    @cached_property
    def sources(self) -> dict[str, list[KnownEvent]]:
        """The events of each source, by the source's name as it is compared."""
        found: dict[str, list[KnownEvent]] = {}
        for event in self.events:
            found.setdefault(name_key(event.source), []).append(event)
        return found

    @cached_property
    def by_id(self) -> dict[str, list[tuple[KnownEvent, str]]]:
        """The events that each key of an ID leads to, each with the source under which it has or had it."""
        found: dict[str, list[tuple[KnownEvent, str]]] = {}
        for event in self.events:
            for key in id_keys(event.id):
                found.setdefault(key, []).append((event, event.source))
            for source, former in event.former:
                for key in id_keys(former):
                    found.setdefault(key, []).append((event, source))
        return found

    @cached_property
    def by_symbol(self) -> dict[str, list[KnownEvent]]:
        """The events of each symbol as it is compared."""
        found: dict[str, list[KnownEvent]] = {}
        for event in self.events:
            if key := name_key(event.symbol):
                found.setdefault(key, []).append(event)
        return found
