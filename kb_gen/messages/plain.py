"""Messages without insertion strings, in which a percent sign is a percent sign."""

from __future__ import annotations

from kb_gen.messages.parts import Literal, Part
from kb_gen.messages.problems import Problem

__all__ = ["parse_plain"]


def parse_plain(text: str) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """Take a text as it stands; nothing about it can be odd."""
    return ((Literal(text),) if text else ()), ()
