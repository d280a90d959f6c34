"""What the title of an article says of its event: the ID in most cases, the source only where it is named as such.

"Event ID 5720 is logged when a computer starts" names no source, nor does "Ereignis-ID 7036 – Dienst", for what stands
behind an ID is a component or a topic more often than a source. Only a word that is written as no word of a language is
(`NETLOGON`, `MSExchangeTransport`) is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from kb_gen.importers.formats.article_labels import severity_of

__all__ = ["Title", "further_ids", "title_of"]

_NUMBER = r"(?P<id>\d{1,10}|0x[0-9a-f]{1,8})(?![\w.]*\w)"
_LABELLED_ID = re.compile(
    rf"\b(?:event|ereignis)(?:[ -]?(?:ids?|code|number|kennung|nummer))?[ ]?[:#]?[ ]?{_NUMBER}", re.IGNORECASE
)
_FURTHER = re.compile(
    r"(?:[ ]?(?:[,;/&]|\band\b|\bund\b|\bor\b|\boder\b))+[ ]?"
    r"(?P<label>(?:event|ereignis)[ -]?ids?[ ])?(?P<id>0x[0-9a-f]{1,8}|\d{1,10})(?![\w.]*\w)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"ids\b", re.IGNORECASE)
_SHORTEST = 3
"""Digits of a further ID in a title that doesn't say that there are several: `Event ID 7 and 2 others` has one."""
_LABELLED_SOURCE = re.compile(
    r"(?i:(?:(?:^|[,;(|–—-])[ ]*|\b(?:with|from|by|mit|von|aus|der|the)[ ]|(?<=\d)[ ])"
    r"(?:event[ -]?source|source|provider|ereignisquelle|quelle|anbieter)\b(?:[ ]?[:=][ ]?|[ ]))"
    r"[\"'„“‚‘(]?(?P<source>[A-ZÄÖÜ][^\s,;:()|\"'“”‘’]{0,80}(?: [A-ZÄÖÜ][^\s,;:()|\"'“”‘’]{0,40}){0,6}"
    r"|[a-z]+[A-Z0-9-][^\s,;:()|\"'“”‘’]{0,80})"
)
_AUDIT = re.compile(r"(?P<id>\d{3,5})\((?:S|F|-)(?:, ?(?:S|F))*\):? (?P<beside>.+)")
"""How Microsoft heads its articles about auditing: `4625(F): An account failed to log on.`"""
_NAMED = re.compile(rf"(?P<source>\S[^\n]{{0,100}}?)[ \t/:#–—-]+{_NUMBER}", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_IDENTIFIER = re.compile(r"(?=.{3})[A-Za-z]+[\w.$-]*?(?<=\w)[A-Z0-9][\w.$-]*|[A-Z][\w.]*(?:-[A-Z][\w.]*)+")
_NO_SOURCE = re.compile(r"kb\d+|windows|win\d+|http|https|faq|error|warning|[ivx]+", re.IGNORECASE)
_WORD_OF_SOURCE = re.compile(r"[A-ZÄÖÜ][\w.&$-]*")
_OTHER_WORDS = (
    "event events eventid ereignis ereignisse ereignis-id id ids error errors fehler fehlercode fehlermeldung "
    "code warning warnung message meldung kb article artikel step schritt windows server version office exchange "
    "chapter kapitel page seite part teil http stop issue problem ticket status update build release pack sp bug "
    "method methode option nr no number nummer abschnitt section solution cause appendix troubleshooting"
)
_NO_WORDS = frozenset(_OTHER_WORDS.split())
"""Words before a number that isn't an event's, or that are no source of it."""
_AROUND = " \t,;:–—-|/()[]#.\"'„“”"


class Title(Struct, frozen=True):
    """What a title says.

    Attributes:
        id: the event's ID, or empty.
        source: the event's source, or empty.
        beside: what it says besides.
        certain: whether it says that the source is one.
        further: the IDs of further events that it names.
    """

    id: str = ""
    source: str = ""
    beside: str = ""
    certain: bool = True
    further: tuple[str, ...] = ()


def further_ids(text: str) -> tuple[str, ...]:
    """The IDs that a text begins with, which go on with one before it: `, 11 and 12`."""
    return tuple(match["id"] for match in _further(text))


def _further(text: str) -> Iterator[re.Match[str]]:
    end = 0
    while match := _FURTHER.match(text, end):
        yield match
        end = match.end()


def title_of(text: str) -> Title:
    """What a title says of an event.

    Args:
        text: the title, plain.
    """
    text = " ".join(text.split())
    title = _title_of(text)
    labelled = _LABELLED_ID.search(text)
    if labelled is None or labelled["id"] != title.id:
        return title
    several = _PLURAL.search(labelled[0]) is not None
    further = (
        match["id"]
        for match in _further(text[labelled.end() :])
        if several or match["label"] or (len(match["id"]) >= _SHORTEST and not _YEAR.fullmatch(match["id"]))
    )
    return msgspec.structs.replace(title, further=tuple(further))


def _title_of(text: str) -> Title:
    labelled = _LABELLED_ID.search(text)
    source = _LABELLED_SOURCE.search(text)
    if audit := _AUDIT.fullmatch(text):
        return Title(audit["id"], "", text)
    if labelled is None:
        if source is not None:
            return Title("", source["source"].strip(_AROUND), text)
        return _named(text)
    before, after = text[: labelled.start()], text[labelled.end() :]
    if source is not None:
        rest = f"{before} {after}".replace(source[0], " ", 1)
        return Title(labelled["id"], source["source"].strip(_AROUND), rest.strip(_AROUND))
    names = [part for part in (before.strip(_AROUND), after.strip(_AROUND)) if part]
    if not names:
        return Title(labelled["id"])
    if len(names) == 1 and _is_identifier(names[0]):
        return Title(labelled["id"], names[0], certain=False)
    return Title(labelled["id"], "", " ".join(names))


def _is_identifier(word: str) -> bool:
    return _IDENTIFIER.fullmatch(word) is not None and not _NO_SOURCE.fullmatch(word) and severity_of(word) is None


def _named(text: str) -> Title:
    """A source and an ID, and nothing else: `MSExchangeTransport 1024`."""
    match = _NAMED.fullmatch(text)
    if match is None:
        return Title()
    source = match["source"].strip(_AROUND)
    words = source.split()
    plausible = len(words) < 5 and all(
        _WORD_OF_SOURCE.fullmatch(word) and word.casefold() not in _NO_WORDS for word in words
    )
    if not words or _YEAR.fullmatch(match["id"]) or not (plausible or _is_identifier(source)):
        return Title()  # `Exchange Server 2010` is none
    return Title(match["id"], source)
