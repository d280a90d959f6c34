"""How a product's message file and the knowledge base have drifted apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from kb_gen.importers.comparing import alike, differing
from kb_gen.importers.imported import Imported, ImportedEvent
from kb_gen.importers.insertions import Moves, moves
from kb_gen.importers.matching import Certainty, Matching, identity_of, without_version
from kb_gen.importers.sources import nearest_language
from kb_gen.importers.versions import is_later, message_in
from kb_gen.importers.waiting import WaitingTranslations
from kb_gen.locales import Catalogs, message_context, record_domain
from kb_gen.locales.po import Key, lookup_key
from kb_gen.messages import parse
from kb_gen.model import Entry, Identity, KnowledgeBase, Record

__all__ = ["Drift", "DriftedEvent", "drift"]

_FACTS = ("symbolic_name", "severity", "category")
"""The short fields besides the message, which are told with both values."""


class DriftedEvent(Struct, frozen=True):
    """An event of which the product says something else than its record.

    Attributes:
        entry: its record.
        event: what the file has.
        facts: the fields that differ, each with what the record and what the file says.
        message: the record's template and the file's, where they differ.
        moves: what became of the template's insertion strings.
        translations: the templates that differ in the catalogs, by locale: the catalog's and the file's. The former is
            empty where there is none.
        parameters: the insertion strings whose names differ, each with the record's name and the file's; the former is
            empty where the record has none.
        others: the further fields that differ, such as the explanation, each with what the record and the file have.
    """

    entry: Entry
    event: ImportedEvent
    facts: Mapping[str, tuple[str, str]] = {}
    message: tuple[str, str] | None = None
    moves: Moves = Moves()
    translations: Mapping[str, tuple[str, str]] = {}
    parameters: Mapping[int, tuple[str, str]] = {}
    others: Mapping[str, tuple[Any, Any]] = {}


class Drift(Struct, frozen=True):
    """What differs.

    Attributes:
        compared: how many events of the file have a record.
        new: the events without a record.
        retired: the records of the file's sources whose event the file doesn't have.
        renumbered: the records whose symbol the file has under another ID; with the event that it is there.
        changed: the events of which the file says something else.
        uncertain: the events that could be that of several records.
    """

    compared: int = 0
    new: tuple[ImportedEvent, ...] = ()
    retired: tuple[Entry, ...] = ()
    renumbered: tuple[tuple[Entry, ImportedEvent], ...] = ()
    changed: tuple[DriftedEvent, ...] = ()
    uncertain: tuple[ImportedEvent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.retired or self.renumbered or self.changed or self.uncertain)


def drift(
    kb: KnowledgeBase,
    imported: Imported,
    catalogs: Catalogs,
    waiting: WaitingTranslations,
    product: str,
    locales: Sequence[str] = (),
    version: str = "",
) -> Drift:
    """Compare a product's events with the knowledge base.

    Args:
        kb: the knowledge base.
        imported: what the files have, every event with its source.
        catalogs: its translations.
        waiting: those of them that wait for review.
        product: the product's key.
        locales: the locales whose message templates are compared, by BCP 47 tag.
        version: the product version that the files belong to; may be empty. The variants of that version count.
    """
    imported = without_version(imported, version)
    sources = {event.record.source for event in imported.events}
    known = [entry for entry in kb.entries if entry.record.product == product and entry.record.source in sources]
    comparing = _Comparing(kb, catalogs, waiting, tuple(locales), version, _shipped(imported))
    matching = Matching(known, [event.record for event in imported.events])
    new: list[ImportedEvent] = []
    uncertain: list[ImportedEvent] = []
    changed: list[DriftedEvent] = []
    renumbered: list[tuple[Entry, ImportedEvent]] = []
    met: set[int] = set()
    compared = 0
    for event in _first_of_each(imported.events):
        found = matching.find(event.record)
        met |= {id(entry) for entry in (found.entry, *found.others) if entry is not None}
        if found.certainty is Certainty.AMBIGUOUS:
            uncertain.append(event)
        elif found.entry is None:
            new.append(event)
        else:
            compared += 1
            if found.certainty is Certainty.RENUMBERED:
                renumbered.append((found.entry, event))
            drifted = comparing.drifted(found.entry, event)
            if drifted is not None:
                changed.append(drifted)
    unmet = [entry for entry in known if id(entry) not in met and not is_later(entry.record, version)]
    retired = tuple(unmet) if imported.whole else ()
    return Drift(compared, tuple(new), retired, tuple(renumbered), tuple(changed), tuple(uncertain))


class _Comparing(Struct, frozen=True):
    """What events are compared with.

    Attributes:
        kb: the knowledge base.
        catalogs: its translations.
        waiting: those that wait for review.
        locales: whose message templates are compared.
        version: the product version that is compared.
        shipped: by locale and template, all translations of it in the file. Texts that are the same have one
            translation in a catalog, though a product may have several.
    """

    kb: KnowledgeBase
    catalogs: Catalogs
    waiting: WaitingTranslations
    locales: tuple[str, ...]
    version: str
    shipped: Mapping[tuple[str, str], frozenset[str]]

    def drifted(self, entry: Entry, event: ImportedEvent) -> DriftedEvent | None:
        """What an event has drifted in; None where record and file say the same."""
        record, theirs = entry.record, event.record
        differ = {field: (old, new) for field, old, new in differing(record, theirs, self.version)}
        facts = {field: (str(old or ""), str(new)) for field, (old, new) in differ.items() if field in _FACTS}
        ours = message_in(record, self.version)
        message = differ.get("message")
        syntax = self.kb.event_source(record).syntax
        parameters = dict(_parameters(record, theirs)) if "parameters" in differ else {}
        others = {field: both for field, both in differ.items() if field not in {*_FACTS, "message", "parameters"}}
        if message is None:
            moved = Moves(_moved_names(record, theirs)) if parameters else Moves()
        else:
            moved = moves(parse(ours, syntax), parse(theirs.message, syntax)) if ours else Moves()
        # A new text's translation is new anyway.
        translations = dict(self._translations(record, event, ours)) if message is None else {}
        if not differ and not translations:
            return None
        return DriftedEvent(entry, event, facts, message, moved, translations, parameters, others)

    def _translations(self, record: Record, event: ImportedEvent, ours: str) -> Iterator[tuple[str, tuple[str, str]]]:
        domain, own = record_domain(record, self.kb), self.kb.event_source(record).message_language
        # A record without a message has nothing that a translation could belong to.
        for locale in self.locales if ours else ():
            language = nearest_language(tuple(event.messages), locale, own) if locale != own else ""
            if language:
                translated = self._translated(locale, domain, Key(message_context(record), ours))
                shipped = frozenset([event.messages[language]])
                every = self.shipped.get((language, event.record.message), shipped) if event.record.message else shipped
                if not any(alike(translated, text) for text in every):
                    yield locale, (translated, event.messages[language])

    def _translated(self, locale: str, domain: str, key: Key) -> str:
        """A template's translation in the catalogs, or the one that waits for review there."""
        catalog = self.catalogs.catalog(locale, domain)
        approved = catalog.text(key.msgid, key.context)
        waits = not approved and lookup_key(key.context, key.msgid) in catalog.outdated
        return self.waiting.text(locale, domain, key) if waits else approved


def _first_of_each(events: Iterable[ImportedEvent]) -> Iterable[ImportedEvent]:
    """The events that an import takes: of one that is in the file twice, the first."""
    found: dict[Identity, ImportedEvent] = {}
    for event in events:
        found.setdefault(identity_of(event.record), event)
    return found.values()


def _shipped(imported: Imported) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for event in imported.events:
        for locale, text in event.messages.items():
            found.setdefault((locale, event.record.message), set()).add(text)
    return {key: frozenset(texts) for key, texts in found.items()}


def _parameters(record: Record, theirs: Record) -> Iterator[tuple[int, tuple[str, str]]]:
    """The insertion strings that the file names otherwise."""
    for number, parameter in theirs.parameters.items():
        own = record.parameters.get(number)
        if own is None or own.name != parameter.name:
            yield number, (own.name if own else "", parameter.name)


def _moved_names(record: Record, theirs: Record) -> dict[int, int]:
    """The insertion strings whose names have other numbers in the file, where each name is that of one."""
    before = {parameter.name: number for number, parameter in record.parameters.items()}
    after = {parameter.name: number for number, parameter in theirs.parameters.items()}
    if len(before) < len(record.parameters) or len(after) < len(theirs.parameters):
        return {}
    return {number: after[name] for name, number in before.items() if after.get(name, number) != number}
