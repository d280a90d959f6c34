"""Where an article tells the day of its last change, other than among its facts: below its title, or at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb_gen.importers.formats.article_blocks import Block, Paragraph
from kb_gen.importers.formats.article_labels import Fact, date_of, fact_of
from kb_gen.importers.formats.article_pairs import label_of

__all__ = ["is_byline", "take_modified"]

_BYLINE = re.compile(
    r"(?:Article|Artikel)\s*[•·|\n]\s*(?:(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})|(?P<other>[\d. -]{8,14}))"
    r"(?:\s*[•·|\n]\s*\d+ (?:minutes? to read|Minuten? Lesedauer|contributors?|Mitwirkende[r]?))*\s*"
)
"""What Microsoft Learn has below a title. Days with strokes are American there, as its English is."""
_BETWEEN = re.compile(r" [-–|•·] ")
_LONGEST = 60


def is_byline(line: str) -> bool:
    """Whether a line is what Microsoft Learn has below a title: `Article • 03/23/2021 • 2 minutes to read`."""
    return _BYLINE.fullmatch(line) is not None


def take_modified(blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...]]:
    """The day as it is told, or empty; and the blocks without the paragraph that tells nothing else.

    Args:
        blocks: the article, without its facts.
    """
    for place, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        told, alone = _told(block.plain)
        if told:
            return told, tuple([*blocks[:place], *blocks[place + 1 :]] if alone else blocks)
    return "", tuple(blocks)


def _told(plain: str) -> tuple[str, bool]:
    """The day that a paragraph tells, and whether it tells nothing else."""
    if byline := _BYLINE.fullmatch(plain):
        american = f"{byline['year']}-{byline['month']}-{byline['day']}"
        day = (byline["other"] or american).strip()
        return (day, True) if date_of(day) else ("", False)
    days = list(_labelled(plain))
    alone = len(days) == 1 and "\n" not in plain and not _BETWEEN.search(plain)
    return (days[0], alone) if days else ("", False)


def _labelled(plain: str) -> Iterator[str]:
    """The values with a label of the last change, at the beginning of a line, or behind another fact in it."""
    for line in plain.split("\n"):
        pieces = _BETWEEN.split(line)
        if fact_of(label_of(pieces[0])) is None:
            continue
        for piece in pieces:
            label = label_of(piece)
            value = piece.strip().removeprefix(label).strip(" \t:")
            if fact_of(label) is Fact.MODIFIED and len(value) < _LONGEST and date_of(value):
                yield value
