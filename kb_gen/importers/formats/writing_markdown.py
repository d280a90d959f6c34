"""Texts from elsewhere written as the Markdown of records, in which nothing is markup that wasn't meant to be."""

from __future__ import annotations

import re
from itertools import count

from kb_gen.markup import Paragraph, Text, parse_blocks, parse_inlines

__all__ = ["code_span", "escaped"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&]|%(?=[1-9]))")
_BLOCK_START = re.compile(r"^(\s*)([-+#]|\d{1,9}(?=[.)]))", re.MULTILINE)
_NUMBER_START = re.compile(r"^(\s*\d{1,9})([.)])", re.MULTILINE)
_RUNS = re.compile("`+")


def escaped(text: str) -> str:
    r"""Running text as inline Markdown that shows it as it is; `%1` in it stays an insertion string only as `\%1`."""
    if _is_plain(text):
        return text
    return _NUMBER_START.sub(r"\1\\\2", re.sub(r"^(\s*)([-+#])", r"\1\\\2", _SPECIAL.sub(r"\\\1", text)))


def _is_plain(text: str) -> bool:
    blocks = parse_blocks(text)
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph) or blocks[0].text != text:
        return False
    inlines = parse_inlines(text)
    return len(inlines) == 1 and inlines[0] == Text(text)


def code_span(text: str) -> str:
    """Text as a code span, which shows it as it is but for line breaks."""
    line = " ".join(text.split("\n"))
    taken = {len(run) for run in _RUNS.findall(line)}
    fence = "`" * next(number for number in count(1) if number not in taken)
    padded = (
        f" {line} " if line.startswith("`") or line.endswith("`") or (line.strip() and line != line.strip()) else line
    )
    return f"{fence}{padded}{fence}"
