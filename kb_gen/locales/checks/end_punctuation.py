"""A translation ends as its source does: in a full stop, a colon, a question mark, an ellipsis, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind

__all__ = ["END_CHARACTERS", "END_MARKS", "check_end_punctuation", "end_differs"]

_STOP, _COLON, _QUESTION, _EXCLAMATION, _ELLIPSIS, _SEMICOLON = ".", ":", "?", "!", "…", ";"
_NAMES = MappingProxyType(
    {
        _STOP: "a full stop",
        _COLON: "a colon",
        _QUESTION: "a question mark",
        _EXCLAMATION: "an exclamation mark",
        _ELLIPSIS: "an ellipsis",
        _SEMICOLON: "a semicolon",
    }
)
_MARKS = MappingProxyType(
    {
        **dict.fromkeys(".\u3002\uff0e\uff61\u0964\u0965\u06d4\u1362", _STOP),
        **dict.fromkeys(":\uff1a\u1366", _COLON),
        **dict.fromkeys("?\uff1f\u061f\u1367\u2e2e", _QUESTION),
        **dict.fromkeys("!\uff01", _EXCLAMATION),
        **dict.fromkeys("\u2026\u2025", _ELLIPSIS),
        **dict.fromkeys(";\uff1b\u061b\u1364", _SEMICOLON),
    }
)
_GREEK = MappingProxyType({**_MARKS, ";": _QUESTION, "\u037e": _QUESTION, "\u00b7": _SEMICOLON, "\u0387": _SEMICOLON})

_OTHERWISE = frozenset({"bo", "dz", "hy", "km", "lo", "my", "th"})
"""Languages that end sentences in other ways: by a space, or with marks inside a word."""

_AROUND = (
    " \t\n\u00a0\u202f)]}*_\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\u2039\u203a"
    "\u300d\u300f\uff09\u3011\u2069\u200e\u200f"
)
"""What may stand behind the punctuation at the end, and is looked past."""

END_MARKS = "".join(_GREEK)
"""All punctuation that a text can end in."""

END_CHARACTERS = frozenset(END_MARKS + _AROUND)
"""The characters of which a text has to end in one to end in any punctuation."""

_ABBREVIATION = re.compile(
    r"(?:(?<!\w)(?:\w\.[ \u00a0\u202f]?)+\w"
    r"|(?<!\w)(?:abbr|approx|corp|dept|etc|ext|inc|incl|ltd|max|min|misc|no|nos|sec|resp|vs"
    r"|abb|abk|bspw|bzw|ca|evtl|ggf|inkl|nr|sek|std|tel|usf|usw|vgl|zzgl"
    r"|c[\u00e0a]d|ecc|ex|p[\u00e1a]g|tj|itp|itd|dr|m|mme|st))\.\Z",
    re.IGNORECASE,
)
_ASKING = frozenset((_QUESTION, _EXCLAMATION))
_QUOTATION_MARKS = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a")
_DOTS = re.compile(r"\.{2,}|\u3002{2,}")
_SHORTENED_WORDS = 1


def end_differs(source: str, text: str, language: str) -> bool:
    """Whether two texts end in other punctuation; brackets, quotation marks and emphasis around it don't matter."""
    return _difference(source, text, language) is not None


def check_end_punctuation(pair: Pair) -> Iterator[Finding]:
    """Finds another punctuation at the end. A message template ends as its product has it."""
    if pair.kind is PairKind.MESSAGE or not pair.text.strip():
        return
    difference = _difference(pair.source, pair.text, pair.language)
    if difference is None:
        return
    before, after = difference
    if not before:
        message = f"the translation ends in {_named(after)}, the source in none"
        help_text = "leave it out"
    elif not after:
        message = f"the source ends in {_named(before)}, the translation in none"
        help_text = "end the translation as the source ends"
    else:
        message = f"the source ends in {_named(before)}, the translation in {_named(after)}"
        help_text = "end the translation as the source ends"
    _, start, end = _bounds(pair.text)
    place = (start, end) if start < end else (max(end - 1, 0), end)
    yield Finding("translation-end-punctuation", Severity.WARNING, message, help_text, *place)


def _difference(source: str, text: str, language: str) -> tuple[str, str] | None:
    """What the marks at the ends of both texts mean, if they mean something else."""
    if language in _OTHERWISE:
        return None
    before = _meaning(source, _MARKS)
    after = _meaning(text, _GREEK if language == "el" else _MARKS)
    # A mark inside a quotation at the end may be the quotation's: some put a full stop behind it, others don't.
    if before == after or _is_quoted(source) or _is_quoted(text):
        return None
    if {before, after} == {"", _STOP} and _may_be_shortened(source, text, before):
        return None
    return before, after


def _may_be_shortened(source: str, text: str, before: str) -> bool:
    """Whether a full stop that only one of two texts has may be that of an abbreviation."""
    if before:
        return _ends_in_abbreviation(source)
    return len(text.split()) <= _SHORTENED_WORDS or _ends_in_abbreviation(text)


def _bounds(text: str) -> tuple[str, int, int]:
    """The marks at the end of a text, and where they begin and end; without any, where they would be."""
    inside = text.rstrip(_AROUND)
    bare = inside.rstrip(END_MARKS)
    return inside[len(bare) :], len(bare), len(inside)


def _meaning(text: str, marks: Mapping[str, str]) -> str:
    """What the punctuation at the end of a text means; nothing where there is none.

    The last mark counts: `No.:` ends in a colon. Question and exclamation mark may stand together, in any order.
    """
    run, start, _ = _bounds(text)
    if not run or not start or (run == ".." and not text[start - 1].isalnum()):
        return ""  # what consists of marks alone ends in none, nor does what names the folder above
    run = _DOTS.sub(_ELLIPSIS, run)
    meaning = marks.get(run[-1], "")
    both = {marks.get(mark, "") for mark in run} >= _ASKING if meaning in _ASKING else False
    return "".join(sorted(_ASKING)) if both else meaning


def _is_quoted(text: str) -> bool:
    """Whether the punctuation at the end of a text stands inside a quotation: `Expected ';'`."""
    run, _, end = _bounds(text)
    return bool(run) and text[end : end + 1] in _QUOTATION_MARKS and end < len(text)


def _ends_in_abbreviation(text: str) -> bool:
    return _ABBREVIATION.search(text.rstrip(_AROUND)[-20:]) is not None


def _named(marks: str) -> str:
    return " and ".join(_NAMES[mark] for mark in marks)
