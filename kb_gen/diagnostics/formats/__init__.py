"""How diagnostics are written: one module a format, found by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kb_gen.diagnostics.diagnostic import Diagnostic
from kb_gen.diagnostics.formats.concise import concise
from kb_gen.diagnostics.formats.full import Style, ansi, full, unstyled
from kb_gen.diagnostics.formats.github import github
from kb_gen.diagnostics.formats.json import json
from kb_gen.diagnostics.lines import SourceText

__all__ = ["FORMATS", "Renderer", "Style", "ansi", "concise", "full", "github", "json", "unstyled"]

Renderer = Callable[[Iterable[Diagnostic], SourceText], Iterator[str]]
"""Writes diagnostics as lines without line ends."""

FORMATS: Mapping[str, Renderer] = {"full": full, "concise": concise, "json": json, "github": github}
