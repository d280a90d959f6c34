"""Emphasis is closed, and there where the source has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind
from kb_gen.locales.protection import protected_parts
from kb_gen.markup import Emphasis, Strong, walk

__all__ = ["check_emphasis"]

_MARKS = "*`"
_MARKED = re.compile(r"[*_&\\]")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)")
_ESCAPED = re.compile(r"\\([*`\\])")


def check_emphasis(pair: Pair) -> Iterator[Finding]:
    """Finds marks that open or close nothing, and emphasis that the source hasn't."""
    if pair.kind is not PairKind.TEXT or (_unmarked(pair.text) and _unmarked(pair.source)):
        return
    for mark in _MARKS:
        if _stray(pair, pair.text, mark) > _stray(pair, pair.source, mark):
            place = pair.text.find(mark)
            yield Finding(
                "translation-emphasis",
                Severity.ERROR,
                f"a `{mark}` in the translation opens or closes nothing",
                f"write the marks in pairs, without a space inside them; a literal one is `\\{mark}`",
                place,
                place + 1,
            )
            return
    before, after = _emphases(pair, pair.source), _emphases(pair, pair.text)
    if before != after:
        message = f"the source emphasises {before} places, the translation {after}"
        yield Finding("translation-emphasis", Severity.WARNING, message, "emphasise the same words as the source")


def _unmarked(text: str) -> bool:
    """Whether a text has no emphasis for sure, nor a stray mark: each of its backticks is one end of a code span."""
    return not _MARKED.search(text) and text.count("`") == 2 * len(protected_parts(text).code)


def _stray(pair: Pair, text: str, mark: str) -> int:
    # What stands behind a backslash is a character, and opens nothing.
    literal = sum(1 for found in _ESCAPED.finditer(_CODE.sub("", text)) if found[1] == mark)
    return max(sum(prose.count(mark) for prose in pair.prose(text)) - literal, 0)


def _emphases(pair: Pair, text: str) -> int:
    return sum(isinstance(inline, Emphasis | Strong) for inline in walk(pair.inlines(text)))
