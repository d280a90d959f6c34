"""What most rules want to know of a message template, without taking it apart where that isn't needed."""

from __future__ import annotations

import re
from typing import NamedTuple

from kb_gen.messages import parse
from kb_gen.model import MessageSyntax

__all__ = ["Glance", "glance"]

# What is clear about FormatMessage's sequences: a number without a format, or an escape sequence. Any other matches as
# nothing behind its percent sign.
_CLEAR = re.compile(r"%([1-9][0-9]?(?![0-9!])|[nrtb%.! ]|)")
_ESCAPES = frozenset("nrtb%.! ")


class Glance(NamedTuple):
    """What a message template takes.

    Attributes:
        numbers: the numbers of its insertion strings, those for widths and precisions included.
        has_problems: whether something about it is odd.
    """

    numbers: frozenset[int]
    has_problems: bool


def glance(text: str, syntax: MessageSyntax) -> Glance:
    """Look at a message template. The answer is that of `kb_gen.messages.parse`, sooner where the template is plain."""
    if syntax is MessageSyntax.FORMATMESSAGE:
        sequences = set(_CLEAR.findall(text))
        if "" not in sequences:
            return Glance(frozenset(map(int, sequences - _ESCAPES)), has_problems=False)
    template = parse(text, syntax)
    return Glance(frozenset(template.numbers), bool(template.problems))
