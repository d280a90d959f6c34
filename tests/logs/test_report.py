"""The report: one page that shows everything, escaped, and needs nothing."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from log_samples import READING
from msgspec.structs import replace
from test_tally import Shop, line, shop

from kb_gen.diagnostics import Place, error
from kb_gen.locales import Localizer, load_catalogs, package_translations
from kb_gen.logs import STANDARD_INPUT, Article, Entry, LogStream, Summary, Tally, read_log, report_page
from kb_gen.model import EventSeverity, KnowledgeBase

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def words(tag: str) -> Localizer:
    folder = package_translations()
    return Localizer(KnowledgeBase(), load_catalogs(folder.parent, (tag,), folder.name)[0], tag)


def page(tag: str, *entries: Entry, findings: tuple[str, ...] = ()) -> str:
    tally = Tally(Shop(), dt.UTC)
    for entry in entries:
        tally.add(entry)
    found = [error("log-record", message, Place("a<b>.log")) for message in findings]
    return report_page(tally.summary(["a<b>.log"], found), words(tag), dt.UTC, "Shop & Co")


def entries() -> list[Entry]:
    many = [shop("7", minute * 7, "LP-1", "%%2307", host="PC-1", level=EventSeverity.ERROR) for minute in range(200)]
    lines = [line(f"session {number} of user u{number} was closed", EventSeverity.INFORMATION) for number in range(9)]
    return [*many, shop("9", 5, "x"), *lines]


def test_everything_from_a_log_is_escaped() -> None:
    html = page(
        "en", shop("7", 0, EVIL, host=EVIL), shop("9", 0, message=EVIL), line(EVIL, source=EVIL), findings=(EVIL,)
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "onerror=alert(1)&gt;" in html
    assert "a&lt;b&gt;.log" in html


def test_the_page_is_the_same_for_the_same_logs_and_asks_nobody() -> None:
    html = page("en", *entries())
    assert html == page("en", *entries())
    assert "default-src 'none'" in unescape(html)
    assert not re.findall(r'(?:src|href)="', html)
    assert "style=" not in html


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", ["Log report", "Feb 1, 2026, 10:00:00", "Known events", "Not in the knowledge base"]),
        ("de", ["Protokollbericht", "01.02.2026, 10:00:00", "Bekannte Ereignisse", "Nicht in der Wissensdatenbank"]),
    ],
)
def test_the_page_is_in_the_readers_language(tag: str, told: list[str]) -> None:
    html = page(tag, *entries())
    assert f'<html lang="{tag}"' in html
    assert all(text in html for text in told)
    assert "Unknown user name" in html


_DAMAGED: tuple[tuple[str, str | bytes, list[str]], ...] = (
    (
        "xml",
        "<Events><Event></Event><Event><oops></Event>",
        ["Ereignis 1 kann nicht gelesen werden: es enthält keine Ereignis-ID", "Ereignis 2 kann nicht gelesen"],
    ),
    (
        "csv",
        'Level,Date and Time,Source,Event ID,Task Category\nError,30/02/2026 10:00:00,A,1,None,m\nError,"x,A,,None,m\n',
        ["1 Eintrag hat eine Zeit, die nicht stimmen kann (erster: Zeile 2)", "Zu einem Anführungszeichen in Zeile 3"],
    ),
    ("json", '{"a": 1}\n{"b\n', ["Zeile 2 ist kein vollständiges JSON-Objekt"]),
    ("", b"PK\x03\x04" + bytes(50), ["Das Protokoll kann nicht gelesen werden: Es ist ein ZIP-Archiv"]),
    (
        "",
        "a\n" + "x" * 30_000 + "\nb\0c\n",
        ["1 Zeile ist länger als 20.000 Zeichen (erste: Zeile 2)", "Bytes, die null"],
    ),
    (
        "evtx",
        b"ElfFile\0" + bytes(4088) + b"ElfChnk\0" + b"x" * 65_528 + bytes(65_536) + b"y" * 5,
        ["Block 0 ist beschädigt: "],
    ),
)


@pytest.mark.parametrize(("form", "log", "told"), _DAMAGED)
def test_what_is_damaged_is_told_in_the_readers_language(form: str, log: str | bytes, told: list[str]) -> None:
    if form == "evtx":
        pytest.importorskip("evtx")
    html = report_page(_damaged(log, form), words("de"), dt.UTC, "Shop")
    section = unescape(html[html.index('id="lost-heading"') :])
    assert all(text in section for text in told), section
    assert "lang=" not in section
    assert "Standardeingabe" in section


def _damaged(log: str | bytes, form: str) -> Summary:
    data = log.encode() if isinstance(log, str) else log
    tally = Tally(Shop(), dt.UTC)
    found = list(read_log(LogStream(STANDARD_INPUT, io.BytesIO(data)), READING, form))
    return tally.summary([STANDARD_INPUT], [each for each in found if not isinstance(each, Entry)])


def test_what_nobody_has_translated_says_its_language() -> None:
    html = page("de", findings=("event 2 can't be read",))
    assert '<span lang="en">event 2 can&#39;t be read</span>' in html


@pytest.mark.parametrize(("findings", "shown"), [((), 1), (("broken", "cut off"), 3)])
def test_as_many_oddities_are_counted_as_are_shown(findings: tuple[str, ...], shown: int) -> None:
    html = page("en", line("no time"), findings=findings)
    section = html[html.index('id="lost-heading"') :]
    assert section.count("<li") == shown
    assert f"<dt>Damages and oddities</dt><dd>{shown}</dd>" in html


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (1, "10:00:00 – 02.02.2026, 10:00:00 (UTC+01:00)"),
        (90, "10:00:00 (UTC+01:00) – 02.05.2026, 11:00:00 (UTC+02:00)"),
    ],
)
def test_a_zone_is_named_at_both_ends_where_its_clocks_were_changed(days: int, shown: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    tally = Tally(Shop(), zone)
    for minutes in (-60, days * 1440 - 60):
        tally.add(shop("7", minutes))
    html = report_page(tally.summary(["a.log"], []), words("de"), zone, "Shop")
    span = html[html.index('<p class="span">') :].partition("</p>")[0]
    assert shown in re.sub("<[^>]+>", "", span)


def test_logs_without_anything_make_a_page() -> None:
    assert "No entry is one of an event" in page("en")
    assert "<svg" not in page("en")
    assert "<svg" not in page("en", line("no time"))


@pytest.mark.browser
@pytest.mark.parametrize("tag", ["en", "de"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_sound_in_a_browser(
    browser: Any, violations: Callable[[Any], Any], tmp_path: Path, tag: str, width: int, scheme: str
) -> None:
    file = tmp_path / "report.html"
    long = line("x" * 500 + " " + "word " * 80, EventSeverity.WARNING, source="y" * 200)
    file.write_text(page(tag, *entries(), long, findings=("event 2 can't be read",)), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    shown = context.new_page()
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("request", lambda request: complaints.append(request.url) if request.url[:5] != "file:" else None)
    shown.goto(file.as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.evaluate("document.querySelector('rect').getBoundingClientRect().height") > 0
    assert violations(shown) == []
    assert not complaints
    context.close()


def test_a_symbol_stands_once_where_nobody_has_written_a_summary() -> None:
    html = report_page(_symbols_only(""), words("en"), dt.UTC, "Shop")
    assert html.count("DISK_FULL") == 1
    assert report_page(_symbols_only("The disk is full."), words("en"), dt.UTC, "Shop").count("DISK_FULL") == 1


def _symbols_only(text: str) -> Summary:
    article = Article("Disk", "7", "DISK_FULL", "Shop", "1", None, text, "en/disk/7/index.html", "en/disk/7/", {})
    tally = Tally(Shop(), dt.UTC)
    tally.add(shop("7", 0))
    summary = tally.summary([], [])
    return replace(summary, known=tuple(replace(event, article=article) for event in summary.known))
