"""Tells which event of a project an entry of a log is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from kb_gen.cli.known_events import article_file, article_url
from kb_gen.logs import Article, Entry, FieldNumbers, KnownEntry
from kb_gen.model import EventSeverity
from kb_gen.site.answers.details import LocaleEvents
from kb_gen.site.answers.known import KnownEvents
from kb_gen.site.answers.logged import EntryFinder, SelfNamed
from kb_gen.site.settings import Settings

__all__ = ["ProjectEvents"]


class ProjectEvents:
    """The events of a project in one locale."""

    def __init__(
        self, known: KnownEvents, shown: LocaleEvents, settings: Settings, own: Callable[[], LocaleEvents]
    ) -> None:
        """The events of a project.

        Args:
            known: the events.
            shown: what is shown of them.
            settings: the project's.
            own: gives what is shown of them in the language that records are written in. It is asked for only where a
                log has names that may be those of a record.
        """
        self._finder = EntryFinder(known)
        self._events = {event.address: place for place, event in enumerate(known.events)}
        self._known = known
        self._shown = shown
        self._settings = settings
        self._articles: dict[str, Article] = {}
        self._fields: dict[str, FieldNumbers] = {}
        self._read_own = own

    @cached_property
    def _own(self) -> LocaleEvents:
        return self._read_own()

    def _fields_of(self, key: str) -> FieldNumbers:
        fields = self._fields.get(key)
        if fields is None:
            own = self._own.details[self._events[key]].names
            fields = self._fields[key] = FieldNumbers(own, self.article(key).names)
        return fields

    def find(self, entry: Entry) -> KnownEntry | None:
        """The event of an entry, whose key is its address; None if it is none that is known."""
        if entry.is_structured:
            texts = tuple([value.text for value in entry.values])
            sources = tuple(filter(None, (entry.source, entry.other)))
            found = self._finder.self_named(SelfNamed(sources, entry.id, entry.qualifiers, entry.message, texts))
        else:
            found = self._finder.line(entry.message, entry.source, cut=entry.cut)
        if found is None:
            return None
        if entry.is_structured and any(value.name for value in entry.values):
            values = self._fields_of(found.event.address).numbered(entry.values)
        else:
            values = [(value.number, value.text) for value in found.values]
        return KnownEntry(found.event.address, values, [other.address for other in found.others])

    def article(self, key: str) -> Article:
        """What is told of the event with an address."""
        article = self._articles.get(key)
        if article is None:
            place = self._events[key]
            event, details = self._known.events[place], self._shown.details[place]
            article = self._articles[key] = Article(
                event.source,
                event.id,
                event.symbol,
                details.product,
                details.version,
                EventSeverity(details.severity[0]) if details.severity[0] else None,
                details.summary,
                article_file(event, self._shown.path),
                article_url(event, self._shown.path, self._settings),
                # A copy, which grows by the names of fields that only the log has.
                {**details.names},
            )
        return article

    def meaning(self, sources: Sequence[str], number: str) -> str:
        """What `%%number` stands for in the data of a source; empty if nobody has written it down."""
        return self._finder.meaning(sources, number)
