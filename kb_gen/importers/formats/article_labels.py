"""The words by which English and German articles name facts and sections."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from kb_gen.model import EventSeverity

__all__ = [
    "Fact",
    "Part",
    "date_of",
    "ends_description",
    "fact_of",
    "heads_paragraph",
    "is_description",
    "is_logged",
    "part_of",
    "severity_of",
    "word_of",
]


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
    MORE = "more"
    """What explains further, or leads to what does."""


_FACTS: Mapping[Fact, str] = {
    Fact.PRODUCT: "product name|product|produktname|produkt",
    Fact.VERSION: "product version|version|produktversion",
    Fact.ID: "event id|event ids|eventid|event-id|event number|event code|ereignis-id|ereignis id|ereignis-ids"
    "|ereigniskennung|ereignisnummer|ereigniscode|id",
    Fact.SOURCE: "event source|source|source name|event provider|provider|provider name|ereignisquelle|quelle"
    "|quellenname|anbieter|anbietername",
    Fact.CATEGORY: "category|event category|task category|kategorie|ereigniskategorie|aufgabenkategorie",
    Fact.SYMBOL: "symbolic name|symbol|symbolischer name|symbolname",
    Fact.MESSAGE: "message text|message|event message|event text|meldungstext|meldung|nachrichtentext|ereignismeldung"
    "|ereignistext",
    Fact.SEVERITY: "severity|level|event type|event level|event severity|type|alert type|alert severity|alert level"
    "|entry type|schweregrad|ebene|stufe|ereignistyp|ereignisebene|typ|warnungstyp|warnungsschweregrad|alarmtyp"
    "|alarmschweregrad|alarmstufe|eintragstyp",
    Fact.MODIFIED: "topic last modified|last modified|last updated|last reviewed|last review|updated|modified"
    "|letztes änderungsdatum des themas|letztes änderungsdatum|letzte änderung|letzte aktualisierung"
    "|letzte überarbeitung|letzte überprüfung|zuletzt geändert|zuletzt aktualisiert"
    "|geändert am|aktualisiert am|änderungsdatum|stand",
    Fact.OTHER: "applies to|this article applies to|affected products|affected versions|rule type|rule name|log"
    "|log name|computer|user|keywords|opcode|date|time|logged|data|event data|event xml|article id|article number"
    "|kb number|kb id|original kb number"
    "|published|created|author|document id|article type|environment|original product version|revision|priority"
    "|alert priority"
    "|gilt für|betrifft|betroffene produkte|betroffene versionen|zutreffend für|regeltyp|regelname|protokoll"
    "|protokollname|schlüsselwörter|benutzer|vorgangscode|datum|uhrzeit|protokolliert|daten|ereignisdaten|ereignis-xml"
    "|artikel-id|artikelnummer|kb-id|veröffentlicht|erstellt|autor|dokument-id|umgebung|kb-nummer"
    "|originale kb-nummer|ursprüngliche kb-nummer|ursprüngliche produktversion"
    "|priorität|warnungspriorität",
}
_LOGGED = "computer|user|benutzer|log name|protokollname|logged|protokolliert"
"""Labels of what Event Viewer shows of an event that was logged, and no manual of events has."""
_DESCRIPTION = "description|beschreibung"
_BEHIND_DESCRIPTION = "data|event data|event xml|daten|ereignisdaten|ereignis-xml"
_HEADS_PARAGRAPH = (
    "cause|causes|possible cause|possible causes|root cause|symptom|symptoms|resolution|solution|workaround|remedy"
    "|explanation|user action|user actions|recommended action|recommended actions|ursache|ursachen|mögliche ursache"
    "|mögliche ursachen|symptome|lösung|lösungen|abhilfe|behebung|problembehebung|problemumgehung|behelfslösung"
    "|erläuterung|erklärung|benutzeraktion|maßnahme|maßnahmen|empfohlene maßnahme|empfohlene maßnahmen"
)
"""Headings that stand before a text in its line, and no message has there."""
_PARTS: Mapping[Part, str] = {
    Part.FACTS: "details|event details|event|ereignis|ereignisdetails|eigenschaften|properties|article properties"
    "|artikeleigenschaften|keywords|schlüsselwörter|applies to|this article applies to|affected products"
    "|affected versions|environment|feedback|gilt für|betrifft|betroffene produkte"
    "|betroffene versionen|zutreffend für|umgebung"
    "|die informationen in diesem artikel gelten für|die informationen in diesem artikel beziehen sich auf",
    Part.EXPLANATION: "explanation|description|event description|event information|meaning|what this event means"
    "|what does this mean|what happened"
    "|problem|problems|problem cause|challenge|goal|objective|purpose|changes|issue/introduction|impact/risks"
    "|symptoms or error|reproducing the issue|problem description"
    "|error description|issue|scenario|cause|causes|root cause|root causes"
    "|possible causes|possible cause|probable cause|probable causes|likely cause|likely causes|reason|reasons"
    "|possible reasons|symptom|symptoms|impact|consequences|effects|status|system action|analysis|summary|overview"
    "|introduction|background"
    "|erläuterung|erklärung|beschreibung|ereignisbeschreibung|bedeutung|was bedeutet das|was ist passiert"
    "|problembeschreibung|problemstellung"
    "|fehlerbeschreibung|fehlerbild|sachverhalt|szenario|ursache|ursachen|mögliche ursachen|mögliche ursache"
    "|wahrscheinliche ursache|wahrscheinliche ursachen|fehlerursache|fehlerursachen|ursachenbeschreibung|grund|gründe"
    "|symptome|auswirkung|auswirkungen|folgen|statusinformationen|analyse|zusammenfassung|kurzbeschreibung|überblick"
    "|übersicht|einführung|einleitung|hintergrund|hintergrundinformationen",
    Part.ACTIONS: "user action|user actions|action|actions|recommended action|recommended actions|suggested action"
    "|suggested actions|corrective action|corrective actions|user response|operator response|operator action"
    "|administrator response|administrator action|resolution|resolutions|recommended resolution|resolution steps"
    "|steps to resolve|solution|solutions|workaround|workarounds|resolve|fix|fixes|how to fix|what to do|next steps"
    "|diagnosis|diagnostics|how to diagnose|diagnosis steps|mitigation|mitigations|how to mitigate|mitigation steps"
    "|how to resolve|remediation steps|investigation|how to investigate"
    "|troubleshooting|troubleshooting steps|verify|verification|runbook|remedy|remediation"
    "|procedure|recovery|prevention|diagnostic steps|instructions"
    "|benutzeraktion|benutzeraktionen|aktion|aktionen|empfohlene aktion|empfohlene aktionen|lösung|lösungen|lösungsweg"
    "|lösungswege|lösungsschritte|lösungsvorschlag|lösungsvorschläge|auflösung|behebung|problembehebung|fehlerbehebung"
    "|problemlösung|problemumgehung|problemumgehungen|behelfslösung|behelfslösungen|umgehung|umgehungslösung"
    "|zwischenlösung|abhilfe|abhilfemaßnahme|abhilfemaßnahmen|gegenmaßnahme|gegenmaßnahmen|maßnahme|maßnahmen"
    "|empfohlene maßnahme|empfohlene maßnahmen|korrekturmaßnahme|korrekturmaßnahmen|empfehlung|empfehlungen"
    "|handlungsempfehlung|handlungsempfehlungen|nächste schritte|diagnose|diagnoseschritte|was ist zu tun|was tun"
    "|vorgehen|vorgehensweise|überprüfung|problembehandlung|fehlersuche|fehlerbeseitigung|wiederherstellung|vorbeugung",
    Part.REFERENCES: "for more information|references|reference|see also|related topics|related links|related articles"
    "|related content|related information|related management information|additional resources|links|further reading"
    "|weiterführende informationen|verweise|referenzen|siehe auch|verwandte themen|verwandte artikel|verwandte inhalte"
    "|verwandte links|verwandte informationen|verwandte verwaltungsinformationen|zugehörige themen"
    "|zusätzliche ressourcen|weitere ressourcen|weiterführende links|weiterführende literatur|quellen"
    "|informationsquellen|external knowledge sources|external resources|externe wissensquellen",
    Part.MORE: "more information|additional information|further information|weitere informationen"
    "|zusätzliche informationen",
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
_STROKES = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4})(?!\d)")
"""Days that Americans write with the month first, and others with the day: both are tried, and mostly one is none."""
_DAY_FIRST = re.compile(r"(\d\d?)\.?\s+([^\W\d_]+)\.?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d\d?),?\s+(\d{4})")


_Kind = TypeVar("_Kind")


def _by_word(table: Mapping[_Kind, str]) -> Mapping[str, _Kind]:
    return MappingProxyType({word.casefold(): kind for kind, words in table.items() for word in words.split("|")})


_FACT_WORDS = _by_word(_FACTS)
_PART_WORDS = _by_word(_PARTS)
_SEVERITY_WORDS = _by_word(_SEVERITIES)
_LOGGED_WORDS = frozenset(_LOGGED.split("|"))
_DESCRIPTION_WORDS = frozenset(_DESCRIPTION.split("|"))
_BEHIND_DESCRIPTION_WORDS = frozenset(_BEHIND_DESCRIPTION.split("|"))
_HEADS_PARAGRAPH_WORDS = frozenset(_HEADS_PARAGRAPH.split("|"))
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]? )?(.*?)(?: [#(]?\d{1,2}\)?)?")
"""What numbers a heading: `3. Cause`, `Resolution 2`."""


_PICTURES = re.compile("^(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]|:[a-z0-9_+-]{2,30}:)+ *")
"""What some write before a heading: an emoji, or its name between colons."""


def word_of(text: str) -> str:
    """A heading or label as it is looked up, without marks, pictures and capital letters; empty if it is too long."""
    return _PICTURES.sub("", " ".join(text.split())).strip(" :?*_").casefold() if len(text) < 80 else ""


def fact_of(label: str) -> Fact | None:
    """The fact that a label names; None if it is none."""
    return _FACT_WORDS.get(word_of(label))


def is_logged(label: str) -> bool:
    """Whether only events that were logged have a value with this label."""
    return word_of(label) in _LOGGED_WORDS


def is_description(label: str) -> bool:
    """Whether a label is what Event Viewer puts before a message; elsewhere it is the heading of an explanation."""
    return word_of(label) in _DESCRIPTION_WORDS


def ends_description(label: str) -> bool:
    """Whether Event Viewer has this label behind a message, in which there may be any others."""
    return word_of(label) in _BEHIND_DESCRIPTION_WORDS


def part_of(heading: str) -> Part | None:
    """What a section with this heading is about; None if nobody knows."""
    word = word_of(heading)
    numbered = _NUMBERED.fullmatch(word)
    return _PART_WORDS.get(word) or (_PART_WORDS.get(numbered[1]) if numbered else None)


def heads_paragraph(label: str) -> bool:
    """Whether a label before a text is the heading of a section that consists of that text."""
    return word_of(label) in _HEADS_PARAGRAPH_WORDS


def severity_of(value: str) -> EventSeverity | None:
    """The severity that a word names; None if it names none."""
    return _SEVERITY_WORDS.get(word_of(value))


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
    days = {day for match in _STROKES.finditer(value) for day in _days_with_strokes(*map(int, match.groups()))}
    return days.pop() if len(days) == 1 else None


def _days_with_strokes(first: int, second: int, year: int) -> Iterator[dt.date]:
    for month, day in ((first, second), (second, first)):
        with contextlib.suppress(ValueError):
            yield dt.date(year, month, day)
