"""The block of facts in an article: `Event ID` and its relatives, each with a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb_gen.importers.formats.article_blocks import Block, Heading, Items, Paragraph, Table
from kb_gen.importers.formats.article_labels import Fact, Part, fact_of, part_of

__all__ = ["Facts", "facts_of"]

_LABELLED = re.compile(r"\s*([^:\t\n]{1,60}?)\s*(?::|\t|\s{3,})\s*(\S.*)?")

_NO_CATEGORY = re.compile(r"none|keine|\(\d+\)", re.IGNORECASE)
"""What Event Viewer shows of an event without a category, or with one that has no name."""


@dataclass(slots=True)
class Facts:
    """What the facts of an article say.

    Attributes:
        values: the value of each fact, the first where it is told twice.
        other: labelled values for which a record has no field, and second values, a line each.
        start: where the event's ID stands.
        rest: the blocks that are no facts.
    """

    values: dict[Fact, str] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)
    start: int = 0
    rest: list[Block] = field(default_factory=list)

    def take(self, label: str, value: str, start: int) -> bool:
        """Note a value if its label names a fact; tells whether it did."""
        fact = fact_of(label)
        if fact is None:
            return False
        value = value.strip()
        if fact is Fact.CATEGORY and _NO_CATEGORY.fullmatch(value):
            fact = Fact.OTHER
        if fact is Fact.ID and Fact.ID not in self.values:
            self.start = start
        if fact is Fact.OTHER or self.values.get(fact, value) != value:
            self.other.append(f"{label.strip().rstrip(':')}: {' '.join(value.split())}")
        elif value:
            self.values[fact] = value
        return True


def facts_of(blocks: Sequence[Block]) -> Facts:
    """The facts among an article's blocks, up to the section that explains the event; `rest` is everything else."""
    facts = Facts()
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if _begins_text(block):
            break
        place += 1
        if isinstance(block, Table):
            _of_table(facts, block)
        elif isinstance(block, Heading | Paragraph) and part_of(block.plain) is Part.FACTS:
            continue
        elif isinstance(block, Items) and all(len(item) == 1 for item in block.items):
            left = tuple(item for item in block.items if not _of_paragraph(facts, item[0]))
            if left:
                facts.rest.append(Items(block.ordered, left, block.start, block.number))
        elif isinstance(block, Heading | Paragraph) and _is_label(block.plain) and place < len(blocks):
            value = blocks[place]
            if isinstance(value, Paragraph) and not _is_label(value.plain) and not _begins_text(value):
                facts.take(block.plain, value.plain, value.start)
                place += 1
        elif not _of_paragraph(facts, block):
            facts.rest.append(block)
    facts.rest += blocks[place:]
    return facts


def _begins_text(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph) and part_of(block.plain) not in {None, Part.FACTS}


def _is_label(plain: str) -> bool:
    return "\n" not in plain and fact_of(plain) is not None


def _of_paragraph(facts: Facts, block: Block) -> bool:
    """Lines of a label and a value each, or of a label and the value below it; tells whether they are."""
    if not isinstance(block, Paragraph):
        return False
    pairs = list(_pairs(block.plain.split("\n")))
    if not pairs or fact_of(pairs[0][0]) is None:
        return False
    for label, value in pairs:
        if not facts.take(label, value, block.start):
            facts.other.append(f"{label}: {' '.join(value.split())}")
    return True


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    label = ""
    values: list[str] = []
    for line in lines:
        match = _LABELLED.fullmatch(line)
        # Behind a fact in one line stands another one, though nobody may know it; a message may have several lines.
        if match and (fact_of(match[1]) or (label and any(values) and fact_of(label) is not Fact.MESSAGE)):
            if label:
                yield label, "\n".join(values)
            label, values = match[1], [match[2] or ""]
        elif _is_label(line):
            if label:
                yield label, "\n".join(values)
            label, values = line, []
        elif not label:
            yield "", line
        else:
            values.append(line)
    if label:
        yield label, "\n".join(value for value in values if value)


def _of_table(facts: Facts, table: Table) -> None:
    """Rows of a label and a value, or a row of labels over one of values."""
    rows = table.rows
    if len(rows) == 2 and len(rows[0]) > 2 and sum(fact_of(cell.plain) is not None for cell in rows[0]) > 1:
        rows = tuple(zip(*rows, strict=False))
    known = [len(row) >= 2 and fact_of(row[0].plain) is not None for row in rows]
    if not any(known):
        facts.rest.append(table)
        return
    for row, is_fact in zip(rows, known, strict=True):
        value = " ".join(cell.plain for cell in row[1:])
        if is_fact:
            facts.take(row[0].plain, value, row[1].start)
        elif any(cell.plain for cell in row):
            facts.other.append(f"{row[0].plain}: {' '.join(value.split())}".strip(": "))
