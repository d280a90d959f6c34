"""White space is where the source has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind

__all__ = ["check_blank", "check_doubled_spaces", "check_edges"]

_DOUBLED = re.compile(r"(?<=\S)  +(?=\S)")


def check_blank(pair: Pair) -> Iterator[Finding]:
    """Finds translations that consist of white space: neither a translation nor visibly none."""
    if pair.text.isspace():
        message = "the translation holds nothing but white space"
        yield Finding("translation-blank", Severity.ERROR, message, "empty it, or translate the text")


def check_edges(pair: Pair) -> Iterator[Finding]:
    """Finds white space at the beginning or end that the source doesn't have, or the other way round."""
    if pair.text.isspace() or (pair.text.strip() == pair.text and pair.source.strip() == pair.source):
        return
    before = pair.source[: len(pair.source) - len(pair.source.lstrip())]
    after = pair.text[: len(pair.text) - len(pair.text.lstrip())]
    help_text = "begin and end the translation as the source does"
    if before != after:
        message = "the translation begins with other white space than the source"
        yield Finding("translation-edge-space", Severity.WARNING, message, help_text, 0, max(len(after), 1))
    before, after = pair.source[len(pair.source.rstrip()) :], pair.text[len(pair.text.rstrip()) :]
    if before != after:
        message = "the translation ends in other white space than the source"
        end = len(pair.text)
        yield Finding("translation-edge-space", Severity.WARNING, message, help_text, end - max(len(after), 1), end)


def check_doubled_spaces(pair: Pair) -> Iterator[Finding]:
    """Finds doubled spaces between words that the source doesn't have."""
    if pair.kind is PairKind.MESSAGE or ("  " not in pair.text and "&" not in pair.text):
        return
    if any(_DOUBLED.search(prose) for prose in pair.prose(pair.source)):
        return
    if any(_DOUBLED.search(prose) for prose in pair.prose(pair.text)):
        match = _DOUBLED.search(pair.text)
        place = match.span() if match else (None, None)
        yield Finding("translation-double-space", Severity.WARNING, "two spaces follow one another", "", *place)
