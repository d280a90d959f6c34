"""What an author may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

__all__ = ["meant"]


def meant(written: str, known: Iterable[str], otherwise: str) -> str:
    """A question for the name in `known` that is nearest to what was written, else the advice `otherwise`."""
    found = process.extractOne(written, list(known), scorer=fuzz.ratio, processor=str.lower, score_cutoff=70)
    return f"did you mean `{found[0]}`?" if found else otherwise
