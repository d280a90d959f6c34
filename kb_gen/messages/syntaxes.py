"""The syntaxes that an event source can write its templates in, as data: a name and a parser each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from kb_gen.messages.formatmessage import parse_formatmessage
from kb_gen.messages.parts import Part
from kb_gen.messages.plain import parse_plain
from kb_gen.messages.printf import parse_printf
from kb_gen.messages.problems import Problem

__all__ = ["PARSERS", "Syntax"]


class Syntax(StrEnum):
    """How an event source marks the insertion strings of its messages."""

    FORMATMESSAGE = "formatmessage"
    """Windows' message tables: `%1`, `%2!08lx!`, `%n`."""
    PRINTF = "printf"
    """C's `printf` and MariaDB's additions: `%s`, `%2$d`, `%-.192T`, `%%`."""
    PLAIN = "plain"
    """No insertion strings: the text is what the log shows."""


PARSERS: Mapping[Syntax, Callable[[str], tuple[tuple[Part, ...], tuple[Problem, ...]]]] = MappingProxyType(
    {
        Syntax.FORMATMESSAGE: parse_formatmessage,
        Syntax.PRINTF: parse_printf,
        Syntax.PLAIN: parse_plain,
    }
)
