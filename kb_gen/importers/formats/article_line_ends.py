"""What the ends of lines mean in text: paragraphs of their own, rows of columns, or nothing but a full line.

Whoever copies a page gets a line for each paragraph. Whoever writes a mail gets lines of some width: there the next
line's first word is too long for the rest of the line, and many lines begin amid a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["aligned_rows", "paragraph_starts"]

_NARROWEST = 60
"""Characters of a line that nobody calls full."""
_ENDED = (".", ":", "!", "?")
_GAP = re.compile(r"(?<=[^\s.:!?]) {2,}(?=\S)")


def paragraph_starts(lines: Sequence[str]) -> list[int]:
    """The lines, by number, that begin paragraphs, among some that stand together without an empty one between them.

    Args:
        lines: the lines with their indents.
    """
    goes_on = [line.lstrip()[:1].islower() for line in lines]
    longest = max(map(len, lines), default=0)
    copied = not any(goes_on[1:]) and any(_has_room(lines, place, max(longest, _NARROWEST)) for place in _ends(lines))
    starts = [0] if lines else []
    for place in _ends(lines):
        ended = lines[place].endswith(_ENDED)
        if goes_on[place + 1]:
            continue
        if copied:
            is_end = ended or _has_room(lines, place, max(longest, _NARROWEST))
        else:
            is_end = ended and _has_room(lines, place, longest)
        if is_end:
            starts.append(place + 1)
    return starts


def _ends(lines: Sequence[str]) -> range:
    return range(len(lines) - 1)


def _has_room(lines: Sequence[str], place: int, width: int) -> bool:
    """Whether the next line's first word would fit into a line."""
    word = lines[place + 1].split(maxsplit=1)[0]
    return len(lines[place]) + 1 + len(word) <= width


def aligned_rows(lines: Sequence[str], begin: int = 0) -> int:
    """How many lines from one on are rows of columns, which blanks keep below each other; 0 if fewer than two.

    Args:
        lines: the lines with their indents.
        begin: the number of the first one.
    """
    shared: set[int] | None = None
    rows = 0
    for place in range(begin, len(lines)):
        columns = {match.end() for match in _GAP.finditer(lines[place])}
        common = columns if shared is None else columns & shared
        if not common:
            break
        shared = common
        rows += 1
    return rows if rows > 1 else 0
