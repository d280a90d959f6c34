"""The headings of runbooks: of whatever level, or lines in strong letters, with or without a picture before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb_gen.importers.formats.article_blocks import Block, Heading, Paragraph
from kb_gen.importers.formats.article_labels import word_of

__all__ = ["has_runbook_headings", "is_meaning", "section_level", "with_runbook_headings"]

_MEANING = frozenset({"meaning", "bedeutung"})
_SECTIONS = _MEANING | frozenset(
    [
        "impact",
        "diagnosis",
        "diagnosis steps",
        "diagnostics",
        "how to diagnose",
        "mitigation",
        "mitigations",
        "mitigation steps",
        "how to mitigate",
        "auswirkung",
        "auswirkungen",
        "diagnose",
        "diagnoseschritte",
    ]
)
_STRONG = re.compile(r"(\*{2,3}|__)[^*\n]{3,60}\1:?")
_LEVEL = 2
"""The level of a section's heading where they are lines in strong letters."""


def has_runbook_headings(blocks: Iterable[Block]) -> bool:
    """Whether there are at least two of a runbook's headings."""
    return len({word_of(each.plain) for each in _sections(with_runbook_headings(blocks))}) > 1


def with_runbook_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in which the lines in strong letters that head a runbook's sections are headings."""
    blocks = tuple(blocks)
    level = section_level(blocks)
    return tuple(
        Heading(level, block.markdown, block.plain, block.start)
        if isinstance(block, Paragraph) and _STRONG.fullmatch(block.markdown) and word_of(block.plain) in _SECTIONS
        else block
        for block in blocks
    )


def section_level(blocks: Sequence[Block]) -> int:
    """The lowest level of headings that begin sections: that of a runbook's own ones."""
    return max(min((each.level for each in _sections(blocks)), default=_LEVEL), _LEVEL)


def is_meaning(title: str) -> bool:
    """Whether a heading says no more than that an explanation follows."""
    return word_of(title) in _MEANING


def _sections(blocks: Iterable[Block]) -> Iterator[Heading]:
    return (each for each in blocks if isinstance(each, Heading) and word_of(each.plain) in _SECTIONS)
