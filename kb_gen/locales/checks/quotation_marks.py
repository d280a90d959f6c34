"""German quotation marks in German texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind

__all__ = ["check_quotation_marks"]

_FOREIGN = re.compile('["\u201d]')
_SUSPECT = re.compile('["\u201d&]')


def check_quotation_marks(pair: Pair) -> Iterator[Finding]:
    """Finds straight and English quotation marks. A message template quotes as its product does."""
    if pair.kind is PairKind.MESSAGE or pair.language != "de" or not _SUSPECT.search(pair.text):
        return
    for prose in pair.prose(pair.text):
        if match := _FOREIGN.search(prose):
            start = pair.text.find(match[0])
            place = (start, start + 1) if start >= 0 else (None, None)
            message = f"`{match[0]}` is no German quotation mark"
            help_text = "write \u201e\u2026\u201c, and \u201a\u2026\u2018 inside them"
            yield Finding("translation-quotation-marks", Severity.WARNING, message, help_text, *place)
            return
