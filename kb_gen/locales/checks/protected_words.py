"""Names that a project protects stand in the translation as they stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind

__all__ = ["check_protected_words", "lost_words"]


def lost_words(source: str, text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `words` that stand in `source` and nowhere in `text`, be it as a part of a longer word."""
    # Nearly always, what the source has stands in the text as well.
    missing = [word for word in words if word in source and word not in text]
    if not missing:
        return ()
    line = _on_one_line(text)
    return tuple(word for word in missing if word not in line and _whole(word).search(source))


@lru_cache(maxsize=1024)
def _whole(word: str) -> re.Pattern[str]:
    """Finds a word that is no part of a longer one."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")


def check_protected_words(pair: Pair) -> Iterator[Finding]:
    """Finds names that are lost or written otherwise. One that occurs twice may be a pronoun the second time."""
    if pair.kind is PairKind.MESSAGE or not pair.text.strip():
        return
    for word in lost_words(pair.source, pair.text, pair.words):
        match = re.search(re.escape(word).replace("\\ ", r"[\s-]*"), pair.text, re.IGNORECASE)
        if match:
            message = f"the name `{word}` has become `{match[0]}`"
            yield Finding("translation-protected-word", Severity.WARNING, message, f"write `{word}`", *match.span())
        else:
            message = f"the translation doesn't have the name `{word}`"
            help_text = "take it over; the project lists it as a name that stays as it is"
            yield Finding("translation-protected-word", Severity.WARNING, message, help_text)


def _on_one_line(text: str) -> str:
    """A text whose spaces are all the same, those that don't break included."""
    return " ".join(text.split())
