"""Puts blocks together while a document is walked through; the walks through HTML and Markdown share it."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from kb_gen.importers.formats.article_blocks import Block, Code, Heading, Items, Paragraph, Table
from kb_gen.importers.formats.writing_markdown import EVENT_SCHEME, code_span, escaped, link_to

__all__ = ["BlockBuilder"]

_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_BLANK = re.compile(r"[ \t\r\n\f\v\u00a0]")
_URL = re.compile(r"https?://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]}»“”]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class _List:
    ordered: bool
    start: int
    number: str
    items: list[tuple[Block, ...]] = field(default_factory=list)


class BlockBuilder:
    """Takes texts, marks and beginnings and ends of blocks; gives blocks.

    Args:
        numbers: the insertion strings that `%1` may name; in other cases it is text.
    """

    def __init__(self, numbers: Set[int] = frozenset()) -> None:
        self.numbers = numbers
        self._in_link = False
        self._levels: list[list[Block]] = [[]]
        self._lists: list[_List] = []
        self._markdown: list[str] = []
        self._plain: list[str] = []
        self._marks: list[tuple[int, int]] = []
        self._quotation = 0
        self._quoting = 0
        self.start = 0
        """Where in the file the walk is."""
        self.left_out: list[str] = []
        """What could not be taken: addresses that no record may lead to, pictures."""

    def words(self, data: str) -> None:
        """Running text; blanks are as HTML reads them. Addresses in it become links."""
        data = _CONTROL.sub("\ufffd", _INVISIBLE.sub("", data))
        shown = _BLANKS.sub(" ", data)
        if not self._plain or self._plain[-1].endswith((" ", "\n")):
            shown = shown.removeprefix(" ")
        if not shown:
            return
        self._plain.append(shown)
        end = 0
        for match in () if self._in_link else _URL.finditer(shown):
            self._markdown.append(escaped(shown[end : match.start()], self.numbers))
            linked = link_to("", match[0])
            self._markdown.append(
                f"<{match[0]}>" if linked and "\\" not in match[0] else escaped(match[0], self.numbers)
            )
            end = match.end()
        self._markdown.append(escaped(shown[end:], self.numbers))

    def code(self, text: str) -> None:
        """A code span, which may be a message: its blanks stay as many as they are."""
        line = _CONTROL.sub("\ufffd", _BLANK.sub(" ", text))
        if line.strip():
            self._plain.append(line)
            self._markdown.append(code_span(line))

    def soft_break(self) -> None:
        """A line of the file ends in a paragraph, which readers see as a blank."""
        if self._plain:
            self._plain.append("\n")
            self._markdown.append(" ")

    def line_break(self) -> None:
        """A break of the line in a paragraph."""
        if self._plain:
            self._plain.append("\n")
            self._markdown.append("\\\n")

    def open_mark(self) -> None:
        """Something begins that is emphasised or a link."""
        self._marks.append((len(self._markdown), len(self._plain)))

    def open_link(self) -> None:
        """The text of a link begins; addresses in it are text."""
        self.open_mark()
        self._in_link = True

    def close_emphasis(self, mark: str) -> None:
        """The emphasised text ends."""
        inner = self._closed()
        core = inner.strip().removesuffix("\\\n").strip()
        if not core or core.startswith("*") or core.endswith("*"):
            self._markdown.append(inner)
            return
        # Emphasis touches its words: blanks go outside, and behind a letter only underscores would fail.
        before = inner[: len(inner) - len(inner.lstrip())]
        after = inner[inner.rindex(core) + len(core) :]
        self._markdown.append(f"{before}{mark}{core}{mark}{after}")

    def close_link(self, address: str) -> None:
        """The text of a link ends that leads to an address of the article's own."""
        # What another article calls an event is none of ours.
        self._close(address, "" if address.strip().startswith(EVENT_SCHEME) else address)

    def close_reference(self, address: str) -> None:
        """The text of a link ends that leads to a record, or wherever else it is known to."""
        self._close(address, address)

    def _close(self, address: str, target: str) -> None:
        self._in_link = False
        plain_from = self._marks[-1][1] if self._marks else 0
        inner = self._closed()
        plain = "".join(self._plain[plain_from:]).strip()
        core = inner.strip()
        linked = link_to(core.replace("\\\n", " "), target) if core and target else None
        if linked is None or "](" in core:
            self._markdown.append(inner)
            if core and address and not address.startswith("#"):
                self.left_out.append(f"The link “{plain}” led to {address}, where no record may lead.")
            return
        if self._markdown and self._markdown[-1].endswith("!"):
            self._markdown[-1] = f"{self._markdown[-1][:-1]}\\!"
        before = inner[: len(inner) - len(inner.lstrip())]
        after = inner[len(inner.rstrip()) :]
        self._markdown.append(f"{before}{linked}{after}")

    def _closed(self) -> str:
        begin = self._marks.pop()[0] if self._marks else 0
        inner = "".join(self._markdown[begin:])
        del self._markdown[begin:]
        return inner

    def end_paragraph(self) -> None:
        """The running text so far is a paragraph."""
        if paragraph := self._paragraph():
            self._levels[-1].append(paragraph)

    def end_heading(self, level: int) -> None:
        """The running text so far is a heading."""
        if paragraph := self._paragraph():
            markdown = paragraph.markdown.replace("\\\n", " ")
            plain = paragraph.plain.replace("\n", " ")
            self._levels[-1].append(Heading(level, markdown, plain, paragraph.start))

    def _paragraph(self) -> Paragraph | None:
        while self._marks:
            self._markdown.append(self._closed())
        markdown = "".join(self._markdown).rstrip(" ")
        plain = "\n".join(line.strip() for line in "".join(self._plain).strip().split("\n"))
        self._markdown, self._plain = [], []
        while markdown.endswith("\\\n"):
            markdown = markdown.removesuffix("\\\n").rstrip(" ")
        markdown = markdown.strip()
        # The text's own backslash, which was none's mark while a blank followed.
        if (len(markdown) - len(markdown.rstrip("\\"))) % 2:
            markdown += "\\"
        return (
            Paragraph(markdown, plain, self.start, self._quotation if self._quoting else 0) if plain.strip() else None
        )

    def open_quotation(self) -> None:
        """A quotation begins."""
        self.end_paragraph()
        self._quotation += not self._quoting
        self._quoting += 1

    def close_quotation(self) -> None:
        """A quotation ends."""
        self.end_paragraph()
        self._quoting -= 1

    def code_block(self, text: str, language: str = "") -> None:
        """Lines of code."""
        self.end_paragraph()
        lines = _CONTROL.sub("\ufffd", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\u00a0", " ")))
        lines = "\n".join(line.rstrip() for line in lines.split("\n")).strip("\n")
        if lines.strip():
            self._levels[-1].append(Code(lines, language, self.start))

    def open_list(self, number: str) -> None:
        """A list begins; `number` is that of its first item, or empty."""
        self.end_paragraph()
        self._lists.append(_List(bool(number), self.start, number))

    def open_item(self) -> None:
        """An item begins."""
        self.end_paragraph()
        self._levels.append([])

    def close_item(self) -> None:
        """An item ends."""
        self.end_paragraph()
        blocks = tuple(self._levels.pop())
        if blocks and self._lists:
            self._lists[-1].items.append(blocks)
        elif blocks:
            self._levels[-1].extend(blocks)

    def close_list(self) -> None:
        """A list ends."""
        self.end_paragraph()
        closed = self._lists.pop()
        if closed.items:
            self._levels[-1].append(Items(closed.ordered, tuple(closed.items), closed.start, closed.number))

    def cell(self) -> Paragraph:
        """The running text so far, as a table's cell."""
        return self._paragraph() or Paragraph("", "", self.start)

    def table(self, rows: list[tuple[Paragraph, ...]]) -> None:
        """A table has ended."""
        self.end_paragraph()
        filled = [row for row in rows if any(cell.plain for cell in row)]
        if filled:
            self._levels[-1].append(Table(tuple(filled), self.start))

    def add(self, block: Block) -> None:
        """A block that is made elsewhere."""
        self.end_paragraph()
        self._levels[-1].append(block)

    def finished(self) -> tuple[Block, ...]:
        """All blocks, with whatever is still open closed."""
        self.end_paragraph()
        while len(self._levels) > 1:
            self.close_item()
        while self._lists:
            self.close_list()
        return tuple(self._levels[0])
