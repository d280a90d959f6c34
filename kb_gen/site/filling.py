"""A locale fills the patterns of articles with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kb_gen.document import NameOf, Words, Writer, plain
from kb_gen.locales import (
    LOCALE_PATH,
    LOCALE_TAG,
    Coverage,
    Passage,
    Slot,
    SlotKind,
    State,
    Unit,
    Value,
    has_slots,
    in_language,
    language_of,
)
from kb_gen.markup import has_markup
from kb_gen.messages.recognition import TemplateParts
from kb_gen.model import Entry
from kb_gen.render.html import (
    banner_html,
    escaped,
    lang_attribute,
    message_html,
    own_language_html,
    render_texts,
    words_html,
)
from kb_gen.render.text import article_text, message_text
from kb_gen.site.api import record_json, record_json_url, translation_json
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import PageParts, TocEntry
from kb_gen.site.lookup import LookupEvent, lookup_event, lookup_template
from kb_gen.site.pages import ListingRow, article_page, listing_row, neighbour_link, product_address
from kb_gen.site.patterns import BANNER, EncodedTemplate, Pattern, Template
from kb_gen.site.search import weight

__all__ = ["Filled", "Filler", "Said", "filled_alone"]

_DELETE = b"\x7f"
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
        article_text(page.article) if context.search != "none" else "",
        listing_row(entry.identity, page.article),
        lookup_event(page),
        weight(page.article),
    )


class Said(Struct, frozen=True, gc=False):
    """What a slot says in a locale: as HTML, as bare text, and inside a JSON string; and how it is translated."""

    html: str
    text: str
    json: bytes
    state: State = State.SOURCE


class Filler:
    """Fills patterns in one locale; remembers what it says on many pages.

    What slots say is kept by their characters, as it stands in each kind of template. An article's own replace those
    of the article that was filled before; so a template may have only slots that its pattern names.
    """

    def __init__(self, site: LocaleSite, context: SiteContext) -> None:
        self.site = site
        self.context = context
        self.tag = site.tag
        self.href = site.renderer(2).href
        self.nameless = site.writer.plain_writer()
        self.html: dict[str, str] = {}
        self.text: dict[str, str] = {}
        self.json: dict[str, bytes] = {LOCALE_TAG: site.tag.encode(), LOCALE_PATH: site.path.encode()}
        self.states: dict[str, State] = {}
        self._known = 0
        self._tables: dict[tuple[tuple[TocEntry, ...], tuple[str, ...]], tuple[TocEntry, ...]] = {}

    def fill(self, pattern: Pattern, previous: Entry | None, following: Entry | None) -> Filled:
        """An article between its neighbours in the source."""
        self._learn()
        return _Filling(self, pattern).filled(previous, following)

    def _learn(self) -> None:
        """Find out what those slots say that articles share, as far as it isn't known."""
        shared = self.context.slots.shared
        if len(shared) > self._known:
            for character, slot in list(shared.items())[self._known :]:
                if slot.unit is None:
                    said = self.interface(slot.msgid, ())
                else:
                    said = self.said(self.site.localizer.translate(slot.unit), self.nameless)
                self.set(character, said, bare=slot.kind is SlotKind.LABEL)
            self._known = len(shared)

    def set(self, character: str, said: Said, bare: bool) -> None:
        """Let a slot say something; `bare` where it is text in HTML, too."""
        self.html[character] = escaped(said.text) if bare else said.html
        self.text[character] = said.text
        self.json[character] = said.json
        self.states[character] = said.state

    def said(self, passage: Passage, writer: Writer) -> Said:
        """What a passage says; `writer` knows the insertion strings that it may name."""
        text = passage.text
        if passage.lang != self.tag or has_markup(text):
            words = writer.words(passage)
            html, text = words_html(words, self.href), plain(words.inlines)
        else:
            html = escaped(text)
        return Said(html, text, _in_json(text), passage.state)

    def interface(self, msgid: str, values: tuple[tuple[str, Value], ...]) -> Said:
        """What words of the interface say."""
        words = self.site.writer.ui(msgid, **dict(values))
        text = plain(words.inlines)
        return Said(words_html(words, self.href), text, _in_json(text))

    def table(self, toc: tuple[TocEntry, ...], titles: tuple[str, ...]) -> tuple[TocEntry, ...]:
        """A table of contents with its titles, in the order of its entries."""
        found = self._tables.get((toc, titles))
        if found is None:
            found = self._tables[toc, titles] = _titled(toc, iter(titles))
        return found


class _Filling:
    """One article being filled."""

    def __init__(self, filler: Filler, pattern: Pattern) -> None:
        self.filler = filler
        self.pattern = pattern
        self.localizer = filler.site.localizer
        self.writer = filler.site.writer
        self.owners: dict[int, tuple[dict[int, NameOf], Writer]] = {}
        self.templates: list[TemplateParts] = []
        self.coverage = self._say()

    def _say(self) -> Coverage:
        """Find out what the article's own slots say, and how many passages are translated."""
        filler = self.filler
        self._say_texts(*self.pattern.texts)
        for character, slot in self.pattern.wanted:
            unit = slot.unit
            if unit is None:
                filler.set(character, self._interface(slot), bare=slot.kind is not SlotKind.WORDS)
            elif slot.kind is SlotKind.TEXT:
                filler.set(character, self._text(unit, slot.owner), bare=False)
            elif slot.kind is SlotKind.NAME:
                self._name(character, unit)
            else:
                self._message(character, unit)
        count = [filler.states[character] for character in self.pattern.counted].count
        return Coverage(count(State.TRANSLATED), count(State.OUTDATED), count(State.MISSING))

    def _say_texts(self, characters: Sequence[str], units: Sequence[Unit]) -> None:
        """Find out what the texts of the article's record say."""
        filler = self.filler
        passages = self.localizer.texts(units)
        texts = [passage.text for passage in passages]
        writer = self.owner(0)[1] if "%" in "".join(texts) else filler.nameless
        html, texts = render_texts(texts, writer, filler.href)
        for place, passage in enumerate(passages):
            if passage.lang != filler.tag:
                html[place] = own_language_html(writer.shown(passage, ()), html[place], filler.href)
        filler.html.update(zip(characters, html, strict=True))
        filler.text.update(zip(characters, texts, strict=True))
        filler.json.update(zip(characters, _all_in_json(texts), strict=True))
        filler.states.update(zip(characters, [passage.state for passage in passages], strict=True))

    def _text(self, unit: Unit, owner: int) -> Said:
        passage = self.localizer.translate(unit)
        return self.filler.said(passage, self.owner(owner)[1] if "%" in passage.text else self.filler.nameless)

    def _name(self, character: str, unit: Unit) -> None:
        passage = self.localizer.translate(unit)
        # A name may not name other insertion strings: nothing would end that.
        said = self.filler.said(passage, self.filler.nameless)
        self.filler.set(character, said, bare=True)
        self._in_language(character, self.writer.foreign(passage), said.html)

    def _message(self, character: str, unit: Unit) -> None:
        passage = self.localizer.translate(unit)
        names = self.owner(0)[0]
        examples = {n: parameter.example for n, parameter in self.pattern.parameters[0].items() if parameter.example}
        syntax = self.filler.site.kb.event_source(self.pattern.page.entry.record).syntax
        block = self.writer.message(passage, syntax, names, examples)
        html = message_html(block.parts)
        self.filler.set(character, Said(html, message_text(block.parts), _in_json(passage.text)), bare=False)
        self._in_language(character, block.lang, html)
        self.templates.append(lookup_template(block))

    def _in_language(self, character: str, lang: str | None, html: str) -> None:
        """What stands where a language is named: in an attribute, or around `html`."""
        language = language_of(character)
        self.filler.html[language] = lang_attribute(lang)
        self.filler.json[language] = (lang or self.filler.site.tag).encode()
        self.filler.html[in_language(language)] = html

    def _interface(self, slot: Slot) -> Said:
        if slot.kind is SlotKind.LIST:
            text = self.localizer.list([self._resolved(item) for item in slot.items])
            return Said(escaped(text), text, _in_json(text))
        return self.filler.interface(slot.msgid, self._arguments(slot))

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
        return "".join([self._spoken(character) for character in text])

    def _spoken(self, character: str) -> str:
        slot = self.pattern.slots.get(character)
        return self._interface(slot).text if slot else self.filler.text.get(character, character)

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
        slot = self.pattern.slots.get(passage.text)
        return self.localizer.translate(slot.unit) if slot and slot.unit else passage

    def filled(self, previous: Entry | None, following: Entry | None) -> Filled:
        """The article, between its neighbours in the source."""
        filler, pattern = self.filler, self.pattern
        site, page = filler.site, pattern.page
        article, entry = page.article, page.entry
        banner = self.writer.banner(self.coverage)
        filler.html[BANNER] = banner_html(banner, self.coverage.share, filler.href) if banner else ""
        summary = self._summary(article.summary) if article.summary else None
        severity = entry.record.severity
        level = (severity.value, self.writer.severity(severity)) if severity else None
        parts = PageParts(
            locale=site.tag,
            url=page_url(site.path, article.address),
            title=page.parts.title,
            description=_filled(pattern.description, filler.text),
            body=_filled(pattern.body, filler.html),
            toc=filler.table(page.parts.toc, tuple([filler.text[title] for title in pattern.titles])),
            previous=neighbour_link(site, previous),
            next=neighbour_link(site, following),
            edit_url=page.parts.edit_url,
            alternates=page.parts.alternates,
            active=page_url(site.path, product_address(entry.record.product)),
        )
        json = _filled_in_bytes(pattern.json, filler.json) + translation_json(self.coverage)
        row = ListingRow(
            identity=entry.identity,
            address=article.address,
            title=article.title,
            severity=level,
            summary=summary,
            modified=article.modified,
            coverage=self.coverage,
        )
        lookup = LookupEvent(
            identity=entry.identity,
            address=article.address,
            severity=(level[0], plain(level[1].inlines)) if level else ("", ""),
            summary=plain(summary.inlines) if summary else "",
            summary_language=(summary.lang or "") if summary else "",
            templates=tuple(dict.fromkeys(self.templates)),
            names=tuple(self._names()),
        )
        url = record_json_url(site.path, article.address)
        return Filled(parts, (url, json), _filled(pattern.text, filler.text), row, lookup, pattern.weight)

    def _summary(self, words: Words) -> Words | None:
        slot = self.pattern.slots.get(plain(words.inlines))
        # One that is only an insertion string has the slot of that one's name.
        if slot is None or slot.unit is None or slot.kind is not SlotKind.TEXT:
            return self.writer.summary(self.pattern.page.entry)
        return self.owner(slot.owner)[1].words(self.localizer.translate(slot.unit))

    def _names(self) -> Iterator[tuple[int | str, ...]]:
        for number, name in self.owner(0)[0].items():
            yield (number, name.name, name.lang) if name.lang else (number, name.name)


def _filled(template: Template, values: Mapping[str, str]) -> str:
    """A template's text with `values` in the places of its slots."""
    pieces = list(template)
    pieces[1::2] = [values[slot] for slot in template[1::2]]
    return "".join(pieces)


def _filled_in_bytes(template: EncodedTemplate, values: Mapping[str, bytes]) -> bytes:
    """The same for a template in UTF-8."""
    pieces = list(template.pieces)
    pieces[1::2] = [values[slot] for slot in template.slots]
    return b"".join(pieces)


def _in_json(text: str) -> bytes:
    """A text as it stands between the quotation marks of a JSON string."""
    return _ENCODER.encode(text)[1:-1]


def _all_in_json(texts: Sequence[str]) -> list[bytes]:
    """Texts as they stand between the quotation marks of JSON strings."""
    # JSON leaves this character as it is.
    encoded = _in_json(_DELETE.decode().join(texts)).split(_DELETE)
    return encoded if len(encoded) == len(texts) else [*map(_in_json, texts)]


def _titled(toc: tuple[TocEntry, ...], titles: Iterator[str]) -> tuple[TocEntry, ...]:
    """A table of contents with titles in the order in which its entries are read."""
    return tuple([TocEntry(next(titles), entry.anchor, entry.level, _titled(entry.children, titles)) for entry in toc])
