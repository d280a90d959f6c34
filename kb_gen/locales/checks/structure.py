"""A translation is one passage, as its source is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind

__all__ = ["STRUCTURE", "check_structure"]

STRUCTURE = re.compile(
    r"\n[ \t]*\n\s*\S"
    r"|^[ \t]*(?:(?:[-+*]|(?P<number>[0-9]{1,9})[.)]|\#{1,6}|>)[ \t]+(?=\S)|(?:```|~~~))",
    re.MULTILINE,
)
"""The marks of lists, headings, quotations and blocks of code at the beginning of a line, and blank lines."""


def check_structure(pair: Pair) -> Iterator[Finding]:
    """Finds list marks, headings and blank lines in a translation whose source has none: they are shown as text.

    A number that the source names as well is no list mark: `5. Mai` in German.
    """
    if pair.kind is not PairKind.TEXT or STRUCTURE.search(pair.source):
        return
    for match in STRUCTURE.finditer(pair.text):
        if match["number"] and re.search(rf"(?<!\d){match['number']}(?!\d)", pair.source):
            continue
        what = _named(match[0].strip())
        message = f"the translation has {what}, where the source is one passage of running text"
        help_text = "translate passage by passage; a list or a second paragraph belongs into the source"
        yield Finding("translation-structure", Severity.WARNING, message, help_text, *match.span())
        return


def _named(mark: str) -> str:
    if mark[0] == "#":
        return "the mark of a heading"
    if mark[0] == ">":
        return "the mark of a quotation"
    if mark[0] in "`~":
        return "the mark of a code block"
    return "the mark of a list" if mark[0] in "-+*" or mark[-1] in ".)" else "a blank line"
