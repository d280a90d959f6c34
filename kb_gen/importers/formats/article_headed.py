"""Paragraphs that begin with the heading of their section: `Cause: a broken cable`, as e-mails and wikis have them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb_gen.importers.formats.article_blocks import Block, Heading, Paragraph
from kb_gen.importers.formats.article_labels import Part, heads_paragraph, part_of

__all__ = ["begins_with_heading", "with_headings"]

_HEADED = re.compile(r"([^:\n]{3,40}):[ \t\n]*(?=\S)")
_STRONG_LINE = re.compile(r"(?P<mark>\*{2,3})(?P<label>[^*\n]{3,40})(?P=mark) ?(?:\\\n)?(?=\S)")
_MARKED = re.compile(r"(?P<mark>\*{0,3})(?P<label>[^:*\n]{3,40})(?::(?P=mark)|(?P=mark):)[ \t]*(?:\\\n)?(?=\S)")


def begins_with_heading(plain: str) -> bool:
    """Whether a text begins with the heading of a section and goes on behind its colon."""
    match = _HEADED.match(plain)
    return match is not None and heads_paragraph(match[1])


def with_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in which the headings of sections are none of their paragraphs' text."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and not block.quoted and (parted := _strong_line(block)):
            found += parted
            continue
        if not isinstance(block, Paragraph) or block.quoted or not begins_with_heading(block.plain):
            found.append(block)
            continue
        shown, written = _HEADED.match(block.plain), _MARKED.match(block.markdown)
        if shown is None or written is None or written["label"].strip() != shown[1].strip():
            found.append(block)
            continue
        found.append(Heading(2, written["label"], shown[1], block.start))
        first, *more = block.parts or (block,)
        if first.plain[shown.end() :].strip():
            found += [Paragraph(first.markdown[written.end() :], first.plain[shown.end() :], block.start), *more]
        else:
            found.append(Paragraph(block.markdown[written.end() :], block.plain[shown.end() :], block.start))
    return tuple(found)


def _strong_line(paragraph: Paragraph) -> tuple[Block, ...]:
    """A heading and a text, where a paragraph's first line is in strong letters and heads a section."""
    first, _, rest = paragraph.plain.partition("\n")
    written = _STRONG_LINE.match(paragraph.markdown)
    if not rest or part_of(first) in {None, Part.FACTS} or written is None or written["label"].strip() != first.strip():
        return ()
    return (
        Heading(2, written["label"], first, paragraph.start),
        Paragraph(paragraph.markdown[written.end() :], rest, paragraph.start),
    )
