"""Events of a file merged into the records of a project: what is new is added, what is missing is filled in.

Nothing is written here. What authors wrote stays: a fact that a record has otherwise is told, and replaced only where
its field was named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.importers.collisions import colliding_events, colliding_sources
from kb_gen.importers.comparing import differing, shortened, told_difference
from kb_gen.importers.imported import Imported, ImportedEvent
from kb_gen.importers.matching import Certainty, Match, Matching, identity_of, without_version
from kb_gen.importers.products import with_sources
from kb_gen.importers.reports import EventReport, FileChange, Merge, Outcome
from kb_gen.importers.sources import nearest_language
from kb_gen.importers.versions import variant_of
from kb_gen.load import (
    Loaded,
    Written,
    bytes_like,
    canonical_id,
    is_source_name,
    record_text,
    text_of,
    with_field,
    with_item,
    with_value,
    written_data,
)
from kb_gen.model import (
    Entry,
    EventSource,
    Identity,
    KnowledgeBase,
    Product,
    Record,
    Variant,
    order_of,
    slug,
    source_address,
)
from kb_gen.validate.control_character import unwanted_character

__all__ = ["Target", "merge"]


class Target(Struct, frozen=True):
    """What events are merged into.

    Attributes:
        product: the product's key.
        product_name: its name, if it is new.
        version: the product version that the file belongs to; may be empty.
        overwrite: the fields whose values give way to those of the file.
        locales: the BCP 47 tags of the languages that translations are taken into.
    """

    product: str
    product_name: str = ""
    version: str = ""
    overwrite: frozenset[str] = frozenset()
    locales: tuple[str, ...] = ()


def merge(loaded: Loaded, imported: Imported, target: Target) -> Merge:
    """What becomes of events, and of the files of the content folder.

    Args:
        loaded: the project, which has no errors.
        imported: the events; each has a source.
        target: what they are merged into.
    """
    if not imported.events:
        return Merge({}, (), (), loaded.knowledge_base)
    if collisions := tuple(colliding_sources(imported, loaded.knowledge_base)):
        nowhere = (None,) * len(imported.events)
        return Merge({}, (), nowhere, loaded.knowledge_base, diagnostics=collisions)
    return _Merging(loaded, without_version(imported, target.version), target).merge()


class _Merging:
    """One merge, while it is worked out."""

    def __init__(self, loaded: Loaded, imported: Imported, target: Target) -> None:
        self._loaded = loaded
        self._imported = imported
        self._target = target
        self._kb = loaded.knowledge_base
        self._matching = Matching(self._kb.entries, (event.record for event in imported.events))
        self._entries = {(entry.path, entry.index): entry for entry in self._kb.entries}
        self._taken = {entry.path.casefold() for entry in self._kb.entries}
        self._folders = {
            entry.record.source: entry.path.rpartition("/")[0]
            for entry in self._kb.entries
            if entry.record.product == target.product and entry.path.count("/") == loaded.content.count("/") + 3
        }
        self._new: dict[str, bytes] = {}
        self._before: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._contexts = frozenset(_ambiguous(imported, self._kb, target))
        self._seen: dict[Identity, Record] = {}
        # Where the record of each event is, in their order.
        self._places: list[tuple[str, int | None] | None] = []

    def merge(self) -> Merge:
        """All of it."""
        target, root = self._target, self._loaded.root
        name = target.product_name or target.product
        own = dict.fromkeys(event.record.version for event in self._imported.events if event.record.version)
        named = self._imported.versions
        versions = {version: named.get(version) or f"{name} {version}" for version in (target.version, *own) if version}
        product = Product(name, versions)
        known = {event.record.source for event in self._imported.events}
        sources = {name: source for name, source in self._imported.sources.items() if name in known}
        path = f"{self._loaded.content}/products.yml"
        shared = with_sources(root, path, self._kb, product, target.product, sources, tuple(versions))
        self._kb = msgspec.structs.replace(
            self._kb, products=shared.products, paths={**self._kb.paths, "products": path}
        )
        reports = tuple([self._event(event) for event in self._imported.events])
        changes = {path: shared.change} if shared.change else {}
        for changed, text in self._texts.items():
            before = self._before[changed]
            after = bytes_like(before, text)
            if after != before:
                changes[changed] = FileChange(before, after)
        changes |= {new: FileChange(None, data) for new, data in self._new.items()}
        entries = sorted(self._entries.values(), key=lambda entry: order_of(entry.identity, entry.path, entry.index))
        kb = msgspec.structs.replace(self._kb, entries=tuple(entries))
        found = [self._entries.get(place) if place else None for place in self._places]
        new = {report.path: report.place for report in reports if report.outcome is Outcome.ADDED}
        diagnostics = (*shared.diagnostics, *(colliding_events(self._loaded, kb, new) if new else ()))
        diagnostics = (*diagnostics, *_without_message(self._imported, found, kb))
        return Merge(changes, reports, tuple(found), kb, shared.told, diagnostics)

    def _event(self, event: ImportedEvent) -> EventReport:
        record = event.record
        problem = _problem(record)
        if not problem:
            known = self._seen.setdefault(identity_of(record), record)
            if known is not record:
                same = "says the same" if known == record else "is another one"
                problem = f"the file has this event twice; the second {same}, and the first is taken"
        if problem:
            return self._report(event, Outcome.SKIPPED, reasons=(problem,))
        match = self._matching.find(record)
        if match.certainty is Certainty.NEW:
            return self._add(event)
        if match.entry is None or match.certainty is Certainty.AMBIGUOUS:
            there = ", ".join(sorted(entry.path for entry in match.others))
            reason = f"it could be any of several records ({there}); give it a symbolic name or version"
            return self._report(event, Outcome.SKIPPED, reasons=(reason,))
        return self._amend(event, match)

    def _add(self, event: ImportedEvent) -> EventReport:
        record = event.record
        path = self._new_path(record)
        if not path:
            reason = "every file name that this record may have is taken; see what lies there"
            return self._report(event, Outcome.SKIPPED, reasons=(reason,))
        if identity_of(record) in self._contexts:
            record = msgspec.structs.replace(record, context=record.context or record.symbolic_name or record.id)
        if not record.version and self._target.version:
            record = msgspec.structs.replace(record, version=self._target.version)
        self._taken.add(path.casefold())
        self._new[path] = record_text(record, (*event.notes, *_left_messages(event))).encode()
        self._entries[path, None] = Entry(record, path)
        return self._report(event, Outcome.ADDED, path)

    def _new_path(self, record: Record) -> str:
        """The file of a new record, as `kb-gen new` names it, with the symbol where others share its ID."""
        address = self._kb.event_source(record).address
        folder = self._folders.get(record.source) or (
            f"{self._loaded.content}/{slug(record.product)}/{source_address(record.source, address)}"
        )
        parts = [(), (record.version,), (record.symbolic_name,), (record.symbolic_name, record.version)]
        if self._matching.sharing(record) > 1:
            parts = [parts[2], parts[3], parts[1], parts[0]]
        for more in parts:
            name = slug("-".join((record.id, *(part for part in more if part))))
            path = f"{folder}/{name}.yml"
            if path.casefold() not in self._taken and not (self._loaded.root / path).exists():
                return path
        return ""

    def _amend(self, event: ImportedEvent, match: Match) -> EventReport:
        """A record that is there, with what it lacks."""
        assert match.entry is not None
        entry = self._entries[match.entry.path, match.entry.index]
        record, fresh = entry.record, event.record
        where: tuple[str | int, ...] = () if entry.index is None else (entry.index,)
        changed: list[str] = []
        reasons: list[str] = []
        if match.certainty is Certainty.RENUMBERED:
            reasons.append(
                f"the record's ID is {record.id}, in the file {record.symbolic_name} has {fresh.id}; the record keeps "
                "its own: correct its `id` if the product logs the other one"
            )
        result = record
        for field, old, new in differing(record, fresh, self._target.version):
            if field == "message" and old and self._belongs_to_another(record):
                done = self._variant(entry.path, where, result, new)
                if isinstance(done, str):
                    reasons.append(done)
                else:
                    changed.append("variants")
                    result = done
                continue
            if old and field not in self._target.overwrite:
                reasons.append(_difference(field, old, new, match))
                continue
            value = written_data(fresh)[field]
            if self._put(entry.path, where, field, value, old):
                changed.append(field)
                result = msgspec.structs.replace(result, **{field: new})
            else:
                reasons.append(f"`{field}` can't be put into the file without changing how it is written")
        if changed:
            self._entries[entry.path, entry.index] = Entry(result, entry.path, entry.index)
        outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
        outcome = Outcome.DIFFERS if reasons else outcome
        return self._report(event, outcome, entry.path, tuple(changed), tuple(reasons), entry.index)

    def _put(self, path: str, where: tuple[str | int, ...], field: str, value: Written, old: object) -> bool:
        """Whether a field has been put into a file's text, in place of an old value if there is one."""
        text = self._text(path)
        if old:
            fresh = with_value(text, (*where, field), value)
        else:
            fresh = with_field(text, where, field, value, Record.__struct_fields__)
        if fresh is not None:
            self._texts[path] = fresh
        return fresh is not None

    def _belongs_to_another(self, record: Record) -> bool:
        """Whether a record's own message is another version's, or any version's, and a variant has the file's."""
        version = self._target.version
        return bool(version) and (record.version != version or variant_of(record, version) is not None)

    def _variant(self, path: str, where: tuple[str | int, ...], record: Record, message: str) -> Record | str:
        """A record that has another message in the version that the file is of; or why it can't have it."""
        version = self._target.version
        text, fresh = self._text(path), Variant(version, message)
        known = variant_of(record, version)
        if known is not None:
            at, old = known
            if "message" not in self._target.overwrite:
                return told_difference("the message of that version", old.message, message)
            amended = with_value(text, (*where, "variants", at, "message"), message)
            variants = (*record.variants[:at], fresh, *record.variants[at + 1 :])
        else:
            item = written_data(fresh)
            amended = (
                with_item(text, (*where, "variants"), item)
                if record.variants
                else with_field(text, where, "variants", [item], Record.__struct_fields__)
            )
            variants = (*record.variants, fresh)
        if amended is None:
            return "a variant can't be put into the file without changing how it is written"
        self._texts[path] = amended
        return msgspec.structs.replace(record, variants=variants)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._before[path] = (self._loaded.root / path).read_bytes()
            self._texts[path] = text_of(self._before[path])
        return self._texts[path]

    def _report(
        self,
        event: ImportedEvent,
        outcome: Outcome,
        path: str = "",
        changed: tuple[str, ...] = (),
        reasons: tuple[str, ...] = (),
        index: int | None = None,
    ) -> EventReport:
        record = event.record
        self._places.append((path, index) if path else None)
        return EventReport(outcome, record.source, record.id, record.symbolic_name, event.place, path, changed, reasons)


def _ambiguous(imported: Imported, kb: KnowledgeBase, target: Target) -> Iterator[Identity]:
    """The events whose translations need a context: a like message before them has another translation."""
    first: dict[tuple[str, str, str], str] = {}
    for event in imported.events:
        record = event.record
        product = kb.products.get(record.product)
        known = product.sources.get(record.source) if product else None
        own = known or imported.sources.get(record.source) or EventSource()
        for tag in target.locales:
            language = nearest_language(tuple(event.messages), tag, own.message_language)
            if not language or not record.message:
                continue
            text = event.messages[language]
            if first.setdefault((record.source, record.message, tag), text) != text:
                yield identity_of(record)


def _left_messages(event: ImportedEvent) -> Iterator[str]:
    """Notes with the texts of an event whose record has no message, since nothing else may hold them."""
    if not event.record.message:
        yield from (f"The message in {tag}: “{' '.join(text.split())}”" for tag, text in event.messages.items())


def _without_message(imported: Imported, entries: Sequence[Entry | None], kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A finding for each source of whose events some have a text, but none that their records could have."""
    lacking: dict[str, list[ImportedEvent]] = {}
    for event, entry in zip(imported.events, entries, strict=True):
        if event.messages and entry and not entry.record.message:
            lacking.setdefault(event.record.source, []).append(event)
    for source, events in lacking.items():
        first = events[0]
        own = kb.event_source(first.record).message_language
        tags = ", ".join(dict.fromkeys(tag for event in events for tag in event.messages))
        several = f"{len(events)} events of `{source}`, the first {first.record.id}, have"
        have = several if len(events) > 1 else f"event {first.record.id} of `{source}` has"
        end = "their records have" if len(events) > 1 else "its record has"
        quoted = shortened(next(iter(first.messages.values())))
        yield warning(
            "import-other-language",
            f"{have} a text in {tags}, {quoted}, but none in {own}, the language of the source's messages: "
            f"{end} no message",
            first.place_of(next(iter(first.messages))),
            f"import the file together with the one that has them in {own}, or write the messages; if the source's "
            "messages aren't in that language, set its `message_language` in products.yml",
        )


def _problem(record: Record) -> str:
    """Why an event can't have a record, if so."""
    if canonical_id(record.id) != record.id:
        return f"`{record.id}` is no event ID"
    if not is_source_name(record.source):
        return f"`{record.source}` is no name of an event source"
    try:
        msgspec.json.encode(record)
    except UnicodeEncodeError:
        return "its texts hold half of a surrogate pair, which no file can"
    odd = unwanted_character(record.message)
    return f"its message holds the invisible character {odd}, which no text of a record may" if odd else ""


def _difference(field: str, old: Any, new: Any, match: Match) -> str:  # noqa: ANN401 - any field's value
    if field == "symbolic_name" and match.certainty is Certainty.RENAMED:
        return f"the record's symbol is {old}, the file's is {new}"
    return told_difference(f"`{field}`", old, new)
