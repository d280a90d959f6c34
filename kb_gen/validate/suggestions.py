"""What an author may have meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["meant"]

_DIGITS = re.compile(r"\d+")


def meant(written: str, known: Iterable[str], otherwise: str) -> str:
    """A question for the name in `known` that is nearest to what was written, else the advice `otherwise`.

    A name with other digits is another thing, however close it looks.
    """
    digits = _DIGITS.findall(written)
    alike = [name for name in known if _DIGITS.findall(name) == digits]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only for what is misspelt

    found = process.extractOne(written, alike, scorer=fuzz.ratio, processor=str.lower, score_cutoff=75)
    return f"did you mean `{found[0]}`?" if found else otherwise
