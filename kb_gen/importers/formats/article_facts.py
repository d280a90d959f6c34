"""The block of facts in an article: `Event ID` and its relatives, each with a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb_gen.importers.formats.article_blocks import Block, Code, Heading, Items, Paragraph, Table, plain_of
from kb_gen.importers.formats.article_labels import (
    Fact,
    Part,
    ends_description,
    fact_of,
    is_description,
    is_logged,
    part_of,
)
from kb_gen.importers.formats.article_pairs import behind_source, label_of, pairs_in

__all__ = ["Facts", "ends_with_message", "facts_of", "take_pairs", "take_table"]

_NO_CATEGORY = re.compile(r"none|keine|\(\d+\)", re.IGNORECASE)
"""What Event Viewer shows of an event without a category, or with one that has no name."""

_LONGEST_MESSAGE = 60
"""Paragraphs and lists of a message that is looked for up to the label behind it."""


@dataclass(slots=True)
class Facts:
    """What the facts of an article say.

    Attributes:
        values: the value of each fact, the first where it is told twice.
        other: labelled values for which a record has no field, and second values, a line each.
        start: where the event's ID stands.
        rest: the blocks that are no facts.
        logged: whether they are of an event that was logged.
        described: whether the message is the description of one, with the values that it had then.
        further_ids: the values that are told of the ID behind its first one.
    """

    values: dict[Fact, str] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)
    start: int = 0
    rest: list[Block] = field(default_factory=list)
    logged: bool = False
    described: bool = False
    further_ids: list[str] = field(default_factory=list)

    def take(self, label: str, value: str, start: int) -> bool:
        """Note a value if its label names a fact; tells whether it did."""
        fact = self.fact_of(label)
        if fact is None:
            return False
        value = value.strip()
        self.logged = self.logged or is_logged(label)
        if fact is Fact.CATEGORY and _NO_CATEGORY.fullmatch(value):
            fact = Fact.OTHER
        if fact is Fact.ID and Fact.ID not in self.values:
            self.start = start
        if fact is Fact.ID and self.values.get(fact, value) != value:
            self.further_ids.append(value)
        if fact is Fact.OTHER or self.values.get(fact, value) != value:
            self.other.append(f"{label.strip().rstrip(':')}: {' '.join(value.split())}")
        elif value:
            self.values[fact] = value
            self.described = self.described or (fact is Fact.MESSAGE and is_description(label))
        return True

    def fact_of(self, label: str) -> Fact | None:
        """The fact that a label names here; None if it is none."""
        fact = fact_of(label)
        return Fact.MESSAGE if fact is None and self.logged and is_description(label) else fact


def facts_of(blocks: Sequence[Block]) -> Facts:
    """The facts among an article's blocks, up to the section that explains the event; `rest` is everything else."""
    facts = Facts()
    place = 0
    while place < len(blocks):
        block = blocks[place]
        labelled = isinstance(block, Heading | Paragraph) and _is_label(facts, block.plain)
        if _begins_text(block) and not labelled:
            break
        place += 1
        if labelled and place < len(blocks):
            place = _of_label(facts, blocks, place)
        elif isinstance(block, Heading | Paragraph) and part_of(block.plain) is Part.FACTS:
            continue
        elif isinstance(block, Table):
            take_table(facts, block)
        elif isinstance(block, Items) and all(len(item) == 1 for item in block.items):
            left = tuple(
                item for item in block.items if not take_pairs(facts, _pairs_of(facts, item[0]), item[0].start)
            )
            if left:
                facts.rest.append(Items(block.ordered, left, block.start, block.number))
        elif pairs := _pairs_of(facts, block):
            place = _of_lines(facts, pairs, blocks, place)
        else:
            facts.rest.append(block)
    facts.rest += blocks[place:]
    return facts


def _begins_text(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph) and part_of(block.plain) not in {None, Part.FACTS}


def _is_label(facts: Facts, plain: str) -> bool:
    return "\n" not in plain and facts.fact_of(plain) is not None


def _of_label(facts: Facts, blocks: Sequence[Block], place: int) -> int:
    """The value of a label that stands above it; gives the first block behind it."""
    label, value = blocks[place - 1], blocks[place]
    assert isinstance(label, Heading | Paragraph)  # whoever calls has seen to it
    fact = facts.fact_of(label.plain)
    if fact is Fact.MESSAGE and isinstance(value, Code) and not _pairs_of(facts, value):
        facts.take(label.plain, value.text, label.start)
        return place + 1
    if fact is Fact.MESSAGE:
        end = _end_of_message(facts, blocks, place, place)
        facts.take(label.plain, _message(blocks[place:end]), label.start)
        return end
    listed = isinstance(value, Items | Table | Code) and fact is Fact.OTHER
    told = isinstance(value, Paragraph) and not _is_label(facts, value.plain) and not _begins_text(value)
    if not (listed or told):
        return place
    plain = plain_of([value])
    facts.take(label.plain, plain.replace("\n", ", ") if listed else plain, label.start)
    return place + 1


def _of_lines(facts: Facts, pairs: Sequence[tuple[str, str]], blocks: Sequence[Block], place: int) -> int:
    """Lines of a label and a value each, the last of which may be a message; gives the first block behind them."""
    label, value = pairs[-1]
    end = place
    if isinstance(blocks[place - 1], Paragraph) and ends_with_message(facts, pairs):
        end = _end_of_message(facts, blocks, place, place - 1 if value else place)
        value = "\n\n".join(part for part in (value, _message(blocks[place:end])) if part)
    take_pairs(facts, [*pairs[:-1], (label, value)], blocks[place - 1].start)
    return end


def ends_with_message(facts: Facts, pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the last of some labels and values is a message, of which there may be more below."""
    labels = [label for label, _ in pairs]
    logged = facts.logged or any(map(is_logged, labels)) or behind_source(set(map(fact_of, labels)))
    return fact_of(labels[-1]) is Fact.MESSAGE or (logged and is_description(labels[-1]))


def _end_of_message(facts: Facts, blocks: Sequence[Block], place: int, first: int) -> int:
    """The first block behind a message.

    Where no section follows, nobody knows where it ends and the article begins: then it has one paragraph.

    Args:
        facts: the facts so far.
        blocks: the article.
        place: the first block that may belong to it.
        first: the one that it begins with.
    """
    if behind := _behind_description(blocks, place):
        return behind
    quotes = blocks[min(first, len(blocks) - 1)]
    quoted = quotes.quoted if isinstance(quotes, Paragraph) else 0
    end = place
    while end < len(blocks) and _goes_on_with_message(facts, blocks[end], quoted):
        end += 1
    certain = quoted > 0 or (end < len(blocks) and not isinstance(blocks[end], Code | Table))
    return end if certain else min(end, first + 1)


def _behind_description(blocks: Sequence[Block], place: int) -> int:
    """The label that Event Viewer has behind a message of any form; 0 if there is none."""
    for number, block in enumerate(blocks[place : place + _LONGEST_MESSAGE], place):
        label = label_of(block.plain.partition("\n")[0]) if isinstance(block, Paragraph) else ""
        if ends_description(label):
            return number
        # A section begins, or another event.
        if isinstance(block, Heading) or fact_of(label) in {Fact.ID, Fact.SOURCE}:
            break
        if isinstance(block, Paragraph) and _is_plain_heading(block):
            break
    return 0


def _is_plain_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph heads a section; `Additional Information:` may be part of a message."""
    return part_of(paragraph.plain) is not None and not paragraph.plain.endswith(":")


def _goes_on_with_message(facts: Facts, block: Block, quoted: int) -> bool:
    if isinstance(block, Items):
        return not quoted and not any(_tells_facts(facts, each) for item in block.items for each in item)
    return (
        isinstance(block, Paragraph)
        and block.quoted == quoted
        and part_of(block.plain) is None
        and not _tells_facts(facts, block)
    )


def _message(blocks: Sequence[Block]) -> str:
    return "\n\n".join(map(_shown, blocks))


def _shown(block: Block) -> str:
    if not isinstance(block, Items) or not block.ordered:
        return plain_of([block])
    return "\n".join(f"{number}. {plain_of(item)}" for number, item in enumerate(block.items, 1))


def _tells_facts(facts: Facts, block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    line = block.plain.partition("\n")[0]
    return facts.fact_of(label_of(line)) is not None


def _pairs_of(facts: Facts, block: Block) -> list[tuple[str, str]]:
    """The labels and values that a block consists of; none if it is something else."""
    if not isinstance(block, Paragraph | Code):
        return []
    pairs = list(pairs_in((block.plain if isinstance(block, Paragraph) else block.text).split("\n"), facts.logged))
    is_facts = bool(pairs) and facts.fact_of(pairs[0][0]) is not None
    return pairs if is_facts and (isinstance(block, Paragraph) or len(pairs) > 1) else []


def take_pairs(facts: Facts, pairs: Sequence[tuple[str, str]], start: int) -> bool:
    """Note labels and their values, of which the first names a fact; tells whether there are any."""
    told: set[Fact | None] = set()
    for label, value in pairs:
        # Among the facts of an event, it can be no heading of an explanation.
        described = is_description(label) and behind_source(told) and Fact.MESSAGE not in facts.values
        if described:
            facts.values[Fact.MESSAGE] = value
            facts.described = True
        elif not facts.take(label, value, start):
            facts.other.append(f"{label}: {' '.join(value.split())}")
        told.add(fact_of(label))
    return bool(pairs)


def take_table(facts: Facts, table: Table) -> None:
    """Rows of a label and a value, or a row of labels over one of values."""
    rows = table.rows
    if len(rows) == 2 and len(rows[0]) > 2 and sum(fact_of(cell.plain) is not None for cell in rows[0]) > 1:
        rows = tuple(zip(*rows, strict=False))
    known = [len(row) >= 2 and facts.fact_of(row[0].plain) is not None for row in rows]
    if not any(known):
        facts.rest.append(table)
        return
    for row, is_fact in zip(rows, known, strict=True):
        value = " ".join(cell.plain for cell in row[1:])
        if is_fact or (len(row) >= 2 and facts.fact_of(row[0].plain) is not None):
            facts.take(row[0].plain, value, row[1].start)
        elif any(cell.plain for cell in row):
            facts.other.append(f"{row[0].plain}: {' '.join(value.split())}".strip(": "))
