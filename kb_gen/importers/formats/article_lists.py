"""Lists that came apart: what belongs to an item stands beside it, because nobody indented it.

Pages lose the indents of their lists when they are copied, and many who write Markdown forget them. The numbers of the
items tell what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb_gen.importers.formats.article_blocks import Block, Code, Heading, Items, Paragraph
from kb_gen.importers.formats.article_labels import part_of

__all__ = ["whole_lists", "with_code_behind", "with_marked_lists"]

_DEEPEST = 8
"""Lists that may go on at the same time, one in an item of another."""
_MARKED = re.compile(r"(?:(?P<bullet>[·•▪§])|(?P<number>\d{1,2})[.)])\s+(?=\S)")
_APART = 10
"""Blocks from one item to the next."""
_MOST_CODE = 20
"""Blocks of code between two items."""


@dataclass(slots=True)
class _Open:
    """A list that may go on.

    Attributes:
        place: where it stands.
        first: its first piece.
        items: all of its items so far.
        all_ones: whether each piece of it so far is a single item `1.`.
    """

    place: int
    first: Items
    items: list[tuple[Block, ...]]
    all_ones: bool


def with_marked_lists(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks in which paragraphs that begin with a bullet, or with numbers that go on, are items of lists.

    So write text processors, and whoever pastes steps into a page.
    """
    marks = [_MARKED.match(block.plain) if isinstance(block, Paragraph) else None for block in blocks]
    numbers = [int(mark["number"]) if mark and mark["number"] else 0 for mark in marks]
    found: list[Block] = []
    bullets: list[tuple[Block, ...]] = []
    expected = 0

    def end() -> None:
        if bullets:
            found.append(Items(False, tuple(bullets), bullets[0][0].start))
            bullets.clear()

    for place, (block, mark) in enumerate(zip(blocks, marks, strict=True)):
        if isinstance(block, Heading):
            expected = 0
        begins = numbers[place] == 1 and 2 in numbers[place + 1 : place + 1 + _APART]
        follows = expected > 0 and numbers[place] == expected
        written = _MARKED.match(block.markdown) if isinstance(block, Paragraph) else None
        if mark is None or written is None or not (begins or follows or mark["bullet"]):
            end()
            found.append(block)
            continue
        assert isinstance(block, Paragraph)  # nothing else has a mark
        item = Paragraph(block.markdown[written.end() :], block.plain[mark.end() :], block.start, block.quoted)
        if mark["bullet"]:
            bullets.append((item,))
            continue
        end()
        expected = numbers[place] + 1
        found.append(Items(True, ((item,),), block.start, mark["number"]))
    end()
    return tuple(found)


def whole_lists(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in which each list is in one piece, and what stood between its pieces belongs to the item before."""
    found: list[Block] = []
    opened: list[_Open] = []
    for block in blocks:
        if isinstance(block, Heading) or (isinstance(block, Paragraph) and part_of(block.plain) is not None):
            _close(found, opened, 0)
        if isinstance(block, Items):
            _take(found, opened, Items(block.ordered, tuple(map(whole_lists, block.items)), block.start, block.number))
        else:
            found.append(block)
    _close(found, opened, 0)
    return tuple(_nested(found))


def _nested(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in which a list directly behind an item with a colon, in a list of another kind, belongs to that item."""
    before: Items | None = None
    items: list[tuple[Block, ...]] = []
    nested = False
    for block in blocks:
        if before is not None and isinstance(block, Items):
            last = items[-1][-1]
            if before.ordered != block.ordered and isinstance(last, Paragraph) and last.plain.endswith(":"):
                items[-1] = (*items[-1], block)
                nested = True
                continue
            if nested and not before.ordered and not block.ordered:
                items += block.items
                continue
        if before is not None:
            yield Items(before.ordered, tuple(items), before.start, before.number)
        before, items, nested = (block, list(block.items), False) if isinstance(block, Items) else (None, [], False)
        if before is None:
            yield block
    if before is not None:
        yield Items(before.ordered, tuple(items), before.start, before.number)


def _take(found: list[Block], opened: list[_Open], block: Items) -> None:
    depth = next((at for at in reversed(range(len(opened))) if _goes_on(found, opened[at], block)), None)
    if depth is None:
        if len(opened) == _DEEPEST:
            _close(found, opened, 0)
        opened.append(_Open(len(found), block, list(block.items), _is_one(block)))
        found.append(block)
        return
    _close(found, opened, depth + 1)
    whole = opened[depth]
    whole.items[-1] = (*whole.items[-1], *found[whole.place + 1 :])
    whole.items += block.items
    whole.all_ones &= _is_one(block)
    del found[whole.place + 1 :]


def _close(found: list[Block], opened: list[_Open], depth: int) -> None:
    for each in opened[depth:]:
        found[each.place] = Items(each.first.ordered, tuple(each.items), each.first.start, each.first.number)
    del opened[depth:]


def _goes_on(found: Sequence[Block], opened: _Open, block: Items) -> bool:
    first = opened.first
    if first.ordered != block.ordered:
        return False
    if block.ordered and block.number == _next_number(first.number, len(opened.items)):
        return True
    between = found[opened.place + 1 : opened.place + 2 + _MOST_CODE]
    only_code = 0 < len(between) <= _MOST_CODE and all(isinstance(each, Code) for each in between)
    return only_code and (not block.ordered or (opened.all_ones and block.number == "1"))


def _is_one(items: Items) -> bool:
    return items.number == "1" and len(items.items) == 1


def _next_number(number: str, count: int) -> str:
    if number.isdecimal():
        return str(int(number) + count)
    return chr(ord(number) + count) if len(number) == 1 and ord(number) + count <= ord("z") else ""


def with_code_behind(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in which the code directly behind a list belongs to the last item."""
    found: list[Block] = []
    for is_code, group in groupby(blocks, lambda block: isinstance(block, Code)):
        before = found[-1] if found else None
        if is_code and isinstance(before, Items):
            items = (*before.items[:-1], (*before.items[-1], *group))
            found[-1] = Items(before.ordered, items, before.start, before.number)
        else:
            found += group
    return tuple(found)
