"""Which event an entry of a log is: one that names itself by a source and an ID, or a line of text.

Unlike a reader's question, to which every event that may be meant is an answer, an entry is counted as one event, or as
none. So names have to be the event's own, and a mere part of a message counts where the log has cut it off.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from kb_gen.messages.recognition import FoundValue, TemplateParts, page_of, without_mark
from kb_gen.site.answers.known import KnownEvent, KnownEvents, name_key
from kb_gen.site.answers.questions import (
    Hit,
    HitKind,
    events_mentioned,
    events_of_messages,
    events_of_whole_messages,
)
from kb_gen.site.answers.sieve import Sieve
from kb_gen.site.answers.surroundings import may_surround, surroundings

__all__ = ["EntryFinder", "Recognised", "SelfNamed"]

_NUMBERS = re.compile(r"(?<![^\W_])(?=[a-fA-F]*[0-9])[0-9a-fA-F]+(?![^\W_])|[0-9]+")
"""Numbers, hexadecimal ones as well."""

_MAY_NAME_ID = re.compile(r"id|code|kennung|[<{]", re.IGNORECASE)
"""What every label of an event ID has in it, in any language, and what XML and JSON begin with."""

_MAY_HAVE_SYMBOL = re.compile(r"_|[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_PREFIX = "microsoftwindows"
_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 500
_MOST_OTHERS = 5


class SelfNamed(Struct, frozen=True):
    """An entry that names the event.

    Attributes:
        sources: the names of its source: the provider, and what else it is called.
        id: the event ID.
        qualifiers: the upper half of the message identifier, where the log has it apart.
        message: the message as it was shown; may be empty.
        values: the values of its data, in order.
    """

    sources: tuple[str, ...]
    id: str
    qualifiers: int | None = None
    message: str = ""
    values: tuple[str, ...] = ()


class Recognised(Struct, frozen=True):
    """What an entry was recognised as.

    Attributes:
        event: the event.
        values: what its insertion strings hold.
        others: events that it may be as well as that one.
    """

    event: KnownEvent
    values: tuple[FoundValue, ...] = ()
    others: tuple[KnownEvent, ...] = ()


class EntryFinder:
    """Finds the events of entries, and remembers those of lines: most of a log is the same."""

    def __init__(self, known: KnownEvents) -> None:
        """A finder.

        Args:
            known: the events that there are.
        """
        self._known = known
        self._chosen: dict[tuple[tuple[str, ...], str, int | None], tuple[KnownEvent, ...]] = {}
        self._lines: dict[tuple[str, str, bool], Recognised | None] = {}
        self._sieve = Sieve(known)
        self._numbers = frozenset(_told_numbers(known))

    def self_named(self, entry: SelfNamed) -> Recognised | None:
        """The event of an entry that names it; None if it isn't known."""
        key = (entry.sources, entry.id, entry.qualifiers)
        chosen = self._chosen.get(key)
        if chosen is None:
            if len(self._chosen) >= _MOST_REMEMBERED:
                self._chosen.clear()
            chosen = self._chosen[key] = self._named(entry)
        if chosen:
            return self._best(entry, chosen)
        # A source by a name that nobody has written down: the ID and the whole message have to be the event's.
        same_id = [event for event, _ in self._known.with_id(entry.id)] if entry.message else []
        heard = [hit for hit in self._heard(entry.message, same_id) if hit.kind is HitKind.MESSAGE]
        return _recognised(heard, entry.values) if heard else None

    def line(self, message: str, source: str = "", *, cut: bool = False) -> Recognised | None:
        """The event of a line of text, or several that belong together; None if it is none that is known.

        Args:
            message: the line, without the time and the names before it.
            source: the program that wrote it; may be empty.
            cut: whether its end is missing.
        """
        # Most of a log says the same again and again.
        key = (message, source, cut)
        if key in self._lines:
            return self._lines[key]
        found = self._line(message, source, cut=cut or without_mark(message) is not message)
        if len(message) < _LONGEST_REMEMBERED:
            if len(self._lines) >= _MOST_REMEMBERED:
                self._lines.clear()
            self._lines[key] = found
        return found

    def meaning(self, sources: Sequence[str], number: str) -> str:
        """What a parameter message says, `%%2307` in a source's data; empty if nobody has written it down."""
        for event in self._named(SelfNamed(tuple(sources), number)):
            for template in self._templates.get(event, ()):
                if all(isinstance(part, str) for part in template):
                    return "".join(map(str, template)).strip()
        return ""

    def _named(self, entry: SelfNamed) -> tuple[KnownEvent, ...]:
        keys = {name_key(source) for source in entry.sources if source}
        ids = [entry.id]
        if entry.qualifiers and entry.id.isdecimal():
            ids.append(str(entry.qualifiers << 16 | int(entry.id) & 0xFFFF))
        found = [pair for each in ids for pair in self._known.with_id(each)]
        exact = [event for event, source in found if name_key(source) in keys]
        if not exact:
            # Providers with a manifest are called so, and what they were before is not.
            short = {key.removeprefix(_PREFIX) for key in keys}
            exact = [event for event, source in found if name_key(source).removeprefix(_PREFIX) in short]
        return tuple(dict.fromkeys(exact))

    def _best(self, entry: SelfNamed, chosen: Sequence[KnownEvent]) -> Recognised:
        """The one of several events with the same ID that the message or the number of values speaks for."""
        if len(chosen) == 1 and (entry.values or not entry.message):
            return Recognised(chosen[0], _numbered(entry.values))
        heard = self._heard(entry.message, chosen) if entry.message else []
        if heard:
            return _recognised(heard, entry.values)
        fitting = [event for event in chosen if self._highest(event) == len(entry.values)] or chosen
        others = [event for event in fitting if event is not fitting[0]][:_MOST_OTHERS]
        return Recognised(fitting[0], _numbered(entry.values), tuple(others))

    def _heard(self, message: str, events: Collection[KnownEvent]) -> list[Hit]:
        return list(events_of_messages(self._known, message, events)) if events else []

    def _highest(self, event: KnownEvent) -> int:
        """The highest number of an insertion string in an event's messages."""
        owned = self._templates.get(event, ())
        return max((part for parts in owned for part in parts if isinstance(part, int)), default=0)

    @cached_property
    def _templates(self) -> dict[KnownEvent, list[TemplateParts]]:
        """The message templates of each event."""
        found: dict[KnownEvent, list[TemplateParts]] = {}
        tables = self._known.index.tables
        for template, owners in zip(tables.templates, tables.owners, strict=True):
            for owner in owners:
                found.setdefault(self._known.events[owner], []).append(template)
        return found

    def _line(self, message: str, source: str, *, cut: bool) -> Recognised | None:
        text = message
        if may_surround(message) and _MAY_NAME_ID.search(message):
            around = surroundings(message)
            if around.id and around.source:
                sources = tuple(dict.fromkeys([around.source, around.other or around.source]))
                named = self.self_named(SelfNamed(sources, around.id, None, around.text, around.values))
                if named is not None:
                    return named
            text = around.text or message
        sifted = self._sieve.sift(message, source)
        heard: tuple[Hit, ...] = ()
        if cut:
            heard = self._said_in(text)
        elif sifted.message or text is not message:
            heard = events_of_whole_messages(self._known, page_of(without_mark(text)))
        if heard:
            wanted = name_key(source)
            # Of several that say the same, the one that the program's own name speaks for.
            own = sorted(heard, key=lambda hit: (-hit.score, name_key(hit.event.source) != wanted))
            return _recognised(own, ())
        if sifted.name and self._is_telling(message):
            mentioned = events_mentioned(self._known, f"{source} {message}".lstrip())
            return Recognised(mentioned[0].event) if len(mentioned) == 1 else None
        return None

    def _said_in(self, text: str) -> tuple[Hit, ...]:
        """The events of whose messages a text holds at least a part, as far as its rarest words lead to any."""
        return events_of_messages(self._known, text) if self._known.index.candidates(page_of(text)).counts else ()

    def _is_telling(self, message: str) -> bool:
        """Whether a line has something in it that may be a symbol, or a number that a name or a template has."""
        if _MAY_HAVE_SYMBOL.search(message):
            return True
        return not self._numbers.isdisjoint(_NUMBERS.findall(message.lower()))


def _recognised(hits: Sequence[Hit], values: Sequence[str]) -> Recognised:
    """The first of several hits, and those that fit as well."""
    first = hits[0]
    others = [hit.event for hit in hits[1:] if hit.score == first.score and hit.event != first.event]
    return Recognised(first.event, _numbered(values) or first.values, tuple(others[:_MOST_OTHERS]))


def _numbered(values: Sequence[str]) -> tuple[FoundValue, ...]:
    return tuple([FoundValue(number, value, False) for number, value in enumerate(values, 1)])


def _told_numbers(known: KnownEvents) -> Iterator[str]:
    """The numbers that names and templates have."""
    for event in known.events:
        names = (event.id, event.source, event.symbol, *map(" ".join, event.former))
        yield from _NUMBERS.findall(" ".join(names).lower())
    for parts in known.index.tables.templates:
        for part in parts:
            if isinstance(part, str):
                yield from _NUMBERS.findall(part.lower())
