"""German quotation marks in German texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind

__all__ = ["FOREIGN", "check_quotation_marks"]

FOREIGN = '"\u201d'
"""The marks that are none of German."""

_FOREIGN = re.compile(f"[{FOREIGN}]")
_SUSPECT = re.compile(f"[{FOREIGN}&]")


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
