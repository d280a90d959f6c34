"""Articles that were saved as HTML.

lxml reads it, in linear time whatever is wrong with it: the standard library's parser takes minutes for a file of a few
hundred kilobytes that somebody made for the purpose.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from kb_gen.importers.formats.article_blocks import Block, Paragraph
from kb_gen.importers.formats.article_builder import BlockBuilder
from kb_gen.importers.formats.text_files import TextFile

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["HtmlUnreadable", "html_blocks", "html_fragment"]

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "iframe",
        "object",
        "embed",
        "nav",
        "footer",
        "select",
        "textarea",
        "button",
        "head",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "header",
        "hr",
        "html",
        "main",
        "p",
        "section",
        "summary",
        "tbody",
        "thead",
    ]
)
_STRONG = frozenset({"b", "strong"})
_EMPHASIS = frozenset({"i", "em", "cite", "dfn"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BRUSH = re.compile(r"\bbrush: ?(\w+)")
"""How wikis name the language of code."""
_BLANKS = re.compile(r"\s+")
"""HTML shows any number of them as one."""
_CHROME = ("nav", "footer")
_NOT_IN_CELLS = ("ul", "ol", "pre", *_HEADINGS)


class HtmlUnreadable(Exception):  # noqa: N818 - named for what it says
    """HTML can't be read here, and why."""


def html_blocks(file: TextFile, numbers: Set[int] = frozenset()) -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of a page, and a line for everything that was left out.

    Raises:
        HtmlUnreadable: lxml isn't installed, or gives up.
    """
    root = _parsed(file.text)
    builder = BlockBuilder(numbers)
    if root is None:
        return (), []
    part = next((found for name in ("article", "main", "body") if len(found := root.findall(f".//{name}")) == 1), None)
    chosen = root if part is None else part[0]
    walk = _Walk(builder, file)
    walk.element(chosen)
    title = (root.findtext(".//title") or "").strip()
    outside = [text for text in (_text(each) for name in _CHROME for each in chosen.iter(name)) if text]
    notes = [f"The page's title is “{title}”."] if title else []
    if outside or (part is not None and chosen.tag != "body"):
        notes.append("The page's navigation, head and foot were left out.")
    return builder.finished(), [*notes, *builder.left_out]


def html_fragment(text: str, builder: BlockBuilder) -> None:
    """Add what a piece of HTML in a Markdown file holds.

    Raises:
        HtmlUnreadable: lxml isn't installed, or gives up.
    """
    root = _parsed(text)
    if root is not None:
        _Walk(builder, None).element(root)


def _parsed(text: str) -> _Element | None:
    try:
        from lxml import etree  # noqa: PLC0415 - an extra
    except ImportError as reason:
        message = "reading HTML needs lxml, which isn't installed: pip install 'kb-gen[articles]'"
        raise HtmlUnreadable(message) from reason
    if not text.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root: _Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    # lxml leaves out in silence what is nested hundreds of levels deep, and all that follows it.
    if fatal := next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None):
        message = f"the HTML can't be read, line {fatal.line}: {fatal.message.partition(',')[0].lower()}"
        raise HtmlUnreadable(message)
    return root


def _text(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _first_number(ordered_list: _Element) -> str:
    written = (ordered_list.get("start") or "1").strip()
    number = int(written) if written.isdecimal() and len(written) < 4 else 1
    kind = ordered_list.get("type")
    return chr(ord("a") + number - 1) if kind in {"a", "A"} and 0 < number <= 26 else str(number)


class _Walk:
    """Goes through elements; lxml lets none stand deeper than 256 others."""

    def __init__(self, builder: BlockBuilder, file: TextFile | None) -> None:
        self._builder = builder
        self._file = file

    def element(self, element: _Element) -> None:
        name = element.tag
        if not isinstance(name, str) or name in _SKIPPED or "codeHeader" in (element.get("class") or "").split():
            return  # Microsoft Learn writes the language above a block of code, which has it, too
        builder = self._builder
        if self._file is not None and element.sourceline:
            builder.start = self._file.offset(element.sourceline, 0)
        if name == "br":
            builder.line_break()
        elif name in _CODE and "\n" not in "".join(element.itertext()).strip():
            builder.code(_BLANKS.sub(" ", "".join(element.itertext())))
        elif name == "pre":
            self._preformatted(element)
        elif name in {"ul", "ol"}:
            builder.open_list(_first_number(element) if name == "ol" else "")
            self._children(element, "li")
            builder.close_list()
        elif name == "li":
            builder.open_item()
            self._children(element)
            builder.close_item()
        elif name == "blockquote":
            builder.open_quotation()
            self._children(element)
            builder.close_quotation()
        elif name == "table":
            self._table(element)
        elif name == "img":
            self._picture(element)
        elif name in _HEADINGS:
            builder.end_paragraph()
            self._children(element)
            builder.end_heading(_HEADINGS[name])
        else:
            self._running(element, name)

    def _running(self, element: _Element, name: str) -> None:
        builder = self._builder
        if name in _STRONG | _EMPHASIS:
            builder.open_mark()
            self._children(element)
            builder.close_emphasis("**" if name in _STRONG else "*")
        elif name == "a" and element.get("href"):
            builder.open_link()
            self._children(element)
            builder.close_link(element.get("href"))
        elif name in _BLOCKS:
            builder.end_paragraph()
            if name == "summary":
                builder.open_mark()
            self._children(element)
            if name == "summary":
                builder.close_emphasis("**")
            builder.end_paragraph()
        else:
            self._children(element)

    def _children(self, element: _Element, only: str = "") -> None:
        if element.text and (not only or element.text.strip()):
            self._builder.words(element.text)
        for child in element:
            self.element(child)
            if child.tail and (not only or child.tail.strip()):
                self._builder.words(child.tail)

    def _preformatted(self, element: _Element) -> None:
        for line_break in element.iter("br"):
            line_break.text = "\n"
        inner = element.find("code")
        classes = f"{element.get('class') or ''} {inner.get('class') or '' if inner is not None else ''}".split()
        brush = _BRUSH.search(f"{element.get('class') or ''} {element.get('data-syntaxhighlighter-params') or ''}")
        if brush:
            classes.append(f"language-{brush[1]}")
        named = (word.partition("-")[2] for word in classes if word.startswith(("language-", "lang-", "highlight-")))
        self._builder.code_block("".join(element.itertext()), next(named, ""))

    def _table(self, table: _Element) -> None:
        builder = self._builder
        builder.end_paragraph()
        cells_of = [
            [cell for cell in row if cell.tag in {"td", "th"}]
            for row in table.iter("tr")
            if next(row.iterancestors("table")) is table
        ]
        if next(table.iter(*_NOT_IN_CELLS), None) is not None or next(table.iterdescendants("table"), None) is not None:
            # A table that only lays out the page.
            for cell in (cell for row in cells_of for cell in row):
                builder.end_paragraph()
                self._children(cell)
            builder.end_paragraph()
            return
        builder.table([tuple(self._cell(cell) for cell in row) for row in cells_of])

    def _cell(self, cell: _Element) -> Paragraph:
        inner = BlockBuilder(self._builder.numbers)
        inner.start = self._builder.start
        _Walk(inner, self._file).inside(cell)
        self._builder.left_out += inner.left_out
        paragraphs = [block for block in inner.finished() if isinstance(block, Paragraph)]
        markdown = "\\\n".join(paragraph.markdown for paragraph in paragraphs)
        return Paragraph(markdown, "\n".join(paragraph.plain for paragraph in paragraphs), inner.start)

    def inside(self, element: _Element) -> None:
        """What an element holds."""
        self._children(element)

    def _picture(self, element: _Element) -> None:
        told = (element.get("alt") or "").strip()
        if told:
            self._builder.words(told)
        self._builder.left_out.append(f"A picture was left out: {(element.get('src') or '')[:200]}")
