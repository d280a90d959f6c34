"""A file that holds an article: what it is written in, and its blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.importers.formats.article_blocks import Block
from kb_gen.importers.formats.article_headed import with_headings
from kb_gen.importers.formats.article_html import HtmlUnreadable, html_blocks
from kb_gen.importers.formats.article_lists import whole_lists, with_marked_lists
from kb_gen.importers.formats.article_markdown import markdown_page
from kb_gen.importers.formats.article_text import text_blocks
from kb_gen.importers.formats.text_files import TextFile, read_text_file

__all__ = ["Page", "read_page", "read_sources"]

_LARGEST = 5_000_000
"""Characters of a saved page, which may have pictures in it."""
_LARGEST_TEXT = 500_000
"""Characters of text or Markdown: some hundred pages. Markdown that was made to be slow takes seconds then."""
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|table|article|section|main|dl|ul|ol|h[1-6]|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(r"\A(?:---|\+\+\+)[ \t]*\r?\n|^#{1,6} \S|^```|\]\(https?://|^\*\*[^*\n]+\*\*", re.MULTILINE)
_OTHER_KINDS = {
    "{\\rtf": "a document in Rich Text Format",
    "%PDF-": "a PDF file",
    "PK\x03\x04": "a packed file, as documents of Word are",
}
_MIME = re.compile(r"^(?:MIME-Version:[ \t]*\d|Content-Type:[ \t]*multipart/)", re.IGNORECASE | re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n|\r[ \t]*\r")
_HEAD = 4000
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}


class Page(Struct, frozen=True):
    """What a file holds.

    Attributes:
        file: the file.
        blocks: its blocks.
        fields: its front matter.
        left_out: a line for everything that was left out.
        findings: what is odd about the file.
    """

    file: TextFile
    blocks: tuple[Block, ...]
    fields: Mapping[str, str] = {}
    left_out: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def read_sources(paths: Sequence[Path], encoding: str) -> tuple[list[TextFile], list[Diagnostic]]:
    """The texts of files that can be read, and what is odd about the others."""
    files: list[TextFile] = []
    findings: list[Diagnostic] = []
    for path in paths:
        file, odd = read_text_file(path, encoding)
        kind = _other_kind(file.text) if file else ""
        if file and kind:
            words = f"this is {kind}, and no text, Markdown or HTML"
            help_text = "open it, and save the article as HTML or as text, or paste it into a text file"
            findings.append(error("source-file-unreadable", words, Place(file.path), help_text))
            continue
        findings += odd
        if file is None:
            continue
        most = _LARGEST if _form(file) == "html" else _LARGEST_TEXT
        if len(file.text) > most:
            words = f"the article is longer than {most:,} characters"
            help_text = "see whether it is an article at all"
            findings.append(error("source-file-unreadable", words, Place(file.path), help_text))
            continue
        files.append(file)
    return files, findings


def _other_kind(text: str) -> str:
    """What a file is that is read as text only by mistake; empty if it may be an article."""
    begin = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if kind := next((kind for mark, kind in _OTHER_KINDS.items() if begin.startswith(mark)), ""):
        return kind
    head = _EMPTY_LINE.split(begin, maxsplit=1)[0]
    return "a saved mail or web archive" if _MIME.search(head) else ""


def read_page(
    file: TextFile, numbers: Set[int] = frozenset(), resolved: Callable[[str], str] = lambda address: address
) -> Page | Diagnostic:
    """The blocks of a file, or why there are none.

    Args:
        file: the file.
        numbers: the insertion strings that `%1` may name; in other cases it is text.
        resolved: the address for a link's target, for those that name other files.
    """
    try:
        match _form(file):
            case "html":
                blocks, left_out = html_blocks(file, numbers)
                return Page(file, _whole(with_marked_lists(blocks)), {}, tuple(left_out))
            case "markdown":
                page = markdown_page(file, numbers, resolved)
                return Page(file, _whole(page.blocks), page.fields, page.left_out, page.findings)
            case _:
                return Page(file, _whole(text_blocks(file, numbers)))
    except HtmlUnreadable as reason:
        return error("source-file-unreadable", str(reason), Place(file.path), "or give the article as text or Markdown")


def _whole(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return whole_lists(with_headings(blocks))


def _form(file: TextFile) -> str:
    """What a file is written in: its content tells, and where that doesn't, its name."""
    if _HTML.match(file.text):
        return "html"
    named = _SUFFIXES.get(Path(file.path).suffix.lower(), "")
    return named or ("markdown" if _MARKDOWN.search(file.text) else "text")
