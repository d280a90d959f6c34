"""Lists in lists, as deep as a page has room for.

Each level is set further in than the one above it. Typst, too, bears no more than some levels.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kb_gen.document import Block, ItemList

__all__ = ["MOST_LEVELS", "within_levels"]

MOST_LEVELS = 12
"""So many levels stand one within another. What is deeper follows at the last of them, in the same order."""


def within_levels(blocks: Iterable[Block], level: int = 1) -> tuple[Block, ...]:
    """Blocks whose lists are no deeper than a page bears.

    Args:
        blocks: the blocks.
        level: that of the lists among them.
    """
    return tuple([part for block in blocks for part in _parts(block, level)])


def _parts(block: Block, level: int) -> Iterable[Block]:
    if not isinstance(block, ItemList):
        return (block,)
    if level < MOST_LEVELS:
        items = tuple([within_levels(item, level + 1) for item in block.items])
        return (block if items == block.items else msgspec.structs.replace(block, items=items),)
    return _in_a_row(block, level)


def _in_a_row(block: ItemList, level: int) -> Iterable[Block]:
    """A list of the last level, interrupted by what is deeper."""
    items: list[tuple[Block, ...]] = []
    start = block.start
    for number, item in enumerate(block.items, block.start):
        own = next((place for place, inner in enumerate(item) if isinstance(inner, ItemList)), len(item))
        items.append(item[:own])
        if own < len(item):
            yield msgspec.structs.replace(block, items=tuple(items), start=start)
            yield from within_levels(item[own:], level)
            items = []
            start = number + 1
    if items:
        yield msgspec.structs.replace(block, items=tuple(items), start=start)
