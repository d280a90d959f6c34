"""The data of a book: what its title page, contents, articles and indexes say."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import quote

import msgspec

from kb_gen.document import Article, ArticleWriter, Fields, Section, Targets, Volume, Words, plain
from kb_gen.locales import Localizer, source_domain
from kb_gen.model import Entry, Identity, KnowledgeBase
from kb_gen.pdf.articles import (
    Elsewhere,
    Here,
    Nowhere,
    Web,
    Whereabouts,
    article_data,
    blocks_data,
    in_language,
    language_data,
    words_data,
)
from kb_gen.pdf.edition import PAPERS, Edition, date_of
from kb_gen.pdf.front_matter import FrontMatter
from kb_gen.pdf.glyphs import NOTHING_ABSENT, STAND_IN, Absent
from kb_gen.pdf.indexes import contents_line, guide, id_column, index_lines, line_text, messages, symbols
from kb_gen.pdf.names import Names
from kb_gen.pdf.texts import Data, heading_data
from kb_gen.render.surrogates import without_halves

__all__ = ["Bookbinder"]

_ENCODER = msgspec.json.Encoder()
_NO_BREAK = "\N{NO-BREAK SPACE}"
_OF_PRODUCT = frozenset({"product", "version", "log"})
"""Facts of an article that products.yml has words for."""


class _Lines(msgspec.Struct, frozen=True):
    """The lines of a volume's contents, by the articles' addresses."""

    contents: dict[str, Data] = msgspec.field(default_factory=dict)


@dataclass(frozen=True)
class Bookbinder:
    """Puts together the data of the files of one language.

    Attributes:
        kb: the knowledge base.
        localizer: its texts in that language.
        targets: every event that can be referred to.
        volumes: all volumes that there are in this language, to which others may refer.
        edition: what all files have in common.
        families: further families of fonts, by name.
    """

    kb: KnowledgeBase
    localizer: Localizer
    targets: Targets
    volumes: tuple[Volume, ...]
    edition: Edition
    families: tuple[str, ...] = ()

    @cached_property
    def writer(self) -> ArticleWriter:
        """Writes the articles."""
        return ArticleWriter(self.kb, self.localizer, self.names.named)

    @cached_property
    def names(self) -> Names:
        """What events are called."""
        return Names(self.targets)

    @cached_property
    def _front(self) -> FrontMatter:
        return FrontMatter(self.writer, self.names, self.volumes, self._outside)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What the articles of all volumes are called, by their addresses."""
        book = self.targets.book
        entries = (entry for volume in self.volumes for entry in volume.entries)
        return {book[entry.identity]: self.names.title(entry) for entry in entries}

    def bookmarks(self, volume: Volume, data: str) -> Mapping[str, str]:
        """What bookmarks say of a volume's articles: what they are called, and what the contents say of them.

        Args:
            volume: the volume.
            data: its data, as JSON.

        Returns:
            That, by what articles are called.
        """
        lines = msgspec.json.decode(data, type=_Lines).contents
        found = {}
        for entry in volume.entries:
            title = self.names.title(entry)
            said = line_text(lines.get(self.targets.book[entry.identity]))
            found[title] = title if not said or said in title else f"{title} – {said}"
        return found

    @cached_property
    def _places(self) -> Mapping[str, Volume]:
        """The volume of each article, by its address."""
        book = self.targets.book
        places = {book[entry.identity]: volume for volume in self.volumes for entry in volume.entries}
        # An address that several articles share is that of the first of them.
        for shared, identities in book.shared.items():
            first = next((book[identity] for identity in identities if book[identity] in places), None)
            if first is not None:
                places[shared] = places[first]
        return places

    def words(self) -> str:
        """The template's own words, as JSON."""
        ui = self.writer.ui
        # Numbers are written by the template, in the places that keep their names.
        page = ui("p. {page}", page="{page}")
        part = ui("Table, part {number} of {count}", number="{number}", count="{count}")
        return _json(
            {
                "page": [plain(page.inlines).replace(" ", _NO_BREAK), _language(page)],
                "part": [plain(part.inlines), _language(part)],
                "contents": self._said(ui("Contents")),
            }
        )

    def article(self, entry: Entry, absent: Absent = NOTHING_ABSENT, unset: Container[Identity] = ()) -> str:
        """The data of a file that has one article alone, as JSON.

        Args:
            entry: the article's record.
            absent: what no font has.
            unset: articles that can't be set. A notice stands in their place.
        """
        article = self._article(entry)
        data = article_data(article, self._outside)
        if article.closing:
            data["closing"] = blocks_data(article.closing, self._outside)
        return self._json(
            {
                **self._document(article.title, article.description, [article.title, article.symbolic_name]),
                "kind": "article",
                "running": self.edition.name,
                "first-page": 2,
                "events": [guide(entry, self.names.apart(entry))],
                "articles": [self._stub(article) if entry.identity in unset else self._noted(data, absent)],
            },
            absent,
        )

    def volume(self, volume: Volume, absent: Absent = NOTHING_ABSENT, unset: Container[Identity] = ()) -> str:
        """The data of a volume, as JSON.

        Args:
            volume: the volume.
            absent: what no font has.
            unset: articles that can't be set. A notice stands in their place.
        """
        where = self._inside(volume)
        articles = [(entry, self._article(entry)) for entry in volume.entries]
        written = [article for _, article in articles]
        front = self._front
        indexes = list(self._indexes(written))
        return self._json(
            {
                **self._cover(volume),
                "events": [
                    *[guide(entry, self.names.apart(entry)) for entry, _ in articles],
                    *[plain(title.inlines) for title, _ in indexes],
                ],
                "about": list(front.about(volume, written, where)),
                "id-width": id_column([entry.record.id for entry in volume.entries]),
                "contents": {article.address: contents_line(article) for article in written},
                "chapters": list(self._chapters(articles, where, absent, unset)),
                "indexes": [[self._said(title), front.index_note(volume), lines] for title, lines in indexes],
            },
            absent,
        )

    def index(self, volume: Volume, absent: Absent = NOTHING_ABSENT) -> str:
        """The data of the index of a book's volumes, as JSON.

        Args:
            volume: all of them as one.
            absent: what no font has.
        """
        written = [self._article(entry) for entry in volume.entries]
        indexes = list(self._indexes(written))
        return self._json(
            {
                **self._cover(volume),
                "events": [plain(title.inlines) for title, _ in indexes],
                "about": list(self._front.about_index(volume)),
                "id-width": 0,
                "contents": {},
                "chapters": [],
                "indexes": [
                    [
                        self._said(title),
                        "",
                        [[*line[:-1], [self._found(label) for label in line[-1]]] for line in lines],
                    ]
                    for title, lines in indexes
                ],
            },
            absent,
        )

    def _indexes(self, written: Sequence[Article]) -> Iterator[tuple[Words, list[Data]]]:
        """The indexes of articles that have entries: their titles, and their lines, which end with the addresses."""
        ui = self.writer.ui
        for title, entries in (
            (ui("Index of symbolic names"), symbols(written)),
            (ui("Index of messages"), messages(written)),
        ):
            if lines := index_lines(entries, self.localizer):
                yield title, lines

    def _found(self, address: str) -> Data:
        """In which volume an article is: its place there, what it is called, and the volume."""
        volume = self._places[address]
        words = self.writer.ui("vol. {number}", number=volume.number)
        number = in_language(plain(words.inlines).replace(" ", _NO_BREAK), words.lang)
        return ["found", f"{volume.file}#{address}", self.titles[address], number]

    def _cover(self, volume: Volume) -> dict[str, Data]:
        """What stands on a volume's title page and in the heads of its pages."""
        ui, edition, front = self.writer.ui, self.edition, self._front
        name, number = volume.title, front.number(volume)
        numbered = plain(number.inlines) if number else ""
        sources = list(dict.fromkeys([entry.record.source for entry in volume.entries]))
        date = date_of(volume.entries, edition)
        imprint = [self.writer.ui_plural("{count} event", "{count} events", len(volume.entries))]
        if date:
            imprint.append(ui("As of {date}", date=date))
        return {
            **self._document(f"{name} – {numbered}" if numbered else name, edition.description, sources),
            "kind": "volume",
            "name": in_language(name, volume.lang),
            "volume": self._said(number) if number else "",
            "range": front.range(volume),
            "imprint": [self._said(line) for line in imprint],
            "running": f"{name} · {numbered}" if numbered else name,
            "first-page": 3,
        }

    def own(self, entry: Entry) -> Data:
        """What an article says of itself: all but what it shows of its product and of other records."""
        article = self._article(entry)
        sections = [_own(section) for section in article.sections if section.anchor != "related"]
        return article_data(msgspec.structs.replace(article, sections=tuple(sections)), self._outside)

    def product(self, key: str, volume: Volume) -> Data:
        """What a volume says of a product around its articles and below them."""
        own = [entry for entry in volume.entries if entry.record.product == key]
        sources = {entry.record.source: entry for entry in own}
        described = [list(self._source(entry, self._outside)) for entry in sources.values()]
        return [described, *[blocks_data(note.blocks, self._outside) for note in self.writer.article(own[0]).closing]]

    def _article(self, entry: Entry) -> Article:
        return msgspec.structs.replace(self.writer.article(entry), title=self.names.title(entry))

    def _document(self, title: str, description: str, keywords: Sequence[str]) -> dict[str, Data]:
        edition = self.edition
        return {
            "title": title,
            "author": edition.name,
            "description": description or None,
            "keywords": [word for word in keywords if word][:50],
            "lang": language_data(self.localizer.locale.tag),
            "paper": PAPERS[edition.paper],
            "fonts": list(self.families),
        }

    def _chapters(
        self,
        articles: Sequence[tuple[Entry, Article]],
        where: Whereabouts,
        absent: Absent,
        unset: Container[Identity],
    ) -> Iterator[Data]:
        """The articles source by source."""
        for (_, source), own in groupby(articles, lambda pair: pair[0].identity[:2]):
            found = list(own)
            yield {
                "title": heading_data(source),
                "about": list(self._source(found[0][0], where)),
                "articles": [
                    self._stub(article)
                    if entry.identity in unset
                    else self._noted(article_data(article, where), absent)
                    for entry, article in found
                ],
            }

    def _stub(self, article: Article) -> Data:
        """What stands in the place of an article that can't be set."""
        said = self.writer.ui("This article could not be printed. Look it up on the website.")
        return {"label": article.address, "title": article.title, "sections": [], "notes": [self._note(said)]}

    def _noted(self, data: dict[str, Data], absent: Absent) -> Data:
        """An article; with a note, if characters are missing in it."""
        if not absent.found(data):
            return data
        said = self.writer.ui(
            "No font here has some of this article's characters. They are shown as {character}.", character=STAND_IN
        )
        return {**data, "notes": [self._note(said), *data.get("notes", [])]}

    def _json(self, data: dict[str, Data], absent: Absent) -> str:
        """Data as JSON, with a character that there is in the place of each that is absent."""
        return _json({**absent.replaced(data), "upright": absent.upright} if absent else data)

    def _source(self, entry: Entry, where: Whereabouts) -> Iterator[Data]:
        """What there is to say of a source."""
        described = self.kb.event_source(entry.record)
        product = self.kb.products.get(entry.record.product)
        path = self.kb.paths.get("products", "content/products.yml")
        if described.description:
            domain = source_domain(entry.record.source, described.address)
            about = f"description of {entry.record.source}"
            blocks = self.localizer.blocks(described.description, domain, path, about)
            yield from blocks_data(self.writer.plain_writer().blocks(blocks), where)
        facts: list[Data] = []
        if product:
            facts.append([self._said(self.writer.ui("Product")), product.name])
        if described.log:
            facts.append([self._said(self.writer.ui("Log")), self._said(self.writer.log(described.log))])
        if facts:
            yield ["facts", facts]

    def _said(self, words: Words) -> Data:
        return words_data(words, self._outside)

    def _note(self, said: Words) -> Data:
        return ["note", "", "", [["par", self._said(said)]]]

    def _inside(self, volume: Volume) -> Whereabouts:
        def where(address: str) -> Here | Elsewhere | Web | Nowhere:
            other = self._places.get(address)
            if other is None:
                return self._outside(address)
            label = self._alone(address)
            if other.file == volume.file:
                return Here(label)
            return Elsewhere(other.file, label, self.names.at(address), self._front.called(other, volume))

        return where

    def _alone(self, address: str) -> str:
        """The address of an article, for one that several share."""
        shared = self.targets.book.shared.get(address, ())
        book = self.targets.book
        return next((book[identity] for identity in shared if book[identity] in self._places), address)

    def _outside(self, address: str) -> Web | Nowhere:
        """An article that is in no file of this run."""
        base, name = self.edition.site_url, self.names.at(address)
        return Web(f"{base}{self.localizer.locale.path}/{quote(address)}/", name) if base else Nowhere(name)


def _own(section: Section) -> Section:
    """A section without what is said of the article's product."""
    blocks = [
        msgspec.structs.replace(block, fields=tuple([field for field in block.fields if field.key not in _OF_PRODUCT]))
        if isinstance(block, Fields)
        else block
        for block in section.blocks
    ]
    return msgspec.structs.replace(section, blocks=tuple(blocks))


def _language(words: Words) -> list[str]:
    """The language of words; nothing where it is the file's."""
    return language_data(words.lang) if words.lang else []


def _json(data: Data) -> str:
    try:
        return _ENCODER.encode(data).decode()
    except UnicodeEncodeError:
        return _ENCODER.encode(without_halves(data)).decode()
