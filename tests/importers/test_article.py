"""Articles become drafts: the facts, the texts as safe Markdown, commands, references; and notes for all the rest."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from pathlib import Path

import pytest
from articles import GERMAN, HTML, MARKDOWN, TEXT, found_in
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.diagnostics import Severity
from kb_gen.importers import FORMATS, Imported, ImportedEvent, Reading
from kb_gen.importers.formats.article_commands import code_language
from kb_gen.importers.formats.article_labels import date_of
from kb_gen.importers.formats.article_language import language_of
from kb_gen.importers.formats.writing_markdown import code_span, escaped, start_escaped
from kb_gen.markup import Code, Paragraph, Text, parse_blocks, parse_inlines
from kb_gen.model import Command, EventSeverity, Reference

READING = Reading("tool")
FORMS = {"article.txt": TEXT, "article.md": MARKDOWN, "article.html": HTML}


def read(tmp_path: Path, text: str, name: str = "article.txt", encoding: str = "utf-8", **reading: str) -> Imported:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return FORMATS["article"].read([file], Reading("tool", **reading))


def drafted(tmp_path: Path, text: str, name: str = "article.txt", **reading: str) -> ImportedEvent:
    found = read(tmp_path, text, name, **reading)
    assert not found.diagnostics
    (event,) = found.events
    return event


@pytest.mark.parametrize("name", FORMS)
def test_the_facts_are_taken_from_every_form(tmp_path: Path, name: str) -> None:
    record = drafted(tmp_path, FORMS[name], name).record
    assert (record.source, record.id, record.product, record.version) == ("ContosoCopy", "4711", "tool", "2.0")
    assert (record.category, record.symbolic_name) == ("Transfer", "CopyRefused")
    assert record.severity is EventSeverity.ERROR
    assert record.modified == dt.date(2024, 2, 29)
    assert record.message == "The file %1 was not copied to %2."


@pytest.mark.parametrize("name", FORMS)
def test_the_texts_are_markdown_that_says_the_same(tmp_path: Path, name: str) -> None:
    record = drafted(tmp_path, FORMS[name], name).record
    first, second = parse_blocks(record.explanation)
    assert isinstance(first, Paragraph)
    assert first.text.endswith("The value of %1 names it, \\%3 doesn't.")
    assert isinstance(second, Paragraph)
    shown = "".join(each.text for each in parse_inlines(second.text) if isinstance(each, Text | Code))
    assert shown == "Use <b> and *stars* and C:\\Temp\\ as they are."


@pytest.mark.parametrize("name", FORMS)
def test_what_to_do_becomes_steps_with_commands(tmp_path: Path, name: str) -> None:
    (action,) = drafted(tmp_path, FORMS[name], name).record.actions
    assert action.text == "To mend it, do one of the following:"
    assert not action.ordered
    space, share = action.steps
    assert space.text == "Free some space.\n\nAfterwards, try it again."
    run, look = share.steps
    assert share.ordered
    assert run.text == "Run this command:"
    assert run.commands == (Command("powershell", 'Get-Share "X" | Test-Share -Deep'),)
    assert run.note == "This shows whether it is there."
    assert look.text.startswith("Look into this folder:\n\n```")
    assert "\n%ProgramData%\\Contoso\\Logs\n```" in look.text


@pytest.mark.parametrize("name", FORMS)
def test_references_have_their_addresses(tmp_path: Path, name: str) -> None:
    (reference,) = drafted(tmp_path, FORMS[name], name).record.references
    assert reference.url == "https://contoso.example/shares"
    assert reference.title in {"Shares", reference.url}


@pytest.mark.parametrize("name", FORMS)
def test_notes_say_what_a_human_has_to_finish(tmp_path: Path, name: str) -> None:
    notes = drafted(tmp_path, FORMS[name], name).notes
    assert "Name what the message's insertion strings hold, under `parameters`: %1, %2." in notes
    assert "The article names the product Contoso Suite." in notes
    assert "Also in the article: Applies to: Servers" in notes
    assert "Not taken: “This page is part of the Contoso manual.”" in notes
    assert "Not taken: “For more information, see the following topics.”" in notes


@pytest.mark.parametrize("name", [*FORMS, "german.txt"])
def test_drafts_pass_the_checks(tmp_path: Path, name: str) -> None:
    text = {**FORMS, "german.txt": GERMAN}[name]
    found = found_in(tmp_path, [drafted(tmp_path, text, name).record])
    assert {finding.code for finding in found} == {"undescribed-parameter"}


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_lost(tmp_path: Path, name: str) -> None:
    event = drafted(tmp_path, FORMS[name], name)
    told = f"{event.record}{event.notes}"
    headings = {"Topic", "Last", "Modified", "Details", "Explanation", "User", "Action", "Symbolic", "Message", "Event"}
    text = re.sub(r"<style.*?</style>|<script.*?</script>|<nav.*?</nav>|<[^>]*>|&\w+;|-?---|```\w+", " ", FORMS[name])
    words = (
        set(re.findall(r"[A-Za-z]\w+", text))
        - headings
        - {"ID", "Text", "Name", "Version", "Source", "Category", "For", "Product"}
    )
    assert {word for word in words if word not in told} <= {"Information", "main", "html", "body", "More"}


def test_a_german_article_is_taken_and_said_to_be_german(tmp_path: Path) -> None:
    found = read(tmp_path, GERMAN)
    (event,) = found.events
    record = event.record
    assert (record.source, record.id, record.version) == ("KontosoDruck", "815", "3.1")
    assert (record.category, record.severity) == ("Drucken", EventSeverity.WARNING)
    assert (record.symbolic_name, record.modified) == ("DRUCK_PAPIER_FEHLT", dt.date(2024, 2, 29))
    assert event.messages == {"de": "Im Drucker %1 ist kein Papier."}
    assert found.sources["KontosoDruck"].message_language == "de"
    assert record.explanation.endswith("\n\n**Ursache**\n\nJemand hat das Papier aus dem Fach genommen.")
    assert [action.text for action in record.actions] == [
        "Legen Sie Papier in das Fach ein.",
        "Drücken Sie auf die Taste „Weiter“.",
    ]
    assert record.references == (Reference("Drucker einrichten", "https://kontoso.example/drucker"),)
    assert "All texts are in German: write them in English, and put the German ones into the catalog." in event.notes


def test_german_passages_in_an_english_article_are_named(tmp_path: Path) -> None:
    text = TEXT.replace("Free some space.", "Geben Sie auf dem Laufwerk Platz frei, und versuchen Sie es dann erneut.")
    notes = drafted(tmp_path, text).notes
    assert "In German, and not in English as records are: action 1, step 1." in notes


def test_old_encodings_are_guessed_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, GERMAN, encoding="cp1252")
    assert [finding.code for finding in found.diagnostics] == ["source-file-encoding"]
    assert found.events[0].record.actions[1].text == "Drücken Sie auf die Taste „Weiter“."


def test_what_the_user_says_goes_before_what_the_article_says(tmp_path: Path) -> None:
    event = drafted(tmp_path, TEXT, source="Copy", version="9")
    assert (event.record.source, event.record.version) == ("Copy", "9")
    assert "The article names the product version 2.0." in event.notes
    assert "The article names the event source ContosoCopy." in event.notes


@pytest.mark.parametrize("text", ["", "Nothing but words.", "Event ID: 12\n\nExplanation\n\nNo source.", "\0\0\0"])
def test_what_is_no_article_is_told(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert not found.events
    assert {finding.code for finding in found.diagnostics} <= {"article-no-event", "source-file-unreadable"}
    assert found.diagnostics


LABELLED = [
    "Event ID: 7\nEvent Source: Thing\n\nExplanation\n\nIt is the end of the world.",
    "- **Event ID**: 7\n- **Event Source**: Thing\n\n## Explanation\n\nIt is the end of the world.",
    "**Event ID:** 7  \n**Source:** Thing\n\n## Cause\n\nIt is the end of the world.",
    "<table><tr><td>Event ID<td>Source<td>Level<tr><td>7<td>Thing<td>Error</table><p>It is the end of the world.",
    "<dl><dt>Event ID</dt><dd>7</dd><dt>Source</dt><dd>Thing</dd></dl><h3>Cause</h3>It is the end of the world.",
    "Event ID   7\nSource     Thing\n\nExplanation\n-----------\nIt is the end of the world.",
    "Thing 7\n\nExplanation:\n\nIt is the end of the world.",
    "Event ID 7 (Source: Thing)\n\nIt is the end of the world.",
]  # fmt: skip


@pytest.mark.parametrize("text", LABELLED)
def test_labels_and_values_may_stand_in_any_way(tmp_path: Path, text: str) -> None:
    record = drafted(tmp_path, text, "article").record
    assert (record.id, record.source) == ("7", "Thing")
    assert record.explanation.endswith("It is the end of the world.")


EVENT_VIEWER = """\
Event Type:\tError
Event Source:\tDisk
Event Category:\tNone
Event ID:\t11
Date:\t\t3/4/2011
Correlation:\tX 7
Computer:\tSERVER1
Description:
The driver detected a controller error.

RESOLUTION
==========
Replace the cable.
"""
EREIGNISANZEIGE = """\
Protokollname: System
Quelle:        Disk
Datum:         05.03.2021 10:11:12
Ereignis-ID:   11
Aufgabenkategorie:(1014)
Ebene:         Fehler
Korrelation:   X 7
Beschreibung:
Der Treiber hat einen Controllerfehler gefunden.

Problembehandlung

Ersetzen Sie das Kabel.
"""


@pytest.mark.parametrize(
    ("text", "correlation"), [(EVENT_VIEWER, "Correlation: X 7"), (EREIGNISANZEIGE, "Korrelation: X 7")]
)
def test_what_event_viewer_copies_is_taken(tmp_path: Path, text: str, correlation: str) -> None:
    event = drafted(tmp_path, text)
    record = event.record
    assert (record.source, record.id, record.severity, record.category) == ("Disk", "11", EventSeverity.ERROR, "")
    assert f"Also in the article: {correlation}" in event.notes
    assert any(note.startswith(("Also in the article: Date:", "Also in the article: Datum:")) for note in event.notes)
    assert "ontroller" in record.message
    assert "The article explains nothing: write an `explanation`." in event.notes
    assert "The message is as it was logged once: write insertion strings in place of its values." in event.notes
    assert len(record.actions) == 1


def test_what_stands_before_all_headings_explains_where_no_section_does(tmp_path: Path) -> None:
    text = (
        "<h1>Event ID 5719 — Netlogon</h1><p>No controller was found.</p><h2>Event Details</h2>"
        "<table><tr><td>ID:</td><td>5719</td></tr><tr><td>Source:</td><td>NETLOGON</td></tr></table>"
        "<h2>Resolve</h2><p>Look at the network.</p>"
        '<h2>Related Management Information</h2><p><a href="https://contoso.example/n">Netlogon</a></p>'
    )
    event = drafted(tmp_path, text, "a.html")
    assert event.record.explanation == "No controller was found."
    assert [action.text for action in event.record.actions] == ["Look at the network."]
    assert event.record.references == (Reference("Netlogon", "https://contoso.example/n"),)
    assert not event.notes


def test_front_matter_is_noted(tmp_path: Path) -> None:
    text = "---\nauthor: Me\nfoo: bar\n---\n- **Event ID**: 7\n- **Source**: Thing\n\n## Explanation\n\nIt broke.\n"
    event = drafted(tmp_path, text, "article.md")
    assert event.record.id == "7"
    assert {"Not taken: “author: Me”", "Not taken: “foo: bar”"} <= set(event.notes)


@pytest.mark.parametrize("mark", ["-", "–", "*", "•", "1."])
def test_a_list_may_stand_directly_below_its_heading(tmp_path: Path, mark: str) -> None:
    other = "2." if mark == "1." else mark
    head = "Event ID: 7\nSource: Thing\n\nExplanation\nIt broke\n- or so it seems.\n\n"
    text = f"{head}Resolution\n{mark} Check\n{other} Run it\n"
    record = drafted(tmp_path, text).record
    assert [action.text for action in record.actions] == ["Check", "Run it"]
    assert "\n- or" not in record.explanation


@pytest.mark.parametrize("text", ["\\ ", "<br>\\ <br>", "Look into C:\\ <br><br>"])
def test_a_backslash_at_the_end_stays(tmp_path: Path, text: str) -> None:
    page = f"<p>Event ID: 7<h2>Explanation</h2><p>It broke.</p><h2>Resolution</h2><p>{text}</p><ol><li>Do</ol>"
    event = read(tmp_path, page, "a.html", source="Thing").events[0]
    (shown,) = parse_inlines(event.record.actions[0].text)
    assert isinstance(shown, Text)
    assert shown.text == text.replace("<br>", "").strip()
    assert not found_in(tmp_path, [event.record])


def test_a_list_of_empty_items_is_none(tmp_path: Path) -> None:
    event = drafted(tmp_path, "Event ID: 7\nSource: Thing\n\nExplanation\n\nIt broke.\n\nResolution\n\n-\n-\n")
    assert event.record.actions == ()


def test_without_lxml_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    (finding,) = read(tmp_path, HTML, "article.html").diagnostics
    assert finding.code == "source-file-unreadable"
    assert "pip install 'kb-gen[articles]'" in finding.message
    assert read(tmp_path, TEXT).events


def test_html_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, HTML.replace("<nav>", "<div>" * 100_000), "article.html").diagnostics
    assert finding.code == "source-file-unreadable"


@pytest.mark.parametrize("text", [TEXT + "word " * 100_000, HTML + "word " * 1_000_000])
def test_what_is_too_long_for_an_article_is_refused(tmp_path: Path, text: str) -> None:
    (finding,) = read(tmp_path, text).diagnostics
    assert finding.message.startswith("the article is longer than ")


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.rtf", "{\\rtf1\\ansi Event ID: 5\\par Source: X}", "Rich Text"),
        ("a.mhtml", "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<p>", "web archive"),
        ("a.txt", "Content-Type: multipart/related; boundary=b\n\n--b\n\nEvent ID: 5\nSource: X\n", "web archive"),
        ("a.pdf", "%PDF-1.4\n%\xe2\xe3\nEvent ID: 5", "PDF"),
        ("a.docx", "PK\x03\x04\x14Event ID: 5", "packed"),
    ],
)
@pytest.mark.parametrize("form", ["article", "runbook"])
def test_what_is_no_text_of_an_article_is_refused(tmp_path: Path, name: str, text: str, kind: str, form: str) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    found = FORMATS[form].read([tmp_path / name], READING)
    (finding,) = found.diagnostics
    assert (finding.code, found.events) == ("source-file-unreadable", ())
    assert kind in finding.message


def test_a_mail_that_was_pasted_is_an_article(tmp_path: Path) -> None:
    text = (
        "From: Bob\nSubject: It broke\n\nMIME-Version: 1.0 is logged.\n\nEvent ID: 5\nSource: X\n\nCause\n\nIt broke.\n"
    )
    assert drafted(tmp_path, text).record.id == "5"


def test_a_message_with_insertion_strings_is_none_that_was_logged(tmp_path: Path) -> None:
    notes = drafted(tmp_path, "Event ID: 5\nSource: X\nDescription: The file %1 is lost.\n\nCause\n\nNo.\n").notes
    assert not any("as it was logged once" in note for note in notes)
    notes = drafted(tmp_path, "Event ID: 5\nSource: X\nDescription: The file a is lost.\n\nCause\n\nNo.\n").notes
    assert any("as it was logged once" in note for note in notes)


def test_script_and_links_to_elsewhere_stay_outside(tmp_path: Path) -> None:
    text = HTML.replace(
        "<p>For more",
        '<p onclick="x()">See <a href="javascript:alert(1)">this</a> <img src="x.png" alt="picture"></p><p>For more',
    )
    event = drafted(tmp_path, text, "article.html")
    assert event.record.explanation.endswith("\n\nSee this picture")
    assert "The link “this” led to javascript:alert(1), where no record may lead." in event.notes
    assert "A picture was left out: x.png" in event.notes
    assert {finding.code for finding in found_in(tmp_path, [event.record])} == {"undescribed-parameter"}


@pytest.mark.parametrize(
    ("name", "link"), [("a.md", "<event:a/1>"), ("a.md", "[x](event:a/1)"), ("a.html", '<a href=" event:a/1">x</a>')]
)
def test_what_an_article_calls_an_event_is_no_record(tmp_path: Path, name: str, link: str) -> None:
    body = (
        "<p>Event ID: 7</p><h2>Explanation</h2><p>See {}.</p>"
        if name == "a.html"
        else "Event ID: 7\n\n## Explanation\n\nSee {}.\n"
    )
    event = read(tmp_path, body.replace("{}", link), name, source="Thing").events[0]
    assert [finding.code for finding in found_in(tmp_path, [event.record])] == []
    assert any("event:a/1, where no record may lead" in note for note in event.notes)


PIECES = [
    *"ab1. \n\t*-_`[]()<>!&%#|\\:/=~\"'•\r",
    "<li>",
    "<p>",
    "<table><tr><td>",
    "```\n",
    "](https://a.b)",
    "{{<",
    "event:a/1",
    "\n\n## Resolution\n\n",
    "\nipconfig /all\n",
    "<br>",
]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@settings(max_examples=60)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_text_gives_a_draft_without_markup_by_accident(
    tmp_path_factory: pytest.TempPathFactory, name: str, pieces: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    body = "<p>Event ID: 7</p><h2>Explanation</h2>" if name == "a.html" else "Event ID: 7\n\n## Explanation\n\n"
    found = read(folder, body + "".join(pieces), name, source="Thing")
    if found.events:
        findings = found_in(folder, [found.events[0].record])
        assert not [finding for finding in findings if finding.severity is Severity.ERROR], findings


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60))
def test_escaped_text_shows_itself(text: str) -> None:
    text = " ".join(text.split())
    assert parse_inlines(escaped(text)) == ((Text(text),) if text else ())
    blocks = parse_blocks(start_escaped(escaped(text)))
    assert all(isinstance(block, Paragraph) for block in blocks)


@given(st.text(st.sampled_from(list("ab` \\*")), min_size=1, max_size=12).filter(lambda text: text.strip()))
def test_code_spans_show_their_text(text: str) -> None:
    assert parse_inlines(code_span(text)) == (Code(text),)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Get-Mailbox | Get-ADPermission", "powershell"),
        ("PS C:\\> Restart-Service Spooler", "powershell"),
        ("$ systemctl restart nginx", "bash"),
        ("C:\\Windows>net stop spooler", "cmd"),
        ("C:\\Program Files\\Thing", "text"),
        ("/var/log/syslog", "text"),
        ("Set-up is done by the following people.", ""),
        ("Write-protected disks are not supported.", ""),
        ("Get-Mailbox shows the mailbox.", ""),
        ("Read this.", ""),
    ],
)
def test_commands_are_told_from_sentences(line: str, language: str) -> None:
    assert code_language(line) == language


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2011-03-19", dt.date(2011, 3, 19)),
        ("19.03.2011", dt.date(2011, 3, 19)),
        ("19. März 2011", dt.date(2011, 3, 19)),
        ("March 19, 2011", dt.date(2011, 3, 19)),
        ("3/4/2011", None),
        ("3/19/2011", dt.date(2011, 3, 19)),
        ("19/03/2011", dt.date(2011, 3, 19)),
        ("4/4/2011", dt.date(2011, 4, 4)),
        ("3/19/2011, 3/20/2011", None),
        ("Montag, 3. Dezember 2007", dt.date(2007, 12, 3)),
        ("2011-13-45", None),
    ],
)
def test_days_are_read_where_there_is_no_doubt(text: str, day: dt.date | None) -> None:
    assert date_of(text) == day


def test_languages_are_told_by_their_small_words() -> None:
    assert language_of("The service could not be started on this computer.") == "en"
    assert language_of("Der Dienst konnte auf diesem Computer nicht gestartet werden.") == "de"
    assert language_of("SMTP 4.7.1") == ""


@pytest.mark.corpus
def test_the_article_that_this_project_began_with(tmp_path: Path) -> None:
    named = os.environ.get("KB_GEN_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpora"
    file = folder.parent / "seed" / "mse-transport-1024.txt"
    if not file.is_file():
        pytest.skip(f"no article {file}; KB_GEN_CORPORA names a folder beside it")
    found = FORMATS["article"].read([file], READING)
    assert not found.diagnostics
    (event,) = found.events
    record = event.record
    assert (record.source, record.id, record.version) == ("MSExchangeTransport", "1024", "14.0")
    assert (record.category, record.modified) == ("SmtpReceive", dt.date(2011, 3, 19))
    assert record.symbolic_name == "SmtpReceiveSendAsDeniedTempAuthFailure"
    assert record.severity is EventSeverity.ERROR
    assert len(parse_blocks(record.explanation)) == 3
    (action,) = record.actions
    assert [len(step.steps) for step in action.steps] == [0, 0, 2, 0, 4, 0]
    commands = [command for step in action.steps for inner in (step, *step.steps) for command in inner.commands]
    assert [(command.shell, len(command.run.split("\n"))) for command in commands] == [
        ("exchange", 3),
        ("exchange", 1),
        ("exchange", 1),
    ]
    assert "In German, and not in English as records are: action 1, step 1, action 1, step 6." in event.notes
    assert len([note for note in event.notes if note.startswith("Not taken")]) == 4
    assert {finding.code for finding in found_in(tmp_path, [record])} == {"undescribed-parameter"}


def test_a_severity_is_known_by_its_word_even_if_that_is_emphasized(tmp_path: Path) -> None:
    text = "<h1>Disk 7</h1><h2>Erläuterung</h2><p>Dieses <em>Fehlerereignis</em> gibt an, dass nichts geht.</p>"
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (event,) = FORMATS["article"].read([tmp_path / "a.html"], Reading("tool")).events
    assert event.record.severity is EventSeverity.ERROR
