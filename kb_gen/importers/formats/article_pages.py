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
