"""Events that articles quote as they were logged, in a quotation or in code, and what these say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb_gen.importers.formats.article_blocks import Block, Code, Items, Paragraph, Table
from kb_gen.importers.formats.article_facts import Facts, ends_with_message, take_pairs, take_table
from kb_gen.importers.formats.article_labels import Fact, fact_of, is_description
from kb_gen.importers.formats.article_pairs import label_of, pairs_in

__all__ = ["with_quoted"]

_XML_ID = re.compile(r"<EventID\b[^<>]{0,200}>\s*(\d{1,10})\s*</EventID>")
_XML_PROVIDER = re.compile(r"<Provider\b[^<>]{0,200}?\bName=[\"']([^\"'<>]{1,200})[\"']")


def with_quoted(facts: Facts, identifier: str) -> None:
    """Add what an event says of itself that an article quotes, as far as the article's own facts leave it open.

    Args:
        facts: the facts, whose `rest` quotes the event, and keeps it.
        identifier: the event's ID if it is known; events that have others are passed over.
    """
    wanted = facts.values.get(Fact.ID, identifier)
    for quoted in _quoted(facts.rest):
        found = quoted.values.get(Fact.ID, "")
        if not found or (wanted and found != wanted):
            continue
        if Fact.ID not in facts.values:
            facts.start = quoted.start
        facts.described = facts.described or (quoted.described and Fact.MESSAGE not in facts.values)
        facts.values = {**quoted.values, **facts.values}
        return


def _quoted(blocks: Sequence[Block]) -> Iterator[Facts]:
    """The facts of each event that is quoted: tables, lists or lines that have more than one of them."""
    found = Facts()
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if Fact.ID in found.values and _names_event(block):
            yield found
            found = Facts()
        told = len(found.values) + len(found.other)
        _of_xml(found, block)
        if isinstance(block, Paragraph | Code):
            place = _of_lines(found, block, blocks, place)
        elif isinstance(block, Table):
            take_table(found, block)
        elif isinstance(block, Items):
            for item in block.items:
                yield from _quoted(item)
                _of_lines(found, item[0], item, 1)
        if len(found.values) + len(found.other) == told:
            if len(found.values) > 1:
                yield found
            found = Facts()
    if len(found.values) > 1:
        yield found


def _of_xml(found: Facts, block: Block) -> None:
    """Take what Event Viewer's XML of an event tells."""
    text = block.text if isinstance(block, Code) else block.plain if isinstance(block, Paragraph) else ""
    identifier, provider = _XML_ID.search(text), _XML_PROVIDER.search(text)
    if identifier and provider:
        take_pairs(found, [("Event ID", identifier[1]), ("Source", provider[1])], block.start)


def _names_event(block: Block) -> bool:
    """Whether a block of lines tells an event's ID, which another event has then."""
    if not isinstance(block, Paragraph | Code):
        return False
    lines = (block.plain if isinstance(block, Paragraph) else block.text).split("\n")
    return any(fact_of(label_of(line)) is Fact.ID for line in lines)


def _of_lines(found: Facts, block: Block, blocks: Sequence[Block], place: int) -> int:
    """Take the facts of lines, with the further paragraphs of the message; gives the first block behind them."""
    if not isinstance(block, Paragraph | Code):
        return place
    lines = (block.plain if isinstance(block, Paragraph) else block.text).split("\n")
    first = next((number for number, line in enumerate(lines) if _is_fact(found, line)), len(lines))
    pairs = list(pairs_in(lines[first:], found.logged))
    if not pairs:
        return place
    label, value = pairs[-1]
    if isinstance(block, Paragraph) and ends_with_message(found, pairs):
        while place < len(blocks) and isinstance(more := blocks[place], Paragraph):
            # In a quotation all of it is the message; elsewhere nobody knows where that ends.
            if not (more.quoted == block.quoted if block.quoted else not value):
                break
            value = f"{value}\n\n{more.plain}".strip()
            place += 1
    take_pairs(found, [*pairs[:-1], (label, value)], block.start)
    return place


def _is_fact(found: Facts, line: str) -> bool:
    label = label_of(line)
    return fact_of(label) is not None or (found.logged and is_description(label))
