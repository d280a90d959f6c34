"""Lines by which an article is found: in contents, in indexes and in the heads of pages.

Each is as long as its place, whatever a record says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from kb_gen.document import Article, MessageBlock, plain
from kb_gen.locales import Localizer
from kb_gen.model import Entry
from kb_gen.pdf.articles import language_data
from kb_gen.pdf.breaks import broken_if_long
from kb_gen.pdf.direction import is_from_right, is_partly_from_right
from kb_gen.pdf.texts import Data

__all__ = [
    "IndexEntry",
    "contents_line",
    "first_words",
    "guide",
    "id_column",
    "index_lines",
    "line_text",
    "messages",
    "symbols",
]

_FIRST_WORDS = 7
_LONGEST_LINE = 90
_CONTENTS_LINE = 80
_LONGEST_GUIDE = 48
_LONGEST_HEAD = 72
_SHORTEST_NAME = 10
_LONGEST_ID = 16
_SHORTEST_ID = 4
"""Digits for which the column of IDs has room in the contents."""
_DIGIT = 5.2
_GAP = 8
"""A digit's width there, and that of the space behind the column, in points."""
_NARROW = frozenset("0123456789abcdefghijklnopqrstuvxyz-_.:;,/")
_CONTENTS_WIDTH = 48
_INDEX_WIDTH = 30
"""Characters of a word that fit into their lines, however wide they are."""
_CLOSING = {"'": "'", '"': '"', "“": "”", "„": "“", "‘": "’", "«": "»", "»": "«", "(": ")", "[": "]", "<": ">"}
_VALUES = re.compile("^(?:[\\s'\"“”‘’()\\[\\]<>:–,-]*…)*[\\s”’)\\]>:–,-]*")
"""What a text begins with before its own words: values, and what encloses and follows them."""
_OTHERS = "#"
_DIGITS = "0–9"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of an index: what it is filed under, and where that is found."""

    text: str
    lang: str | None
    label: str


def index_lines(entries: Iterable[IndexEntry], localizer: Localizer) -> list[Data]:
    """The lines of an index in the order of the language, equal ones together."""
    by_text: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        by_text.setdefault(entry.text, []).append(entry)
    found = []
    for text, own in by_text.items():
        letter, key = localizer.filing(text)
        heading = _DIGITS if letter.isdigit() else letter or _OTHERS
        lang = language_data(own[0].lang) if own[0].lang else []
        line = [heading, _pieces(text, _INDEX_WIDTH), lang, [entry.label for entry in own]]
        # No heading comes twice, however letters are sorted.
        found.append(((localizer.sort_key(heading), key, localizer.sort_key(text)), line))
    return [line for _, line in sorted(found, key=itemgetter(0))]


def contents_line(article: Article) -> list[Data]:
    """A line of the contents: an ID, and what tells a reader most of what that is."""
    number = _fitting_id(article.id)
    if article.symbolic_name:
        return [number, _pieces(_within(article.symbolic_name, _CONTENTS_LINE)), []]
    if article.summary:
        lang = language_data(article.summary.lang) if article.summary.lang else []
        return [number, _pieces(_within(plain(article.summary.inlines), _CONTENTS_LINE)), lang]
    block = next(_message_blocks(article), None)
    if block is None or not (text := first_words(block)):
        return [number, _pieces(_within(article.title, _CONTENTS_LINE)), []]
    return [number, _pieces(text), language_data(block.lang) if block.lang else []]


def line_text(line: Data) -> str:
    """What a line of the contents says behind the ID; nothing where there is no line."""
    if line is None:
        return ""
    text = line[1]
    return str(text["text"]) if isinstance(text, dict) else "".join(text)


def id_column(ids: Iterable[str]) -> float:
    """How wide the column of IDs is in the contents, in points."""
    widest = max(map(_width, ids), default=0)
    return _DIGIT * max(min(_LONGEST_ID, widest), _SHORTEST_ID) + _GAP


def _fitting_id(id: str) -> str:
    """An ID, as much of it as its column holds."""
    width = _width(id)
    return id if width <= _LONGEST_ID else _within(id, _LONGEST_ID * len(id) // width - 1)


def _width(text: str) -> int:
    """How wide a text is at most, in digits."""
    return sum(1 if character in _NARROW else 2 for character in text)


def _pieces(text: str, width: int = _CONTENTS_WIDTH) -> Data:
    """A line's text, in pieces between which it may break; one that is written from the right is set by itself."""
    if is_partly_from_right(text):
        return {"text": text, "turned": is_from_right(text)}
    return list(broken_if_long(text, width))


def symbols(articles: Iterable[Article]) -> Iterator[IndexEntry]:
    """What the index of symbolic names has of articles."""
    for article in articles:
        if article.symbolic_name:
            yield IndexEntry(_within(article.symbolic_name, _LONGEST_LINE), None, article.address)


def messages(articles: Iterable[Article]) -> Iterator[IndexEntry]:
    """What the index of messages has of articles: the first words of each."""
    for article in articles:
        seen = set()
        for block in _message_blocks(article):
            text = first_words(block)
            if text and text not in seen:
                seen.add(text)
                yield IndexEntry(text, block.lang, article.address)


def _message_blocks(article: Article) -> Iterator[MessageBlock]:
    for section in article.sections:
        if section.anchor == "message":
            for block in section.blocks:
                if isinstance(block, MessageBlock):
                    yield block


def first_words(block: MessageBlock) -> str:
    """What a message begins with: by that it is looked up, so what differs from one log to another is left out."""
    text = "".join([part if isinstance(part, str) else "…" for part in block.parts])
    return _opened(_VALUES.sub("", _cut(text.split())))


def _opened(text: str) -> str:
    """A text that begins with a quotation mark or bracket only if that is closed again."""
    while text and text[0] in _CLOSING:
        rest = text[1:].lstrip()
        if _CLOSING[text[0]] in rest:
            break
        text = rest
    return text


def _cut(words: Sequence[str]) -> str:
    """The first of some words, and as much of these as a line or two hold."""
    text = " ".join(words[:_FIRST_WORDS])
    if len(text) > _LONGEST_LINE:
        return _within(text, _LONGEST_LINE)
    return f"{text} …" if len(words) > _FIRST_WORDS and not text.endswith("…") else text


def _within(text: str, most: int) -> str:
    """A text, cut behind a word where it has more characters."""
    if len(text) <= most:
        return text
    start = text[: most + 1].rpartition(" ")[0]
    return f"{start} …" if start else f"{text[:most]}…"


def guide(entry: Entry, apart: str) -> str:
    """What a page's head calls an event, in one line however long its names are.

    Args:
        entry: the event.
        apart: what tells it from others of its source and ID.
    """
    line = f"{_within(entry.record.source, _LONGEST_GUIDE)} {_fitting_id(entry.record.id)}"
    return f"{line} {_within(apart, max(_LONGEST_HEAD - len(line), _SHORTEST_NAME))}" if apart else line
