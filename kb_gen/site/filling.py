"""A locale fills the patterns of articles with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kb_gen.document import NameOf, Words, Writer, plain
from kb_gen.locales import SHARED_DOMAIN, Coverage, Passage, Slot, SlotKind, State, Unit, Value, has_slots, slot_of
from kb_gen.markup import has_markup
from kb_gen.model import Entry
from kb_gen.render.html import banner_html, escaped, lang_attribute, message_html, words_html
from kb_gen.render.text import article_text, message_text
from kb_gen.site.api import record_json, record_json_url, translation_json
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import PageParts, TocEntry
from kb_gen.site.lookup import LookupEvent, LookupTemplate, lookup_event, lookup_template
from kb_gen.site.pages import ListingRow, article_page, listing_row, neighbour_link, product_address
from kb_gen.site.patterns import BARE, Form, Pattern
from kb_gen.site.search import weight

__all__ = ["Filled", "Filler", "Said", "filled_alone"]

_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Filled:
    """An article in one locale: its page, its data and where they are, its plain text, and what others need of it."""

    parts: PageParts
    json: tuple[str, bytes]
    text: str
    row: ListingRow
    lookup: LookupEvent
    weight: float


def filled_alone(
    entry: Entry, previous: Entry | None, following: Entry | None, site: LocaleSite, context: SiteContext
) -> Filled:
    """An article that has no pattern."""
    page = article_page(entry, previous, following, site, context)
    return Filled(
        page.parts,
        record_json(page, site, context),
        article_text(page.article),
        listing_row(entry.identity, page.article),
        lookup_event(page),
        weight(page.article),
    )


class Said(Struct, frozen=True, gc=False):
    """What a slot says in a locale: as HTML, as bare text, and inside a JSON string; and how it is translated."""

    html: str
    text: str
    json: str
    state: State = State.SOURCE


class Filler:
    """Fills patterns in one locale; remembers what it says on many pages."""

    def __init__(self, site: LocaleSite, context: SiteContext) -> None:
        self.site = site
        self.context = context
        self.href = site.renderer(2).href
        self.nameless = site.writer.plain_writer()
        self._shared: dict[tuple[str, str], Said] = {}
        self._interface: dict[str | tuple[str, tuple[tuple[str, Value], ...]], tuple[Words, Said]] = {}
        self._tables: dict[tuple[tuple[TocEntry, ...], tuple[str, ...]], tuple[TocEntry, ...]] = {}

    def fill(self, pattern: Pattern, previous: Entry | None, following: Entry | None) -> Filled:
        """An article between its neighbours in the source."""
        return _Filling(self, pattern).filled(previous, following)

    def shared(self, unit: Unit) -> Said:
        """What a text says that many articles show, and that names no insertion string."""
        key = (unit.context, unit.msgid)
        said = self._shared.get(key)
        if said is None:
            said = self._shared[key] = self.said(self.site.localizer.translate(unit), self.nameless)
        return said

    def said(self, passage: Passage, writer: Writer) -> Said:
        """What a passage says; `writer` knows the insertion strings that it may name."""
        text = passage.text
        if has_markup(text) or passage.lang != self.site.tag:
            words = writer.words(passage)
            html, text = words_html(words, self.href), plain(words.inlines)
        else:
            html = escaped(text)
        return Said(html, text, _in_json(text), passage.state)

    def interface(self, msgid: str, values: tuple[tuple[str, Value], ...]) -> tuple[Words, Said]:
        """Words of the interface, and what they say."""
        key = (msgid, values) if values else msgid
        found = self._interface.get(key)
        if found is None:
            words = self.site.writer.ui(msgid, **dict(values))
            text = plain(words.inlines)
            found = self._interface[key] = words, Said(words_html(words, self.href), text, _in_json(text))
        return found

    def table(self, toc: tuple[TocEntry, ...], titles: tuple[str, ...]) -> tuple[TocEntry, ...]:
        """A table of contents with its titles, in the order of its entries."""
        found = self._tables.get((toc, titles))
        if found is None:
            found = self._tables[toc, titles] = _titled(toc, iter(titles))
        return found


class _Filling:
    """One article being filled: what its slots say, by form and number."""

    def __init__(self, filler: Filler, pattern: Pattern) -> None:
        self.filler = filler
        self.pattern = pattern
        self.localizer = filler.site.localizer
        self.writer = filler.site.writer
        self.owners: dict[int, tuple[dict[int, NameOf], Writer]] = {}
        room = len(pattern.slots) + 2
        self.values: tuple[list[str], ...] = tuple([[""] * room for _ in Form])
        self.templates: dict[int, LookupTemplate] = {}
        self.coverage = self._say()

    def _say(self) -> Coverage:
        """Find out what every slot says, and how many of those that count are translated."""
        filler, slots, counted = self.filler, self.pattern.slots, self.pattern.counted
        html, bare, text, json, _, _ = self.values
        states = []
        for number in self.pattern.wanted:
            slot = slots[number]
            unit = slot.unit
            if unit is None:
                said = self._interface(slot)
            elif slot.kind is SlotKind.TEXT:
                said = self._text(unit, slot.owner)
            elif slot.kind is SlotKind.NAME:
                said = self._name(number, unit)
            else:
                said = self._message(number, unit)
            html[number], text[number], json[number] = said.html, said.text, said.json
            if slot.kind in BARE:
                bare[number] = escaped(said.text)
            if number in counted:
                states.append(said.state)
        json[-2], json[-1] = filler.site.tag, filler.site.path
        count = states.count
        return Coverage(count(State.TRANSLATED), count(State.OUTDATED), count(State.MISSING))

    def _text(self, unit: Unit, owner: int) -> Said:
        if unit.domain == SHARED_DOMAIN and "%" not in unit.msgid:
            return self.filler.shared(unit)
        passage = self.localizer.translate(unit)
        return self.filler.said(passage, self.owner(owner)[1] if "%" in passage.text else self.filler.nameless)

    def _name(self, number: int, unit: Unit) -> Said:
        passage = self.localizer.translate(unit)
        self._in_language(number, self.writer.foreign(passage))
        # A name may not name other insertion strings: nothing would end that.
        return self.filler.said(passage, self.filler.nameless)

    def _message(self, number: int, unit: Unit) -> Said:
        passage = self.localizer.translate(unit)
        names = self.owner(0)[0]
        examples = {n: parameter.example for n, parameter in self.pattern.parameters[0].items() if parameter.example}
        syntax = self.filler.site.kb.event_source(self.pattern.page.entry.record).syntax
        block = self.writer.message(passage, syntax, names, examples)
        self._in_language(number, block.lang)
        self.templates[number] = lookup_template(block)
        return Said(message_html(block.parts), message_text(block.parts), _in_json(passage.text))

    def _in_language(self, number: int, lang: str | None) -> None:
        self.values[Form.LANG_ATTRIBUTE][number] = lang_attribute(lang)
        self.values[Form.LANG][number] = lang or self.filler.site.tag

    def _interface(self, slot: Slot) -> Said:
        if slot.kind is SlotKind.LIST:
            text = self.localizer.list([self._resolved(item) for item in slot.items])
            return Said(escaped(text), text, _in_json(text))
        return self.filler.interface(slot.msgid, self._arguments(slot))[1]

    def _arguments(self, slot: Slot) -> tuple[tuple[str, Value], ...]:
        if not slot.values:
            return ()
        return tuple(
            [(name, self._resolved(value) if isinstance(value, str) else value) for name, value in slot.values]
        )

    def _resolved(self, text: str) -> str:
        """A text whose slots are of the interface's words."""
        if not has_slots(text):
            return text
        slots = self.pattern.slots
        return "".join([self._interface(slots[slot_of(c)[0]]).text if has_slots(c) else c for c in text])

    def owner(self, number: int) -> tuple[dict[int, NameOf], Writer]:
        """What the insertion strings are called that the texts of a record may name, and a writer that knows it."""
        found = self.owners.get(number)
        if found is None:
            parameters = self.pattern.parameters[number].values()
            names = self.writer.names(
                [replace(parameter, name=self._passage(parameter.name)) for parameter in parameters]
            )
            found = self.owners[number] = names, self.writer.words(names)
        return found

    def _passage(self, passage: Passage) -> Passage:
        """What a passage with a slot says."""
        if not has_slots(passage.text):
            return passage
        unit = self.pattern.slots[slot_of(passage.text)[0]].unit
        return self.localizer.translate(unit) if unit is not None else passage

    def filled(self, previous: Entry | None, following: Entry | None) -> Filled:
        """The article, between its neighbours in the source."""
        filler, pattern, values = self.filler, self.pattern, self.values
        site, page = filler.site, self.pattern.page
        article, entry = page.article, page.entry
        if not self.coverage.complete:
            banner = self.writer.banner(self.coverage)
            values[Form.HTML][-2] = banner_html(banner, self.coverage.share, filler.href) if banner else ""
        summary = self.writer.summary(entry) if article.summary else None
        severity = (article.severity[0], self._severity(article.severity[1])) if article.severity else None
        parts = PageParts(
            locale=site.tag,
            url=page_url(site.path, article.address),
            title=page.parts.title,
            description=pattern.description.filled(values),
            body=pattern.body.filled(values),
            toc=filler.table(page.parts.toc, tuple([values[Form.TEXT][number] for number in pattern.titles])),
            previous=neighbour_link(site, previous),
            next=neighbour_link(site, following),
            edit_url=page.parts.edit_url,
            alternates=page.parts.alternates,
            active=page_url(site.path, product_address(entry.record.product)),
        )
        json = pattern.json.filled(values) + translation_json(self.coverage)
        row = ListingRow(
            identity=entry.identity,
            address=article.address,
            title=article.title,
            severity=severity,
            summary=summary,
            modified=article.modified,
            coverage=self.coverage,
        )
        lookup = LookupEvent(
            identity=entry.identity,
            address=article.address,
            severity=(severity[0], plain(severity[1].inlines)) if severity else ("", ""),
            summary=plain(summary.inlines) if summary else "",
            summary_language=(summary.lang or "") if summary else "",
            templates=tuple(dict.fromkeys(self.templates.values())),
            names=tuple(self._names()),
        )
        url = record_json_url(site.path, article.address)
        return Filled(parts, (url, json.encode()), pattern.text.filled(values), row, lookup, pattern.weight)

    def _severity(self, words: Words) -> Words:
        slot = self.pattern.slots[slot_of(plain(words.inlines))[0]]
        return self.filler.interface(slot.msgid, ())[0]

    def _names(self) -> Iterator[tuple[int | str, ...]]:
        for number, name in self.owner(0)[0].items():
            yield (number, name.name, name.lang) if name.lang else (number, name.name)


def _in_json(text: str) -> str:
    """A text as it stands between the quotation marks of a JSON string."""
    return _ENCODER.encode(text)[1:-1].decode()


def _titled(toc: tuple[TocEntry, ...], titles: Iterator[str]) -> tuple[TocEntry, ...]:
    """A table of contents with titles in the order in which its entries are read."""
    return tuple([TocEntry(next(titles), entry.anchor, entry.level, _titled(entry.children, titles)) for entry in toc])
