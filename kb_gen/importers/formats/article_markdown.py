"""Articles and runbooks in Markdown: CommonMark with tables, front matter, Hugo's shortcodes, and HTML in between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.importers.formats.article_blocks import Block, Paragraph
from kb_gen.importers.formats.article_builder import BlockBuilder
from kb_gen.importers.formats.article_html import html_fragment
from kb_gen.importers.formats.article_labels import part_of
from kb_gen.importers.formats.text_files import TextFile

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["MarkdownPage", "markdown_page"]

_FRONT = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n(.*?)(?:^|\n)(?:---|\+\+\+)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w.-]*)[ \t]*[:=][ \t]*(.*)")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?")
_FENCE = re.compile(r"^[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(`{3,}|~{3,})")
_REFERENCE = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?([^\"'\s]+)[\"']?\s*/?[>%]\}\}")
_TITLED = re.compile(r"^(\s*)\{\{[<%]\s*(?:tab|details|expand)\s+(?:title=)?[\"']([^\"'<>]+)[\"'].*?[>%]\}\}\s*$")
_LAYOUT = re.compile(
    r"\{\{[<%]\s*/?\s*(?:hint|columns|tabs|tab|details|expand|button|section|alert|notice)\b[^{}]*[>%]\}\}"
)
_ALERT = re.compile(r"^([ \t]*(?:>[ \t]*)+)\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.MULTILINE)
_PICTURE = re.compile(r":::image\b(?:[^:\n]|:(?!::))*:::")
_ATTRIBUTE = re.compile(r"\b(source|alt-text)=\"([^\"]*)\"")
_SECTION = re.compile(r"#{1,3} ")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]*[>%]\}\}")
_DEFINITION_ITEM = re.compile(r"^[ \t]*[-*+][ \t]+\[([\w-]{1,30})\]\((https?://\S+)\)[ \t]*$", re.MULTILINE)
_KNOWN_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|details|div|em|font|i|img|kbd|mark|p|q|s|samp|small|span|strong|sub|summary|sup|u|var"
    r"|wbr|center|hr)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)

_ADDRESS = re.compile(r"(?:href|src)\s*=\s*[\"']?([^\s\"'<>]+)", re.IGNORECASE)


class MarkdownPage(Struct, frozen=True):
    """What a Markdown file has.

    Attributes:
        blocks: its blocks.
        fields: its front matter.
        left_out: a line for everything that was left out.
        findings: what is odd about the file.
    """

    blocks: tuple[Block, ...]
    fields: Mapping[str, str]
    left_out: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()


def markdown_page(
    file: TextFile, numbers: Set[int] = frozenset(), resolved: Callable[[str], str] = lambda address: address
) -> MarkdownPage:
    """Read a Markdown file.

    Args:
        file: the file.
        numbers: the insertion strings that `%1` may name; in other cases it is text.
        resolved: the address for a link's target, for those that name other files.

    Raises:
        HtmlUnreadable: there is HTML in it, and lxml isn't installed.
    """
    text = file.text.replace("\0", "\ufffd")
    front = _FRONT.match(text)
    fields = _fields(front[1]) if front else {}
    if front:
        text = re.sub(r"[^\n]", " ", front[0]) + text[front.end() :]
    left_out: list[str] = []
    text = _ALERT.sub(lambda match: f"{match[1]}**{match[2].capitalize()}:**", _with_definitions(text))
    source = _without_shortcodes(_without_pictures(text, left_out), left_out)
    source, findings = _with_code_ended(source, file)
    builder = BlockBuilder(numbers)
    walk = _Walk(builder, file, resolved)
    walk.blocks(_parser().parse(source))
    return MarkdownPage(builder.finished(), fields, (*left_out, *builder.left_out), findings)


def _fields(front: str) -> dict[str, str]:
    """Names and values of front matter, YAML or TOML; lists and whatever else has several lines in one."""
    fields: dict[str, str] = {}
    name = ""
    for line in front.splitlines():
        text = line.strip()
        match = _FIELD.fullmatch(text) if line[:1].strip() else None
        if match:
            name = match[1].lower()
            value = "" if _BLOCK_SCALAR.fullmatch(match[2]) else match[2].strip("\"'")
            fields[name] = ", ".join(part for part in (fields.get(name, ""), value) if part)
        elif text and not text.startswith("#") and name:
            more = text.removeprefix("- ").strip("\"'")
            fields[name] = ", ".join(part for part in (fields[name], more) if part)
    return fields


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow to load

    return MarkdownIt("commonmark", {"maxNesting": 60}).enable("table")


def _with_definitions(text: str) -> str:
    """`- [1](https://…)` at the end, which some write for the `[1]` of `[text][1]`, as what Markdown has for that."""

    def definition(match: re.Match[str]) -> str:
        return f"[{match[1]}]: {match[2]}" if f"][{match[1]}]" in text else match[0]

    return _DEFINITION_ITEM.sub(definition, text)


def _without_pictures(text: str, left_out: list[str]) -> str:
    """Text with the words of Microsoft Learn's own pictures in place of these."""

    def words(match: re.Match[str]) -> str:
        attributes: dict[str, str] = dict(_ATTRIBUTE.findall(match[0]))
        left_out.append(f"A picture was left out: {attributes.get('source', '')[:200]}")
        return attributes.get("alt-text", "")

    return _PICTURE.sub(words, text)


def _without_shortcodes(text: str, left_out: list[str]) -> str:
    """Text without Hugo's shortcodes, line for line; what they hold stays, and code is left alone."""
    if "{{" not in text:
        return text
    lines = []
    fence = ""
    for line in text.split("\n"):
        opened = _FENCE.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        lines.append(line if fence or "{{" not in line else _plain_line(line, left_out))
    return "\n".join(lines)


def _plain_line(line: str, left_out: list[str]) -> str:
    line = _REFERENCE.sub(r"\1", line)
    if titled := _TITLED.match(line):
        return f"{titled[1]}**{titled[2]}**"
    line = _LAYOUT.sub("", line)
    left_out += [f"A shortcode was left out: {found}" for found in _SHORTCODE.findall(line)]
    return _SHORTCODE.sub("", line)


def _with_code_ended(text: str, file: TextFile) -> tuple[str, tuple[Diagnostic, ...]]:
    """Text in which code that nobody ends ends before the next heading of a section, which it would take with it."""
    lines = text.split("\n")
    fence, begin = "", 0
    for number, line in enumerate(lines):
        opened = _FENCE.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence, begin = ("", 0) if fence else (opened[1], number)
    inside = range(begin + 1, len(lines)) if fence else range(0)
    heading = next((number for number in inside if _SECTION.match(lines[number]) and _names_part(lines[number])), None)
    if heading is None:
        return text, ()
    before = lines[heading - 1]
    lines[heading - 1] = fence if not before.strip() else f"{before}\n{fence}"
    words = "the code that begins here has no end; it was taken to end before the next section"
    place = file.place(file.offset(begin + 1, 0))
    return "\n".join(lines), (warning("article-open-code", words, place, f"write `{fence}` behind the code"),)


def _names_part(heading: str) -> bool:
    return part_of(heading.lstrip("# ")) is not None


class _Walk:
    """Goes through markdown-it's tokens."""

    def __init__(self, builder: BlockBuilder, file: TextFile, resolved: Callable[[str], str]) -> None:
        self._builder = builder
        self._file = file
        self._resolved = resolved
        self._links: list[str] = []
        self._rows: list[tuple[Paragraph, ...]] = []
        self._cells: list[Paragraph] = []

    def blocks(self, tokens: Iterable[Token]) -> None:
        """Add the blocks of a document."""
        builder = self._builder
        for token in tokens:
            if token.map:
                builder.start = self._file.offset(token.map[0] + 1, 0)
            match token.type:
                case "inline":
                    self._inlines(token.children or ())
                case "paragraph_close":
                    builder.end_paragraph()
                case "heading_close":
                    builder.end_heading(int(token.tag[1:]))
                case "fence" | "code_block":
                    builder.code_block(token.content, token.info.split()[0].strip("{}.") if token.info.strip() else "")
                case "bullet_list_open":
                    builder.open_list("")
                case "ordered_list_open":
                    builder.open_list(str(token.attrs.get("start", 1)))
                case "bullet_list_close" | "ordered_list_close":
                    builder.close_list()
                case "blockquote_open":
                    builder.open_quotation()
                case "blockquote_close":
                    builder.close_quotation()
                case "list_item_open":
                    builder.open_item()
                case "list_item_close":
                    builder.close_item()
                case "html_block":
                    html_fragment(token.content, builder)
                    builder.end_paragraph()
                case _:
                    self._of_table(token.type)

    def _of_table(self, kind: str) -> None:
        match kind:
            case "table_open":
                self._builder.end_paragraph()
                self._rows = []
            case "tr_open":
                self._cells = []
            case "th_close" | "td_close":
                self._cells.append(self._builder.cell())
            case "tr_close":
                self._rows.append(tuple(self._cells))
            case "table_close":
                self._builder.table(self._rows)

    def _inlines(self, tokens: Sequence[Token]) -> None:
        builder = self._builder
        for token in tokens:
            match token.type:
                case "text" | "text_special" | "entity":
                    builder.words(token.content)
                case "softbreak":
                    builder.soft_break()
                case "hardbreak":
                    builder.line_break()
                case "code_inline":
                    builder.code(token.content)
                case "strong_open" | "em_open":
                    builder.open_mark()
                case "strong_close" | "em_close":
                    builder.close_emphasis("**" if token.type.startswith("strong") else "*")
                case "link_open":
                    builder.open_link()
                    self._links.append(str(token.attrs.get("href", "")))
                case "link_close":
                    self._close_link(self._links.pop())
                case "image":
                    builder.words(token.content)
                    builder.left_out.append(f"A picture was left out: {str(token.attrs.get('src', ''))[:200]}")
                case "html_inline":
                    self._tag(token.content)
                case _:
                    builder.words(token.content)

    def _close_link(self, address: str) -> None:
        resolved = self._resolved(address)
        if resolved == address:
            self._builder.close_link(address)
        else:
            self._builder.close_reference(resolved)

    def _tag(self, tag: str) -> None:
        """A tag in running text: what lays it out goes, a placeholder such as `<namespace>` is text."""
        if re.match(r"<br\b", tag, re.IGNORECASE):
            self._builder.line_break()
        elif not _KNOWN_TAG.fullmatch(tag):
            self._builder.words(tag)
        elif address := _ADDRESS.search(tag):
            self._builder.left_out.append(f"An HTML tag was left out that led to {address[1]}")
