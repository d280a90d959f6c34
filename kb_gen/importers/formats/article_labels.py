"""The words by which English and German articles name facts and sections."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from kb_gen.model import EventSeverity

__all__ = ["Fact", "Part", "date_of", "fact_of", "part_of", "severity_of"]


class Fact(StrEnum):
    """What a labelled value is."""

    PRODUCT = "product"
    VERSION = "version"
    ID = "id"
    SOURCE = "source"
    CATEGORY = "category"
    SYMBOL = "symbol"
    MESSAGE = "message"
    SEVERITY = "severity"
    MODIFIED = "modified"
    OTHER = "other"


class Part(StrEnum):
    """What a section is about."""

    FACTS = "facts"
    EXPLANATION = "explanation"
    ACTIONS = "actions"
    REFERENCES = "references"


_FACTS: Mapping[Fact, str] = {
    Fact.PRODUCT: "product name|product|produktname|produkt",
    Fact.VERSION: "product version|version|produktversion",
    Fact.ID: "event id|eventid|event number|ereignis-id|ereignis id|ereigniskennung|ereignisnummer|id",
    Fact.SOURCE: "event source|source|provider|provider name|ereignisquelle|quelle|anbieter|anbietername",
    Fact.CATEGORY: "category|event category|task category|kategorie|ereigniskategorie|aufgabenkategorie",
    Fact.SYMBOL: "symbolic name|symbol|symbolischer name|symbolname",
    Fact.MESSAGE: "message text|message|event message|event text|meldungstext|meldung|nachrichtentext|ereignismeldung"
    "|ereignistext",
    Fact.SEVERITY: "severity|level|event type|event level|type|schweregrad|ebene|stufe|ereignistyp|typ",
    Fact.MODIFIED: "topic last modified|last modified|last updated|last reviewed|updated|modified"
    "|letztes änderungsdatum des themas|letztes änderungsdatum|letzte änderung|zuletzt geändert|zuletzt aktualisiert"
    "|geändert am|aktualisiert am|änderungsdatum|stand",
    Fact.OTHER: "applies to|rule type|rule name|log|log name|computer|user|keywords|opcode|date|time|gilt für|betrifft"
    "|regeltyp|protokoll|protokollname|schlüsselwörter|benutzer|vorgangscode|datum|uhrzeit",
}
_PARTS: Mapping[Part, str] = {
    Part.FACTS: "details|event details|event|ereignis|ereignisdetails|eigenschaften|properties",
    Part.EXPLANATION: "explanation|description|meaning|erläuterung|erklärung|beschreibung|bedeutung|cause|causes"
    "|possible causes|possible cause|ursache|ursachen|mögliche ursachen|mögliche ursache|symptom|symptoms|symptome"
    "|impact|auswirkung|auswirkungen|summary|zusammenfassung|overview|überblick|introduction|einführung|background"
    "|hintergrund",
    Part.ACTIONS: "user action|user actions|action|actions|recommended action|recommended actions|resolution"
    "|resolutions|solution|workaround|resolve|fix|what to do|diagnosis|mitigation|troubleshooting|verify|verification"
    "|runbook|remedy|corrective action|suggested action"
    "|benutzeraktion|benutzeraktionen|aktion|aktionen|empfohlene aktion|lösung|lösungen|behebung"
    "|problembehebung|fehlerbehebung|problemlösung|abhilfe|maßnahme|maßnahmen|empfohlene maßnahme|empfohlene maßnahmen"
    "|diagnose|was ist "
    "zu tun|was tun|vorgehen|vorgehensweise|überprüfung|problembehandlung|fehlersuche",
    Part.REFERENCES: "for more information|more information|references|reference|see also|related topics|related links|"
    "related management information|additional resources|links|further reading|weitere informationen"
    "|weiterführende informationen|verweise|siehe auch"
    "|verwandte themen|verwandte verwaltungsinformationen|zusätzliche ressourcen|weiterführende links|quellen",
}
_SEVERITIES: Mapping[EventSeverity, str] = {
    EventSeverity.CRITICAL: "critical|kritisch|fatal|schwerwiegend",
    EventSeverity.ERROR: "error|fehler|err",
    EventSeverity.WARNING: "warning|warnung|warn",
    EventSeverity.INFORMATION: "information|informational|informationen|info|hinweis|success|erfolg",
    EventSeverity.VERBOSE: "verbose|ausführlich|debug",
    EventSeverity.SUCCESS_AUDIT: "success audit|audit success|erfolgsüberwachung|überwachung erfolgreich",
    EventSeverity.FAILURE_AUDIT: "failure audit|audit failure|fehlerüberwachung|überwachung gescheitert",
}
_MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "january januar jan", "february februar feb", "march märz mar mrz", "april apr", "may mai",
                "june juni jun", "july juli jul", "august aug", "september sep sept", "october oktober oct okt",
                "november nov", "december dezember dec dez",
            ),
            1,
        )
        for name in names.split()
    }
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_GERMAN = re.compile(r"(\d\d?)\.\s*(\d\d?)\.\s*(\d{4})")
_DAY_FIRST = re.compile(r"(\d\d?)\.?\s+([^\W\d_]+)\.?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d\d?),?\s+(\d{4})")


_Kind = TypeVar("_Kind")


def _by_word(table: Mapping[_Kind, str]) -> Mapping[str, _Kind]:
    return MappingProxyType({word.casefold(): kind for kind, words in table.items() for word in words.split("|")})


_FACT_WORDS = _by_word(_FACTS)
_PART_WORDS = _by_word(_PARTS)
_SEVERITY_WORDS = _by_word(_SEVERITIES)


def _word(text: str) -> str:
    return " ".join(text.split()).strip(" :*_").casefold() if len(text) < 80 else ""


def fact_of(label: str) -> Fact | None:
    """The fact that a label names; None if it is none."""
    return _FACT_WORDS.get(_word(label))


def part_of(heading: str) -> Part | None:
    """What a section with this heading is about; None if nobody knows."""
    return _PART_WORDS.get(_word(heading))


def severity_of(value: str) -> EventSeverity | None:
    """The severity that a word names; None if it names none."""
    return _SEVERITY_WORDS.get(_word(value))


def date_of(value: str) -> dt.date | None:
    """The day that a text begins with or holds; None if there is none, or it can be read as two different ones."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_GERMAN, (3, 2, 1)), (_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        match = pattern.search(value)
        if match is None:
            continue
        year, month, day = (match[index] for index in order)
        try:
            return dt.date(int(year), int(month) if month.isdecimal() else _MONTHS[month.casefold()], int(day))
        except (KeyError, ValueError):
            continue
    return None
