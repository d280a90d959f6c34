"""The day of an article's last change, wherever the article tells it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kb_gen.importers import FORMATS, ImportedEvent, Reading

FACTS = "Event ID: 7\nSource: Thing\n\n"
CAUSE = "Cause\n\nIt broke, and nobody has mended it.\n"


def drafted(tmp_path: Path, text: str, name: str = "a.txt") -> ImportedEvent:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = FORMATS["article"].read([tmp_path / name], Reading("tool"))
    assert not found.diagnostics
    (event,) = found.events
    return event


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        (f"Thing Event 7\nArticle • 03/23/2021 • 2 minutes to read\n{FACTS}{CAUSE}", "a.txt", dt.date(2021, 3, 23)),
        (f"Thing Event 7\n\nArticle · 03/04/2021 · 2 minutes to read\n\n{FACTS}{CAUSE}", "a.txt", dt.date(2021, 3, 4)),
        (f"# Thing 7\n\nArtikel • 23.03.2021 • 2 Minuten Lesedauer\n\n{FACTS}{CAUSE}", "a.md", dt.date(2021, 3, 23)),
        (
            f"# Thing 7\n\nArticle\n03/23/2021\n2 minutes to read\n4 contributors\n\n{CAUSE}",
            "a.md",
            dt.date(2021, 3, 23),
        ),
        (f"{FACTS}{CAUSE}\nLetzte Aktualisierung: 14.03.2013\n", "a.txt", dt.date(2013, 3, 14)),
        (f"{FACTS}{CAUSE}\nResolution\n\n1. Mend it.\n\nLast updated: March 14, 2013\n", "a.txt", dt.date(2013, 3, 14)),
        ("<h1>Thing 7</h1><h2>Cause</h2><p>It broke.<p>Last modified: 2013-03-14", "a.html", dt.date(2013, 3, 14)),
    ],
)
def test_the_day_is_taken_and_no_text(tmp_path: Path, text: str, name: str, day: dt.date) -> None:
    event = drafted(tmp_path, text, name)
    assert event.record.modified == day
    assert not any(
        str(day.year) in told for told in (event.record.explanation, str(event.record.actions), *event.notes)
    )


def test_a_line_of_properties_tells_it_and_is_noted(tmp_path: Path) -> None:
    properties = "Artikel-ID: 899148 - Geändert am: Montag, 3. Dezember 2007 - Version: 3.1"
    event = drafted(tmp_path, f"{FACTS}{CAUSE}\nEIGENSCHAFTEN\n{properties}\n")
    assert event.record.modified == dt.date(2007, 12, 3)
    assert f"Also in the article: EIGENSCHAFTEN: {properties}" in event.notes


@pytest.mark.parametrize(
    "line",
    [
        "It was last updated: March 14, 2013",
        "The article of 14.03.2013 says so.",
        "Updated: by Bob, who has looked at it for a long time and then on 14.03.2013 gave up on it.",
        "Last updated: recently",
    ],
)
def test_days_in_sentences_are_none_of_the_article(tmp_path: Path, line: str) -> None:
    event = drafted(tmp_path, f"{FACTS}{CAUSE}\n{line}\n")
    assert event.record.modified is None
    assert event.record.explanation.endswith(line)


def test_the_day_among_the_facts_goes_before_others(tmp_path: Path) -> None:
    event = drafted(tmp_path, f"{FACTS.strip()}\nUpdated: 2020-01-02\n\n{CAUSE}\nLast updated: 2013-03-14\n")
    assert event.record.modified == dt.date(2020, 1, 2)
    assert event.record.explanation.endswith("Last updated: 2013-03-14")
