"""Articles as data for the template: lists, numbers and texts that JSON can hold.

No text in it is ever read as Typst's markup, so that a record can't do more in a book than be read. A list begins with
the word for its kind, by which `template/blocks.typ` sets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kb_gen.document import (
    Article,
    ArticleLink,
    Block,
    Chip,
    Code,
    CodeBlock,
    CommandBlock,
    Emphasis,
    ExternalLink,
    Fields,
    Inline,
    ItemList,
    Legend,
    LegendEntry,
    LinkItem,
    LinkList,
    MessageBlock,
    Note,
    Paragraph,
    ParameterName,
    Section,
    Strong,
    Table,
    Text,
    Words,
    plain,
)
from kb_gen.locales import State
from kb_gen.pdf.breaks import address_parts, line_pieces, tabs_as_columns
from kb_gen.pdf.direction import is_from_right
from kb_gen.pdf.levels import within_levels
from kb_gen.pdf.tables import column_parts
from kb_gen.pdf.texts import NARROW_WORD, Data, code_data, heading_data, prose_data, text_data

__all__ = [
    "Elsewhere",
    "Here",
    "Nowhere",
    "Web",
    "Whereabouts",
    "article_data",
    "blocks_data",
    "in_language",
    "language_data",
    "words_data",
]


class Here(NamedTuple):
    """An article of the same file."""

    label: str


class Elsewhere(NamedTuple):
    """An article of another volume: its file, its place there, its name, and what readers call that volume."""

    file: str
    label: str
    name: str
    volume: Data


class Web(NamedTuple):
    """An article that is in no file of this run: its page, and what the article is called."""

    url: str
    name: str


class Nowhere(NamedTuple):
    """An article that can't be reached from here: what it is called."""

    name: str


Whereabouts = Callable[[str], Here | Elsewhere | Web | Nowhere]
"""Where the article at an address is, as seen from the file that is made."""

_DETAILS = "details"
_SHOWN_ABOVE = frozenset({"id", "source", "severity", "symbolic_name"})
"""Facts that an article's head shows by themselves."""

_FIRST_CHIP = 0x100000
_CHIPS = re.compile("([\U00100000-\U0010ffff])")
_LONGER = 36
_LINE = 80
"""Characters that fit into a line nearly everywhere. To look for hyphens in them takes a third of the time."""
_TAB = "\u2003"
"""Stands for a tab in a message: fonts have none. As wide as the letters are high."""
_WHOLE_EXAMPLE = 60
"""Characters that have room in a line of their own, where an example may be the value of a parameter."""
_NAME = re.compile(r"(?=.{1,44}\Z)[^.,:;!?]+ \S*\d\S*")
"""Source and ID of an event, which are kept in one line: what a line ends with might be taken for a source's name."""
_MARKS = {State.MISSING: "missing", State.OUTDATED: "outdated"}


def article_data(article: Article, where: Whereabouts) -> dict[str, Data]:
    """An article with all that its page shows, but for its closing notes.

    Args:
        article: the article.
        where: where other articles are.
    """
    data: dict[str, Data] = {
        "label": article.address,
        "source": article.source,
        "id": article.id,
        "title": heading_data(article.title),
        "sections": [_section(section, where) for section in article.sections if section.anchor != _DETAILS],
    }
    facts = [
        [words_data(field.label, where), words_data(field.value, where)]
        for section in article.sections
        if section.anchor == _DETAILS
        for block in section.blocks
        if isinstance(block, Fields)
        for field in block.fields
        if field.key not in _SHOWN_ABOVE
    ]
    if facts:
        data["facts"] = facts
    if article.symbolic_name:
        data["symbol"] = text_data(article.symbolic_name)
    if article.severity:
        key, word = article.severity
        data["severity"] = [key, words_data(word, where)]
    if article.modified_label:
        data["modified"] = words_data(article.modified_label, where)
    if article.banner:
        data["banner"] = words_data(article.banner, where)
    if article.summary:
        data["summary"] = turned(words_data(article.summary, where), plain(article.summary.inlines))
    if article.notes:
        data["notes"] = blocks_data(article.notes, where)
    return data


def _section(section: Section, where: Whereabouts) -> Data:
    inner = [_section(inner, where) for inner in section.sections]
    return [words_data(section.title, where), blocks_data(section.blocks, where), inner]


def words_data(words: Words, where: Whereabouts) -> Data:
    """A unit's inlines; with their language where it isn't the article's, and a mark where nobody has translated it."""
    inlines = _inlines(words.inlines, where)
    if words.lang is None:
        return inlines
    data: dict[str, Data] = {"words": inlines, "lang": language_data(words.lang)}
    if mark := _mark(words):
        data["mark"], data["tag"] = mark
    if words.remark:
        data["remark"] = plain(words.remark.inlines)
    return data


def _mark(words: Words) -> tuple[str, str] | None:
    """What a passage that isn't translated is marked with: how, and with which language."""
    mark = _MARKS.get(words.state)
    return (mark, words.lang.partition("-")[0].upper()) if mark and words.lang else None


def language_data(tag: str) -> list[str]:
    """A BCP 47 tag as Typst takes it: a language, and a region where there is one."""
    language, *others = tag.split("-")
    region = next((part for part in others if len(part) == 2 and part.isalpha()), "")
    if not region and "Hant" in others:
        region = "TW"
    return [language.lower(), region.upper()] if region else [language.lower()]


def _inlines(inlines: tuple[Inline, ...], where: Whereabouts) -> Data:
    # Most are one text.
    if len(inlines) == 1:
        return _inline(inlines[0], where)
    return ["span", *[_inline(inline, where) for inline in inlines]]


def _inline(inline: Inline, where: Whereabouts) -> Data:
    if isinstance(inline, Text):
        return prose_data(inline.text)
    if isinstance(inline, Code):
        return code_data(inline.text)
    if isinstance(inline, Strong):
        return ["strong", _inlines(inline.children, where)]
    if isinstance(inline, ParameterName):
        return ["name", in_language(text_data(inline.name), inline.lang)]
    if isinstance(inline, Emphasis):
        return ["emph", _inlines(inline.children, where)]
    if isinstance(inline, ArticleLink):
        text = plain(inline.children)
        whole = _NAME.fullmatch(text) is not None
        return _reference(inline.address, text, _name(text) if whole else _inlines(inline.children, where), where)
    if isinstance(inline, ExternalLink):
        return _external(inline.href, plain(inline.children), _inlines(inline.children, where))
    return ["break"]


def _external(href: str, text: str, children: Data) -> Data:
    """A link out of the book, with its address, unless its text says that: on paper, there is nothing to click on."""
    address = _address(href, text)
    return ["address", href, children, *address_parts(address)] if address else ["link", href, children]


def _address(href: str, text: str) -> str:
    """The address of a link as it is printed behind its text; nothing where that says it."""
    address = href.removeprefix("mailto:")
    return "" if text in {href, address} else address


def _printed(inlines: Iterable[Inline]) -> str:
    """What is read of inlines on paper."""
    parts = []
    for inline in inlines:
        if isinstance(inline, ExternalLink):
            text = plain(inline.children)
            parts.append(f"{text} {_address(inline.href, text)}".rstrip())
        elif isinstance(inline, (Strong, Emphasis)):
            parts.append(_printed(inline.children))
        else:
            parts.append(plain((inline,)))
    return "".join(parts)


def _reference(address: str, text: str, children: Data, where: Whereabouts) -> Data:
    """A reference to an article, by whose name it is found in another file: so that is printed, unless the text has it.

    Args:
        address: the article's.
        text: what the reference says.
        children: the same, as data.
        where: where articles are.
    """
    place = where(address)
    if isinstance(place, Here):
        return ["see", place.label, children]
    named = [] if place.name in text else [_name(place.name)]
    if isinstance(place, Elsewhere):
        said = ["span", *named, ", ", place.volume] if named else place.volume
        return ["volume", f"{place.file}#{place.label}", said, children]
    reference = ["link", place.url, children] if isinstance(place, Web) else ["emph", children]
    return ["span", reference, " (", *named, ")"] if named else reference


def _name(name: str) -> Data:
    """What an event is called, in one line if it has room there."""
    return ["whole", name] if _NAME.fullmatch(name) else text_data(name)


def in_language(data: Data, lang: str | None) -> Data:
    """A text with its language where that isn't the file's."""
    return {"words": data, "lang": language_data(lang)} if lang else data


def blocks_data(blocks: Iterable[Block], where: Whereabouts) -> list[Data]:
    """Blocks, one below the other."""
    return _each(within_levels(blocks), where)


def _each(blocks: Iterable[Block], where: Whereabouts) -> list[Data]:
    return [_FUNCTIONS[type(block)](block, where) for block in blocks]


def _paragraph(block: Paragraph, where: Whereabouts) -> Data:
    text = _printed(block.words.inlines)
    return turned([_kind(text), words_data(block.words, where)], text)


def turned(data: Data, text: str) -> Data:
    """What is set so that its lines begin at the right, if its text is written from there."""
    return ["turned", data] if is_from_right(text) else data


def _kind(text: str) -> str:
    """How a paragraph is set."""
    longest = max(map(len, text.split()), default=0)
    if len(text) <= _LINE and longest <= NARROW_WORD:
        return "line"
    # Between words that are as long as a line, there would be gaps.
    return "ragged" if longest > _LONGER else "par"


def _list(block: ItemList, where: Whereabouts) -> Data:
    items = [_each(item, where) for item in block.items]
    from_right = is_from_right(_text_of(block))
    if from_right:
        items = [[_in_turned(data) for data in item] for item in items]
    data = ["steps", block.start, items] if block.ordered else ["list", items]
    return ["turned", data] if from_right else data


def _text_of(block: ItemList) -> str:
    """What the items of a list say, and those of lists in it."""
    inner = (part for item in block.items for part in item)
    return " ".join(
        [
            _text_of(part) if isinstance(part, ItemList) else plain(part.words.inlines)
            for part in inner
            if isinstance(part, (ItemList, Paragraph))
        ]
    )


def _in_turned(data: Data) -> Data:
    """A block of an item whose mark stands at the right: code, for one, goes on from the left there, too."""
    return data if data[0] == "turned" else ["straight", data]


def _table(block: Table, where: Whereabouts) -> Data:
    words = (block.header, *block.rows)
    whole = _shared_mark([cell for row in words for cell in row])
    rows = [_row(row, whole is not None, where) for row in words]
    parts: list[Data] = []
    for columns in column_parts([[_printed(cell.inlines) for cell in row] for row in words]):
        head, *others = [[row[place] for place in columns.places] for row in rows]
        parts.append([head, others, list(columns.widths), columns.crowd])
    return ["table", parts, list(whole) if whole else []]


def _row(cells: Sequence[Words], marked_above: bool, where: Whereabouts) -> list[Data]:
    """The cells of a row; with one mark, where it is the same for all of them."""
    shared = marked_above or _shared_mark(cells) is not None
    row: list[Data] = []
    seen = marked_above
    for cell in cells:
        data = words_data(cell, where)
        if shared and seen and isinstance(data, dict):
            data = {key: value for key, value in data.items() if key not in {"mark", "tag"}}
        seen = seen or _mark(cell) is not None
        row.append(turned(data, plain(cell.inlines)))
    return row


def _shared_mark(cells: Iterable[Words]) -> tuple[str, str] | None:
    """The mark of all cells that somebody could translate; None where they differ, or have none."""
    marks = {_mark(cell) for cell in cells if any(letter.isalpha() for letter in _prose(cell.inlines))}
    return marks.pop() if len(marks) == 1 else None


def _prose(inlines: Iterable[Inline]) -> str:
    """What isn't code of some inlines."""
    return "".join(
        [
            inline.text if isinstance(inline, Text) else _prose(getattr(inline, "children", ()))
            for inline in inlines
            if not isinstance(inline, Code)
        ]
    )


def _code_block(block: CodeBlock, _: Whereabouts) -> Data:
    return ["lines", "", [_line((line,)) for line in block.text.split("\n")]]


def _command(block: CommandBlock, _: Whereabouts) -> Data:
    lines: list[list[str | Chip]] = [[]]
    for part in block.parts:
        if isinstance(part, Chip):
            lines[-1].append(part)
            continue
        first, *others = part.split("\n")
        lines[-1].append(first)
        lines += [[line] for line in others]
    caption = in_language(heading_data(plain(block.shell.inlines)), block.shell.lang)
    return ["lines", caption, [_line(line) for line in lines]]


def _line(parts: Iterable[str | Chip]) -> Data:
    """A line of code in pieces between which it may break. A piece with a placeholder in it is a list of its parts."""
    chips: list[str] = []
    text = ""
    for part in parts:
        if isinstance(part, Chip):
            # Stands for it while the line is taken apart.
            text += chr(_FIRST_CHIP + len(chips))
            chips.append(f"<{part.name}>")
        else:
            text += part
    return [_with_chips(piece, chips) for piece in line_pieces(tabs_as_columns(text))]


def _with_chips(piece: str, chips: list[str]) -> Data:
    if not chips:
        return piece
    parts: list[Data] = []
    for part in _CHIPS.split(piece):
        place = ord(part) - _FIRST_CHIP if len(part) == 1 else -1
        if 0 <= place < len(chips):
            parts.append([chips[place]])
        elif part:
            parts.append(part)
    return parts


def _message(block: MessageBlock, _: Whereabouts) -> Data:
    parts: list[Data] = []
    for part in block.parts:
        if isinstance(part, Chip):
            parts.append(["chip", part.number, in_language(text_data(part.name), part.lang) if part.name else ""])
        else:
            parts.append(text_data(part.replace("\t", _TAB)))
    message = ["message", ["span", *parts], language_data(block.lang) if block.lang else [], block.version]
    return turned(message, "".join([part for part in block.parts if isinstance(part, str)]))


def _legend(block: Legend, where: Whereabouts) -> Data:
    example = words_data(block.titles[3], where)
    return ["legend", example, [_legend_entry(entry, where) for entry in block.entries]]


def _legend_entry(entry: LegendEntry, where: Whereabouts) -> Data:
    return [
        entry.number,
        words_data(entry.name, where) if entry.name else "",
        words_data(entry.holds, where) if entry.holds else "",
        ["code", *line_pieces(entry.example.replace("\t", " "), _WHOLE_EXAMPLE)] if entry.example else "",
    ]


def _fields(block: Fields, where: Whereabouts) -> Data:
    return ["facts", [[words_data(field.label, where), words_data(field.value, where)] for field in block.fields]]


def _links(block: LinkList, where: Whereabouts) -> Data:
    return ["links", [_link(item, where) for item in block.items]]


def _link(item: LinkItem, where: Whereabouts) -> Data:
    title = words_data(item.title, where)
    parts: list[Data] = ["span"]
    if item.address is not None:
        parts.append(_reference(item.address, plain(item.title.inlines), title, where))
    elif item.href:
        parts.append(_external(item.href, plain(item.title.inlines), title))
    else:
        parts.append(title)
    if item.note:
        parts += [" – ", words_data(item.note, where)]
    return parts


def _note(note: Note, where: Whereabouts) -> Data:
    title = words_data(note.title, where) if note.title else ""
    return ["note", note.kind.value, title, blocks_data(note.blocks, where)]


_FUNCTIONS: Mapping[type[Block], Callable[[Any, Whereabouts], Data]] = {
    Paragraph: _paragraph,
    ItemList: _list,
    Table: _table,
    CodeBlock: _code_block,
    CommandBlock: _command,
    MessageBlock: _message,
    Legend: _legend,
    Fields: _fields,
    LinkList: _links,
    Note: _note,
}
