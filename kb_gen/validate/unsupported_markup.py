"""Markup that a text doesn't have: it would come out raw, or take something with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from msgspec.structs import replace

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.markup import Inline, Link, Text, first_lost_line
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey
from kb_gen.validate.texts import Form, Written, stretches

__all__ = ["screen", "unsupported_markup"]

_Found = tuple[tuple[int, int] | None, str, str]
"""Where something stands in a text, what it is, and what to write instead."""

_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")
_STARTS = r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
_LINES = (
    (
        re.compile(_STARTS + r"#{1,6}[ \t]"),
        "texts have no headings: the `#` would be shown as it is",
        "write the heading as `**strong**` text in a paragraph of its own, or `\\#` for the character itself",
    ),
    (
        re.compile(_STARTS + r">"),
        "texts have no quotes: the `>` would be shown as it is",
        "write a paragraph, or `\\>` for the character itself",
    ),
    (
        re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$"),
        "texts have no rules or underlined headings: this would be shown as it is",
        "leave it out: an empty line separates paragraphs",
    ),
)
# The same lines, and possibly more of them. Most lines are passed over at their first character.
_ODD_LINE = re.compile(
    r"\n(?=[ \t\-*+\d#>_=])[ \t]*+(?:(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*(?:#{1,6}[ \t]|>)"
    r"|-[ \t]*+-[ \t]*+-|\*[ \t]*+\*[ \t]*+\*|_[ \t]*+_[ \t]*+_|===)"
)
_DEEP = re.compile(r"(?:\A|[\n\r])[ \t\-*+\d.)]{16}")
"""A list that is nested too deep begins further in than this, be it with tabs."""
_NEXT_LINE = re.compile(r"\r\n?|\n")
_LINE_END = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")
_TRIES = 20
_MAY_BE_ODD = re.compile(r"^[ \t]*(?:[-*+\d.)]+[ \t]+)*[#>\-*_=]|\|", re.MULTILINE)
_IMAGE = re.compile(r"(?<!\\)!\[")
_EVENT = re.compile(r"(?<![\w/:])event:[\w.%+~-]*\w")


def unsupported_markup(content: Content) -> Iterator[Diagnostic]:
    """What looks like markup means what it looks like."""
    for written in content.marked_up:
        for within, message, help in _odd(written):  # noqa: A001
            yield warning("unsupported-markup", message, content.place(written.path, written.where, within), help)


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    text = seen.marked_up
    if "|" in text or "![" in text or seen.mentions is None:
        return True
    if _DEEP.search(text) is not None:
        return True
    # Whatever ends a line other than a line feed can't be printed.
    return _ODD_LINE.search(text if seen.is_printable else _LINE_END.sub("\n", text)) is not None


def _odd(written: Written) -> Iterator[_Found]:
    if written.form is Form.BLOCKS and _MAY_BE_ODD.search(written.text):
        lines = list(_lines(written.text))
        yield from _blocks(lines)
        yield from _rows(lines)
    if written.form is Form.BLOCKS and _DEEP.search(written.text):
        yield from _deep_lists(written.text)
    if "![" in written.text:
        yield from _images(written)
    if "event:" in written.text:
        yield from _events(written)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are no code, each with where it begins."""
    fence = ""
    offset = 0
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence):
                fence = ""
        elif found:
            fence = found[1]
        else:
            yield offset, line.rstrip()
        offset += len(line)


def _blocks(lines: list[tuple[int, str]]) -> Iterator[_Found]:
    for start, line in lines:
        for pattern, message, help in _LINES:  # noqa: A001
            if pattern.match(line):
                indent = len(line) - len(line.lstrip())
                yield (start + indent, start + len(line)), message, help
                break


def _rows(lines: list[tuple[int, str]]) -> Iterator[_Found]:
    """Rows that have more cells than their table's header, which are lost."""
    columns = 0
    for (_, above), (start, line) in pairwise([(0, ""), *lines]):
        if not line.strip():
            columns = 0
        elif not columns and "|" in line and _DELIMITERS.fullmatch(line) and _cells(above) == _cells(line):
            columns = _cells(line)
        elif columns and _cells(line) > columns:
            indent = len(line) - len(line.lstrip())
            yield (
                (start + indent, start + len(line)),
                f"the row has {_cells(line)} cells, the table's header {columns}: the rest would be lost",
                "add columns to the header, or write `\\|` for the character itself, in code, too",
            )


def _deep_lists(text: str) -> Iterator[_Found]:
    """The first item of a list that is nested too deep to be read: it is lost, with all that it has."""
    number = first_lost_line(text)
    if number is None:
        return
    starts = [0, *[found.end() for found in _NEXT_LINE.finditer(text)]]
    start = starts[number]
    line = _NEXT_LINE.split(text[start:], maxsplit=1)[0]
    yield (
        (start + len(line) - len(line.lstrip()), start + len(line.rstrip())),
        "lists are nested too deep here: this item and what is in it would be lost",
        "write lists of fewer levels; 29 are read",
    )


def _cells(line: str) -> int:
    bare = line.strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return len(_PIPE.findall(bare)) + 1


def _images(written: Written) -> Iterator[_Found]:
    present = _marked_links(written)
    for match in islice(_IMAGE.finditer(written.text), _TRIES if present else 0):
        # The same characters may stand in a code span: there, no link loses its mark with them.
        without = f"{written.text[: match.start()]}x{written.text[match.start() + 1 :]}"
        if _marked_links(replace(written, text=without)) < present:
            yield (
                match.span(),
                "texts have no images: this would be a link behind an exclamation mark",
                "write a link, or `\\!` for the character itself",
            )


def _marked_links(written: Written) -> int:
    """How many links have an exclamation mark before them."""
    return sum(
        isinstance(one, Text) and one.text.endswith("!") and isinstance(other, Link)
        for one, other in pairwise(written.inlines())
    )


def _events(written: Written) -> Iterator[_Found]:
    bare = {
        match[0] for inline in written.inlines() if isinstance(inline, Text) for match in _EVENT.finditer(inline.text)
    }
    for reference in sorted(bare & set(_EVENT.findall(written.text))):

        def is_it(inline: Inline, reference: str = reference) -> bool:
            return isinstance(inline, Text) and reference in inline.text

        for within in stretches(written, reference, is_it):
            yield within, f"`{reference}` has no ID, and is no reference", "write `event:Source/ID`"
