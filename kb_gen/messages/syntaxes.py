"""The syntaxes that an event source can write its templates in, as data: a name and a parser each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kb_gen.messages.formatmessage import parse_formatmessage
from kb_gen.messages.parts import Part
from kb_gen.messages.plain import parse_plain
from kb_gen.messages.printf import parse_printf
from kb_gen.messages.problems import Problem
from kb_gen.model import MessageSyntax

__all__ = ["PARSERS"]


PARSERS: Mapping[MessageSyntax, Callable[[str], tuple[tuple[Part, ...], tuple[Problem, ...]]]] = MappingProxyType(
    {
        MessageSyntax.FORMATMESSAGE: parse_formatmessage,
        MessageSyntax.PRINTF: parse_printf,
        MessageSyntax.PLAIN: parse_plain,
    }
)
