"""What is offered for a text: translations of the same or a similar one, from all catalogs of the locale."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from rapidfuzz import fuzz, process

from kb_gen.preview.workbench.views import Suggestion

__all__ = ["Known", "Suggestions"]

_LEAST = 70
_MOST = 5


class Known(NamedTuple):
    """A translation that a translator has approved, and where it is from."""

    source: str
    target: str
    origin: str


class Suggestions:
    """Translations to be looked up by similar source texts."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = list(known)
        self._sources = [one.source for one in self._known]

    def of(self, source: str, own: str) -> list[Suggestion]:
        """The best translations for a text, best first.

        Args:
            source: the text.
            own: where the text itself stands, of which nothing is offered.
        """
        found = process.extract(source, self._sources, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=_MOST * 4)
        best: dict[str, Suggestion] = {}
        for text, score, place in found:
            one = self._known[place]
            if one.origin != own or text != source:
                best.setdefault(one.target, Suggestion(text, one.target, int(score), one.origin))
        return list(islice(best.values(), _MOST))
