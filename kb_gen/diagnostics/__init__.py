"""What is wrong, where and how to mend it: one data type, a renderer for each format, a manual of codes."""

from kb_gen.diagnostics.codes import codes, explain, manual_page
from kb_gen.diagnostics.diagnostic import Diagnostic, Place, Severity, error, in_order, warning
from kb_gen.diagnostics.entries.code import Code
from kb_gen.diagnostics.formats import FORMATS, Renderer, Style, ansi, concise, full, github, json, unstyled
from kb_gen.diagnostics.lines import LineIndex, Position, SourceText, visible

__all__ = [
    "FORMATS",
    "Code",
    "Diagnostic",
    "LineIndex",
    "Place",
    "Position",
    "Renderer",
    "Severity",
    "SourceText",
    "Style",
    "ansi",
    "codes",
    "concise",
    "error",
    "explain",
    "full",
    "github",
    "in_order",
    "json",
    "manual_page",
    "unstyled",
    "visible",
    "warning",
]
