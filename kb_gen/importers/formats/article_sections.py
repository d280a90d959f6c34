"""The sections of an article: what explains, what is to be done, what to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb_gen.importers.formats.article_blocks import Block, Heading, Paragraph
from kb_gen.importers.formats.article_labels import Part, part_of
from kb_gen.importers.formats.article_references import announces_references

__all__ = ["Section", "sections_of"]

_STEP = re.compile(r"(?:Step|Schritt) \d{1,2}\b", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A heading and what stands below it.

    Attributes:
        part: what it is about; None for what stands before the first heading that anybody knows.
        heading: the heading as it is, or None.
        blocks: what stands below it.
    """

    part: Part | None
    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The heading as text, or empty."""
        return self.heading.plain.strip(" :") if self.heading else ""


def sections_of(blocks: Sequence[Block]) -> list[Section]:
    """An article's blocks by sections. A heading that nobody knows belongs to the section that it stands in."""
    sections = [Section(None)]
    for block in blocks:
        part = part_of(block.plain) if isinstance(block, Heading | Paragraph) else None
        level = block.level if isinstance(block, Heading) else 2
        current = sections[-1]
        if isinstance(block, Heading) and _STEP.match(block.plain) and current.part in {None, Part.EXPLANATION}:
            # Steps are to be done, even if no heading above them says so.
            sections.append(Section(Part.ACTIONS, None, [block]))
        elif part is not None and (level <= 3 or current.part is None):
            heading = block if isinstance(block, Heading) else Heading(2, block.markdown, block.plain, block.start)  # type: ignore[union-attr]
            sections.append(Section(part, heading))
        elif isinstance(block, Paragraph) and announces_references(block.plain) and current.part is Part.ACTIONS:
            sections.append(Section(Part.REFERENCES, None, [block]))
        else:
            current.blocks.append(block)
    return sections
