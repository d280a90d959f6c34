"""A translation is more than a copy of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair

__all__ = ["check_copied"]

_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019&][^\W\d_]+)*")
_NAMES = re.compile(r"\{\w*\}|\w*_\w*")
_SHORTEST, _SHORTEST_IN_PROSE = 2, 3


def check_copied(pair: Pair) -> Iterator[Finding]:
    """Finds source texts left as they are. Names and code are the same in every language and are no offence."""
    if pair.text != pair.source:
        return
    found = [word for prose in pair.prose(pair.source) for word in _WORD.findall(_NAMES.sub(" ", prose))]
    words = [word for word in found if len(word) >= _SHORTEST]
    if len(words) > 1 and any(word[0].islower() and len(word) >= _SHORTEST_IN_PROSE for word in words):
        message = "the translation is the source text itself"
        yield Finding("translation-copied", Severity.WARNING, message, "translate it, or leave it empty")
