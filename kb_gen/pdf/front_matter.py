"""What a volume says before its contents: how to read it, what products want said, which other volumes there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_gen.document import Article, ArticleWriter, Volume, Words, plain, product_name, whole_book
from kb_gen.locales import Language, marked
from kb_gen.pdf.articles import Whereabouts, blocks_data, in_language, words_data
from kb_gen.pdf.indexes import messages, symbols
from kb_gen.pdf.names import Names
from kb_gen.pdf.texts import Data, heading_data

__all__ = ["FrontMatter"]

_ORDER = marked("The articles follow one another by event source and event ID, as the head of each page shows.")
_INDEXES = {
    (True, True): marked(
        "The indexes at the end find articles by symbolic name, and by the first words of the message in the log."
    ),
    (True, False): marked("The index at the end finds articles by symbolic name."),
    (False, True): marked("The index at the end finds articles by the first words of the message in the log."),
}
"""What is said of a book's indexes, by whether it has one of symbolic names and one of messages."""
_PRODUCTS = marked(
    "The sources of all products stand in one order, because a log names the source and not the product. Below the "
    "name of a source stands its product."
)
_NUMBERS = marked(
    "A number such as %1 in a message stands for a value that the log shows in this place. The name behind "
    "it says what that is; a command has the name between angle brackets, to be replaced by the value."
)
_COMMANDS = marked(
    "A line of a command that is too long for the page goes on below, indented. It is to be entered as one line."
)
_INDEX = marked(
    "Behind each entry stand the events that have it, and the volume in which they are. There, they follow one another "
    "by event source and event ID."
)
_OWN_INDEX = marked("This is the index of this volume. The index of all volumes is a file of its own.")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Writes it in one language.

    Attributes:
        writer: writes the articles in that language.
        names: what events are called.
        volumes: all volumes that there are in it.
        outside: where articles are that no file has; the interface's own texts refer to none.
    """

    writer: ArticleWriter
    names: Names
    volumes: tuple[Volume, ...]
    outside: Whereabouts

    def number(self, volume: Volume) -> Words | None:
        """Which volume of its book it is; None for the only one."""
        if volume.count == 1:
            return None
        if volume.number == 0:
            return self.writer.ui("Index of all volumes")
        return self.writer.ui("Volume {number} of {count}", number=volume.number, count=volume.count)

    def called(self, volume: Volume, seen_from: Volume) -> Data:
        """How a volume is called in another."""
        title = in_language(volume.title, volume.lang)
        if volume.count == 1:
            return title
        number = self.said(self.writer.ui("volume {number}", number=volume.number))
        return number if volume.book == seen_from.book else ["span", title, ", ", number]

    def range(self, volume: Volume) -> Data:
        """From which event to which a volume goes."""
        first, last = self.names.title(volume.entries[0]), self.names.title(volume.entries[-1])
        if first == last:
            return heading_data(first)
        words = self.writer.ui("{first} to {last}", first=first, last=last)
        return in_language(heading_data(plain(words.inlines)), words.lang)

    def said(self, words: Words) -> Data:
        """Words of the interface."""
        return words_data(words, self.outside)

    def about(self, volume: Volume, articles: Sequence[Article], where: Whereabouts) -> Iterator[Data]:
        """What readers should know, and the other volumes: captions, and blocks below them.

        Args:
            volume: the volume.
            articles: its articles.
            where: where articles are that products' notices refer to.
        """
        ui, said = self.writer.ui, self.said
        yield [
            said(ui("How to read this book")),
            [["list", [[["par", note]] for note in self._notes(volume, articles)]]],
        ]
        notices = list(self._notices(volume, articles, where))
        if notices:
            yield [said(ui("Please note")), notices]
        if volume.count > 1:
            yield self._volumes(volume)

    def about_index(self, volume: Volume) -> Iterator[Data]:
        """What readers of the index of all volumes should know, and these; as `about`."""
        ui, said = self.writer.ui, self.said
        yield [said(ui("How to read this index")), [["par", said(ui(_INDEX))]]]
        yield self._volumes(volume)

    def index_note(self, volume: Volume) -> Data:
        """What stands above a volume's own indexes: where that of all volumes is; nothing for the only one."""
        if volume.count == 1:
            return ""
        return ["file", whole_book(self._book_of(volume)).file, self.said(self.writer.ui(_OWN_INDEX))]

    def _volumes(self, volume: Volume) -> Data:
        """The volumes of a book, and the index of all."""
        own = self._book_of(volume)
        lines = [self._line(other, volume) for other in (*own, whole_book(own))]
        return [self.said(self.writer.ui("The volumes")), [["list", [[["par", line]] for line in lines]]]]

    def _book_of(self, volume: Volume) -> list[Volume]:
        return [other for other in self.volumes if other.book == volume.book]

    def _notes(self, volume: Volume, articles: Sequence[Article]) -> Iterator[Data]:
        localizer, ui = self.writer.localizer, self.writer.ui
        yield self.said(ui(_ORDER))
        there = any(True for _ in symbols(articles)), any(True for _ in messages(articles))
        if there in _INDEXES:
            yield self.said(ui(_INDEXES[there]))
        if len({entry.record.product for other in self._book_of(volume) for entry in other.entries}) > 1:
            yield self.said(ui(_PRODUCTS))
        yield self.said(ui(_NUMBERS))
        yield self.said(ui(_COMMANDS))
        if not localizer.source:
            untranslated = ui(
                "A passage behind a small box with the letters of a language isn't translated and stands in that "
                "language, mostly in {language}. Where the box has a dashed border, there is a translation, but "
                "the text has changed since.",
                language=Language(localizer.source_language),
            )
            yield self.said(untranslated)

    def _notices(self, volume: Volume, articles: Sequence[Article], where: Whereabouts) -> Iterator[Data]:
        """What products say below each of their articles on the site; in a book, it is said once."""
        products = [entry.record.product for entry in volume.entries]
        closing = {key: own.closing for key, own in zip(products, articles, strict=True) if own.closing}
        for key, notes in closing.items():
            if len(set(products)) > 1:
                yield ["line", ["strong", product_name(self.writer.kb, key)]]
            for note in notes:
                yield from blocks_data(note.blocks, where)

    def _line(self, other: Volume, volume: Volume) -> Data:
        number = self.number(other)
        assert number is not None
        if other.number == 0:
            line = self.said(number)
            address = other.file
        else:
            line = ["span", self.said(number), ": ", self.range(other)]
            address = f"{other.file}#{self.writer.targets.book[other.entries[0].identity]}"
        return ["strong", line] if other.number == volume.number else ["file", address, line]
