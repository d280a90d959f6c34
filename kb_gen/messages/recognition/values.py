"""Values whose format tells what they look like: where they end by themselves, and what they say."""

from __future__ import annotations

import re

from kb_gen.messages.kinds import ValueKind

__all__ = ["is_such", "literal_behind", "own_end", "said_by", "such_behind"]

_INTEGER = "[-+]?[0-9]+"
# Of folded texts. No part of a pattern can match in two ways, so that none goes back and tries again.
_PATTERNS = {
    ValueKind.INTEGER: re.compile(_INTEGER),
    ValueKind.HEXADECIMAL: re.compile("(?:0x)?[0-9a-f]+"),
    ValueKind.FLOAT: re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?|inf|nan)"),
    ValueKind.IDENTIFIER: re.compile("`[^`]*(?:``[^`]*)*`"),
    ValueKind.ERROR: re.compile(f'{_INTEGER}(?: "[^"]*")?'),
}

_LONGEST = 300
"""Characters of such a value, so that one that never ends costs little."""


def own_end(text: str, kind: ValueKind | None, start: int, end: int) -> int:
    """Where a value of that kind ends that begins at `start`; -1 if none does."""
    if kind is None:
        return -1
    # Formats with a width put blanks before the value.
    found = _PATTERNS[kind].match(text, start + text.startswith(" ", start), min(end, start + _LONGEST))
    return found.end() if found else -1


def literal_behind(text: str, kind: ValueKind | None, literal: str, start: int, end: int) -> int:
    """Where a literal begins that stands right behind a value of that kind which begins at `start`; -1 if none does."""
    own = own_end(text, kind, start, end)
    return own if own >= 0 and text.startswith(literal, own, end) else -1


def is_such(text: str, kind: ValueKind | None, start: int, end: int) -> bool:
    """Whether what stands between two places is a value of that kind; of no kind is anything."""
    return kind is None or own_end(text, kind, start, end) == end - text.endswith(" ", start, end)


def such_behind(text: str, kind: ValueKind | None, literal: str, start: int, end: int) -> int:
    """Where the last of the literals between two places ends behind which there's nothing but a value of that kind.

    Returns:
        -1 if there is no such literal.
    """
    place = text.rfind(literal, start, end)
    behind = place + len(literal)
    return behind if place >= 0 and behind < end and is_such(text, kind, behind, end) else -1


def said_by(value: str, kind: ValueKind | None) -> str:
    """What a value says: of an identifier in backticks, the identifier."""
    if kind is ValueKind.IDENTIFIER and len(value) > 1 and value[0] == value[-1] == "`":
        return value[1:-1].replace("``", "`")
    return value
