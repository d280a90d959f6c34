"""The one loop that every syntax with percent signs shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.messages.parts import Literal

__all__ = ["pieces"]


def pieces(text: str, sequence: re.Pattern[str]) -> Iterator[Literal | re.Match[str]]:
    """Cut a text into the matches of a pattern and the literal text between them, losing nothing.

    This takes linear time as long as the pattern begins with a percent sign, contains no further one behind its second
    character, and never gives back what it has matched (possessive quantifiers).
    """
    end = 0
    for match in sequence.finditer(text):
        start = match.start()
        if start > end:
            yield Literal(text[end:start])
        yield match
        end = match.end()
    if end < len(text):
        yield Literal(text[end:])
