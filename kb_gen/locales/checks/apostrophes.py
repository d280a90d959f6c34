"""Apostrophes are apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind

__all__ = ["ACCENT", "check_apostrophes"]

ACCENT = "\u00b4"
"""The acute accent, which keyboards have beside the apostrophe."""

_MISUSED = re.compile(rf"(?<=[^\W\d_]){ACCENT}(?=[^\W\d_])")


def check_apostrophes(pair: Pair) -> Iterator[Finding]:
    """Finds accents in the place of apostrophes. Straight ones are no offence: keyboards and sources have no others."""
    if pair.kind is PairKind.MESSAGE or ACCENT not in pair.text or ACCENT in pair.source:
        return
    if any(_MISUSED.search(prose) for prose in pair.prose(pair.text)) and (match := _MISUSED.search(pair.text)):
        message = f"`{ACCENT}` is an accent and no apostrophe"
        yield Finding("translation-apostrophe", Severity.WARNING, message, "write \u2019 or '", *match.span())
