"""What is wrong, where and how to mend it: one data type, a renderer for each format, a manual of codes."""

from kb_gen.diagnostics.diagnostic import Diagnostic, Place, Severity, error, in_order, warning
from kb_gen.diagnostics.formats import FORMATS, Renderer, Style, ansi, concise, full, github, json, unstyled
from kb_gen.diagnostics.lines import LineIndex, Position, SourceText, visible

__all__ = [
    "FORMATS",
    "Diagnostic",
    "LineIndex",
    "Place",
    "Position",
    "Renderer",
    "Severity",
    "SourceText",
    "Style",
    "ansi",
    "concise",
    "error",
    "full",
    "github",
    "in_order",
    "json",
    "unstyled",
    "visible",
    "warning",
]
