"""How severe an entry is, by the words and numbers that logs have for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kb_gen.model import EventSeverity

__all__ = ["LEVEL_WORDS", "level_in", "level_of", "of_priority", "of_windows"]

_CRITICAL, _ERROR, _WARNING, _INFORMATION, _VERBOSE = (
    EventSeverity.CRITICAL,
    EventSeverity.ERROR,
    EventSeverity.WARNING,
    EventSeverity.INFORMATION,
    EventSeverity.VERBOSE,
)

LEVEL_WORDS: Mapping[str, EventSeverity] = {
    **dict.fromkeys(
        ("emerg", "emergency", "alert", "crit", "critical", "fatal", "panic", "kritisch", "critique"), _CRITICAL
    ),
    **dict.fromkeys(("error", "err", "severe", "fehler", "erreur", "errore"), _ERROR),
    **dict.fromkeys(("warning", "warn", "warnung", "avertissement", "advertencia", "avviso"), _WARNING),
    **dict.fromkeys(
        (
            *("information", "informational", "info", "notice", "note", "system", "informationen", "informations"),
            *("hinweis", "información", "informazioni"),
        ),
        _INFORMATION,
    ),
    **dict.fromkeys(("debug", "trace", "verbose", "fine", "finer", "finest", "ausführlich"), _VERBOSE),
    **dict.fromkeys(("audit success", "successaudit", "überwachung erfolgreich"), EventSeverity.SUCCESS_AUDIT),
    **dict.fromkeys(("audit failure", "failureaudit", "überwachung gescheitert"), EventSeverity.FAILURE_AUDIT),
}
"""Severities by what Windows, syslog and programs call them, in English, German and, some, in other languages."""

_WORD = "|".join(sorted((re.escape(word) for word in LEVEL_WORDS if " " not in word), key=len, reverse=True))
_MARKED = re.compile(
    "|".join(
        (
            rf"\b(?:level|lvl|severity|loglevel)=\"?({_WORD})\b",
            rf"[\[<(|]\s?(?:\w{{1,30}}:)?({_WORD})\s?[\])>|:]",
            rf"[ \t](?-i:({_WORD.upper()}))[ \t:\]|-]",
            rf"^[\s|:,-]{{0,3}}({_WORD})(?:[:\]|]|\s+[-:|\[]|\s{{2,}})",
        )
    ),
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_LOOKED_AT = 90

_AUDIT_SUCCESS, _AUDIT_FAILURE = 0x20000000000000, 0x10000000000000


def level_of(word: str) -> EventSeverity | None:
    """The severity that a word names; None if it names none."""
    return LEVEL_WORDS.get(word.strip().lower())


def level_in(text: str) -> EventSeverity | None:
    """The severity that a line names behind its time: in brackets, in capitals, or as `level=…`.

    A mere word doesn't count: `the error is gone` is none.
    """
    begin = text[:_LOOKED_AT]
    # Hardly a line has such a word, and that is told soonest by its words.
    if not any(map(_has_level, begin.split())):
        return None
    found = _MARKED.search(f" {begin} ")
    return level_of(found[found.lastindex or 0]) if found else None


@lru_cache(maxsize=10_000)
def _has_level(text: str) -> bool:
    """Whether a word, with what touches it, has the name of a severity in it."""
    return not text.isdecimal() and not LEVEL_WORDS.keys().isdisjoint(_WORDS.findall(text.lower()))


def of_priority(priority: int) -> EventSeverity:
    """The severity of a syslog priority, RFC 5424 section 6.2.1."""
    return (_CRITICAL, _CRITICAL, _CRITICAL, _ERROR, _WARNING, _INFORMATION, _INFORMATION, _VERBOSE)[priority & 7]


def of_windows(level: int | None, keywords: int) -> EventSeverity | None:
    """The severity of a Windows event, by its level, if it has one, and keywords ([MS-EVEN6], winmeta.h)."""
    if keywords & _AUDIT_FAILURE:
        return EventSeverity.FAILURE_AUDIT
    if keywords & _AUDIT_SUCCESS:
        return EventSeverity.SUCCESS_AUDIT
    known = {0: _INFORMATION, 1: _CRITICAL, 2: _ERROR, 3: _WARNING, 4: _INFORMATION, 5: _VERBOSE}
    return known.get(level) if level is not None else None
