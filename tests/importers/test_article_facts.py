"""What an article says of its event: in its title, in its facts, and where it quotes the event as it was logged."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import found_in

from kb_gen.importers import FORMATS, Imported, ImportedEvent, Reading
from kb_gen.importers.formats.article_labels import Part, part_of
from kb_gen.importers.formats.article_title import title_of
from kb_gen.model import EventSeverity, Reference

AS_LOGGED = "The message is as it was logged once: write insertion strings in place of its values."


def read(tmp_path: Path, text: str, name: str = "article.txt", source: str = "") -> Imported:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return FORMATS["article"].read([tmp_path / name], Reading("tool", source=source))


def drafted(tmp_path: Path, text: str, name: str = "article.txt") -> ImportedEvent:
    found = read(tmp_path, text, name)
    assert not found.diagnostics
    (event,) = found.events
    assert {finding.code for finding in found_in(tmp_path, [event.record])} <= {"undescribed-parameter"}
    return event


@pytest.mark.parametrize(
    ("text", "identifier", "source"),
    [
        ("Event ID 5720 is logged when a computer starts", "5720", ""),
        ("Ereignis-ID 7036 – Dienst", "7036", ""),
        ("Event ID 7: Thing", "7", ""),
        ("Event ID 5", "5", ""),
        ("Event 4740", "4740", ""),
        ("Ereigniskennung 4740", "4740", ""),
        ("Troubleshooting Event ID 5719", "5719", ""),
        ("Windows Event ID 5", "5", ""),
        ("Event IDs 1030 and 1058", "1030", ""),
        ("Event ID 5719, Source NETLOGON", "5719", "NETLOGON"),
        ("Event ID: 5719 Source: NETLOGON", "5719", "NETLOGON"),
        ("Event 7036 (Source: Service Control Manager)", "7036", "Service Control Manager"),
        ("Ereignis-ID 5719, Quelle NETLOGON", "5719", "NETLOGON"),
        ("Event ID 1058 from source Microsoft-Windows-GroupPolicy", "1058", "Microsoft-Windows-GroupPolicy"),
        ("Event ID 5719 with source NETLOGON is logged", "5719", "NETLOGON"),
        ("NETLOGON Event ID 5719", "5719", "NETLOGON"),
        ("Ereignis 815 – KontosoDruck", "815", "KontosoDruck"),
        ("Microsoft-Windows-GroupPolicy, Event ID 1058", "1058", "Microsoft-Windows-GroupPolicy"),
        ("MSExchangeTransport 1024", "1024", "MSExchangeTransport"),
        ("Service Control Manager 7036", "7036", "Service Control Manager"),
        ("Disk 0x40000004", "0x40000004", "Disk"),
        ("Event source not found", "", ""),
        ("Exchange Server 2010", "", ""),
        ("SharePoint 2013", "", ""),
        ("KB 938449", "", ""),
        ("Fehler 7036", "", ""),
        ("Windows Server Update Services 3.0", "", ""),
    ],
)
def test_titles_name_an_event_and_seldom_its_source(text: str, identifier: str, source: str) -> None:
    title = title_of(text)
    assert (title.id, title.source) == (identifier, source)


@pytest.mark.parametrize(
    "title", ["Event ID 5720 is logged when a computer starts", "Ereignis-ID 7036 – Dienst", "Event ID 5", "Event 4740"]
)
def test_a_source_that_nobody_names_is_asked_for(tmp_path: Path, title: str) -> None:
    (finding,) = read(tmp_path, f"{title}\n\nCause\n\nIt broke.\n").diagnostics
    assert finding.code == "article-no-event"
    assert finding.message == "the article names no event source"
    assert finding.help.startswith("name it with `--source`")
    (event,) = read(tmp_path, f"{title}\n\nCause\n\nIt broke.\n", source="Thing").events
    assert event.record.source == "Thing"
    assert event.record.explanation == "**Cause**\n\nIt broke."
    told = title_of(title).beside
    assert not told or f"The title of the article: {title}" in event.notes


def test_a_source_that_is_guessed_is_to_be_compared(tmp_path: Path) -> None:
    event = drafted(tmp_path, "Event ID 5719 – NETLOGON\n\nCause\n\nIt broke.\n")
    assert "The event source is taken from the title, NETLOGON: compare it with what the log shows." in event.notes


LOGGED = """\
Log Name:      System
Source:        Service Control Manager
Date:          1/2/2020 10:00:00
Event ID:      7036
Task Category: None
Level:         Error
Computer:      pc1.contoso.com
Description:
The service entered the stopped state.

Status: 5
Kind: own process
"""
GERMAN_LOGGED = """\
Protokollname: System
Quelle:        Service Control Manager
Datum:         05.03.2021 10:11:12
Ereignis-ID:   7036
Ebene:         Fehler
Beschreibung:
Der Dienst befindet sich jetzt im Status "Beendet".

Status: 5
Art: eigener Prozess
"""
INTRODUCED = (
    "# Services stop\n\n## Symptoms\n\nThe log has this:\n\n{}\n\nIt comes every day.\n\n## Cause\n\nIt broke.\n"
)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.rstrip().split("\n"))


@pytest.mark.parametrize("text", [LOGGED, GERMAN_LOGGED])
@pytest.mark.parametrize("form", ["quotation", "code", "code in a list"])
def test_what_an_event_that_is_quoted_says_is_taken(tmp_path: Path, text: str, form: str) -> None:
    block = quoted(text) if form == "quotation" else f"```\n{text}```"
    if form == "code in a list":
        block = "- Here:\n\n" + "\n".join(f"  {line}".rstrip() for line in block.split("\n"))
    event = drafted(tmp_path, INTRODUCED.format(block), "a.md")
    record = event.record
    assert (record.id, record.source, record.severity) == ("7036", "Service Control Manager", EventSeverity.ERROR)
    first, second = record.message.split("\n\n")
    assert first in text
    assert second.split("\n") == text.strip().split("\n")[-2:]
    assert AS_LOGGED in event.notes
    # The article shows it to its readers, and goes on doing so.
    assert record.explanation.startswith("**Symptoms**\n\nThe log has this:\n\n")
    assert first in record.explanation
    assert "It comes every day." in record.explanation
    assert "It comes every day." not in record.message


def test_the_event_that_is_quoted_is_the_one_of_the_title(tmp_path: Path) -> None:
    other = LOGGED.replace("7036", "7000").replace("Service Control Manager", "Other")
    text = INTRODUCED.format(f"```\n{other}```\n\n```\n{LOGGED}```").replace("Services stop", "Event ID 7036 is logged")
    event = drafted(tmp_path, text, "a.md")
    assert (event.record.id, event.record.source) == ("7036", "Service Control Manager")
    (finding,) = read(tmp_path, text.replace("ID 7036 is", "ID 7001 is"), "a.md").diagnostics
    assert finding.message == "the article names no event source"


def test_code_before_all_sections_is_the_facts(tmp_path: Path) -> None:
    event = drafted(tmp_path, f"# Services stop\n\n```\n{LOGGED}```\n\n## Cause\n\nIt broke.\n", "a.md")
    assert (event.record.id, event.record.explanation) == ("7036", "**Cause**\n\nIt broke.")
    assert "Also in the article: Computer: pc1.contoso.com" in event.notes


MESSAGE = "The first paragraph.\n\nThe second one has a value.\n\nValue: 5"
MESSAGES = {
    "a.txt": f"Event ID: 7\nSource: Thing\n\nMessage Text\n\n{MESSAGE}\n\nExplanation\n\nIt broke.\n",
    "b.txt": f"Event ID: 7\nSource: Thing\nMessage: {MESSAGE}\n\nCause\n\nIt broke.\n",
    "c.txt": f"Message Text\n\n{MESSAGE}\n\nEvent ID\n\n7\n\nSource\n\nThing\n\nExplanation\n\nIt broke.\n",
    "d.txt": f"Event ID: 7\nSource: Thing\nComputer: PC\nDescription: {MESSAGE}\n\nCause\n\nIt broke.\n",
    "a.md": f"**Event ID:** 7\n\n**Source:** Thing\n\n**Message:**\n\n{MESSAGE}\n\n## Cause\n\nIt broke.\n",
    "b.md": f"> Event ID: 7\n> Source: Thing\n> Computer: PC\n> Description:\n{quoted(MESSAGE)}\n\nIt broke.\n",
    "a.html": (
        "<h1>Thing 7</h1><h2>Message</h2><p>The first paragraph.<p>The second one has a value.<p>Value: 5"
        "<h2>Cause</h2><p>It broke."
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_has_all_of_its_paragraphs(tmp_path: Path, name: str) -> None:
    event = drafted(tmp_path, MESSAGES[name], name)
    assert (event.record.id, event.record.source, event.record.message) == ("7", "Thing", MESSAGE)
    assert event.record.explanation.endswith("It broke.")
    assert "second" not in event.record.explanation
    assert not any("paragraph" in note or "Value" in note for note in event.notes)


@pytest.mark.parametrize(
    ("name", "form", "message"),
    [
        ("a.md", "# Thing 7\n\n## Message\n\n`{}`\n\n## Cause\n\nIt broke.\n", "It broke:  hr = %1, %2.%3   again"),
        ("a.md", "# Thing 7\n\n- **Message:** `{}`\n\n## Cause\n\nIt broke.\n", "It broke:  hr = %1"),
        ("a.md", "# Thing 7\n\n| Message | `{}` |\n| --- | --- |\n\n## Cause\n\nIt broke.\n", "It broke:  hr = %1"),
        ("a.md", "# Thing 7\n\n## Message\n\n```\n{}\n```\n\n## Cause\n\nIt broke.\n", "It broke:  hr = %1\n  %2"),
    ],
)
def test_a_message_that_is_code_keeps_its_blanks(tmp_path: Path, name: str, form: str, message: str) -> None:
    assert drafted(tmp_path, form.format(message), name).record.message == message


def test_blanks_in_code_of_a_page_are_one_as_browsers_show_them(tmp_path: Path) -> None:
    text = "<h1>Thing 7</h1><h2>Message</h2><p><code>It broke:\n    %1</code></p><h2>Cause</h2><p>It broke.</p>"
    assert drafted(tmp_path, text, "a.html").record.message == "It broke: %1"


def test_a_message_takes_no_article_with_it(tmp_path: Path) -> None:
    event = drafted(tmp_path, "Event ID: 7\nSource: Thing\nMessage: It broke.\n\nSomebody broke it.\n")
    assert (event.record.message, event.record.explanation) == ("It broke.", "Somebody broke it.")


@pytest.mark.parametrize(
    ("label", "severity"),
    [("Alert Type: Error", EventSeverity.ERROR), ("Warnungstyp: Warnung", EventSeverity.WARNING)],
)
def test_alerts_have_a_severity(tmp_path: Path, label: str, severity: EventSeverity) -> None:
    event = drafted(tmp_path, f"Event ID: 7\nSource: Thing\n{label}\nAlert Priority: High\n\nCause\n\nIt broke.\n")
    assert event.record.severity is severity
    assert "Also in the article: Alert Priority: High" in event.notes


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Problemumgehung", Part.ACTIONS),
        ("BEHELFSLÖSUNG", Part.ACTIONS),
        ("Problembeschreibung", Part.EXPLANATION),
        ("Statusinformationen", Part.EXPLANATION),
        ("STATUS", Part.EXPLANATION),
        ("Root cause:", Part.EXPLANATION),
        ("3. Cause", Part.EXPLANATION),
        ("Resolution 2", Part.ACTIONS),
        ("Operator response", Part.ACTIONS),
        ("APPLIES TO", Part.FACTS),
        ("Gilt für", Part.FACTS),
        ("Verwandte Inhalte", Part.REFERENCES),
        ("MORE INFORMATION", Part.MORE),
        ("Status of 3", None),
    ],
)
def test_headings_of_both_languages_are_known(heading: str, part: Part | None) -> None:
    assert part_of(heading) is part


KB = """\
Event ID: 7
Source: Thing

SYMPTOMS
It is slow.

RESOLUTION
Restart it.

STATUS
Microsoft has confirmed that this is a problem.

MORE INFORMATION
The service reads a file.

For more information, see the following topics:

Files: https://contoso.example/files

APPLIES TO
• Windows Server 2008
• Windows Server 2012
"""


def test_what_stands_behind_the_solution_is_kept(tmp_path: Path) -> None:
    event = drafted(tmp_path, KB)
    assert event.record.explanation == (
        "**SYMPTOMS**\n\nIt is slow.\n\n**STATUS**\n\nMicrosoft has confirmed that this is a problem."
        "\n\n**MORE INFORMATION**\n\nThe service reads a file."
    )
    assert [action.text for action in event.record.actions] == ["Restart it."]
    assert event.record.references == (Reference("Files", "https://contoso.example/files"),)
    assert "Also in the article: APPLIES TO: Windows Server 2008, Windows Server 2012" in event.notes


@pytest.mark.parametrize("value", ["- A\n- B", "A\nB", "| A |\n| --- |\n| B |"])
def test_a_label_has_a_list_below_it(tmp_path: Path, value: str) -> None:
    text = f"# Thing 7\n\n## Applies to\n\n{value}\n\n## Cause\n\nIt broke.\n"
    notes = drafted(tmp_path, text, "a.md").notes
    assert any(" ".join(note.replace(",", " ").split()) == "Also in the article: Applies to: A B" for note in notes)


def test_sections_without_a_text_are_told(tmp_path: Path) -> None:
    event = drafted(tmp_path, "Event ID: 7\nSource: Thing\n\nSymptoms\n\nCause\n\nIt broke.\n\nResolution\n")
    assert event.record.explanation == "**Cause**\n\nIt broke."
    assert {"Nothing stands below the heading “Symptoms”.", "Nothing stands below the heading “Resolution”."} <= set(
        event.notes
    )


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("Event IDs: 1030, 1058\nSource: Thing\n", "1058"),
        ("Event ID: 1030 and 1058 or 0x10\nSource: Thing\n", "1058, 16"),
        ("Event IDs 1030 and 11, source Thing\n\nEvent ID: 1030\nSource: Thing\n", "11"),
        ("Ereignis-IDs 1030, 11 und 12\n\nQuelle: Thing\n", "11, 12"),
        ("Event ID 1030 and 1058\n\nSource: Thing\n", "1058"),
        ("Event ID 1030 and Event ID 1058 are logged\n\nSource: Thing\n", "1058"),
        ("Event ID: 1030\nSource: Thing\nLevel: Error\n\nEvent ID: 11\nSource: Thing\nLevel: Error\n", "11"),
    ],
)
def test_further_events_of_an_article_are_told(tmp_path: Path, text: str, further: str) -> None:
    found = read(tmp_path, f"{text}\nCause\n\nIt broke.\n")
    assert [event.record.id for event in found.events] == ["1030"]
    (finding,) = found.diagnostics
    assert finding.code == "article-several-events"
    assert f"further events, {further};" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Event ID 1030 and 2 others\n\nSource: Thing\n",
        "Event ID 1030, 2010 edition\n\nSource: Thing\n",
        "Event ID: 1030 (0x406)\nSource: Thing\n",
        "Event ID: 1030\nSource: Thing\n\nEvent ID: 1030\nSource: Thing\n",
    ],
)
def test_other_numbers_are_no_further_events(tmp_path: Path, text: str) -> None:
    assert drafted(tmp_path, f"{text}\nCause\n\nIt broke.\n").record.id == "1030"


def test_all_ids_of_a_line_are_noted(tmp_path: Path) -> None:
    found = read(tmp_path, "Event IDs: 1030, 1058\nSource: Thing\n\nCause\n\nIt broke.\n")
    assert "The article names the event ID 1030, 1058." in found.events[0].notes


HEADED = {
    "a.txt": "Event ID: 7\nSource: Thing\n\nHello,\n\nUrsache: ein Kabel.\nAbhilfe: Kabel tauschen.\n",
    "a.md": "Event ID: 7\nSource: Thing\n\nHello,\n\n**Ursache:** ein *Kabel*.\n\n**Abhilfe**: Kabel tauschen.\n",
    "a.html": "<h1>Thing 7</h1><p>Hello,<p><b>Ursache:</b> ein Kabel.<p><b>Abhilfe:</b><br>Kabel tauschen.",
}


@pytest.mark.parametrize("name", HEADED)
def test_headings_may_stand_in_the_line_of_their_text(tmp_path: Path, name: str) -> None:
    event = drafted(tmp_path, HEADED[name], name)
    explanation = event.record.explanation.replace("*Kabel*", "Kabel")
    assert explanation in {"**Ursache**\n\nein Kabel.", "****Ursache****\n\nein Kabel."}
    assert [action.text for action in event.record.actions] == ["Kabel tauschen."]
    assert "Not taken: “Hello,”" in event.notes


def test_a_message_ends_before_a_heading_in_a_line(tmp_path: Path) -> None:
    event = drafted(tmp_path, f"{GERMAN_LOGGED}\nUrsache: ein Kabel.\n\nAbhilfe: Kabel tauschen.\n")
    assert event.record.message.startswith("Der Dienst befindet sich")
    assert "Kabel" not in event.record.message
    assert event.record.explanation == "**Ursache**\n\nein Kabel."


def test_an_event_that_is_shown_keeps_its_lines(tmp_path: Path) -> None:
    text = f"Event ID 7036\n\nSymptoms\nThe log has this:\n\n{LOGGED}\nCause\nIt broke.\n"
    event = drafted(tmp_path, text)
    assert (event.record.id, event.record.source) == ("7036", "Service Control Manager")
    assert event.record.message == "The service entered the stopped state."
    first, _, logged, status, *_ = event.record.explanation.split("\n\n")
    assert (first, status) == ("**Symptoms**", "Status: 5\\\nKind: own process")
    assert [line.rstrip("\\").split(":")[0] for line in logged.split("\n")][:3] == ["Log Name", "Source", "Date"]


@pytest.mark.parametrize("lines", ["Event ID: 7\nSource: Thing", "Source: Thing\nType: Error\nEvent ID: 7"])
def test_a_description_behind_id_and_source_is_the_message(tmp_path: Path, lines: str) -> None:
    event = drafted(tmp_path, f"{lines}\nDescription: It broke.\n\nCause\n\nA cable.\n")
    assert event.record.message == "It broke."
    assert AS_LOGGED in event.notes


def test_a_description_behind_a_table_of_facts_explains(tmp_path: Path) -> None:
    text = "| Event ID | 7 |\n| --- | --- |\n| Source | Thing |\n\n## Description\n\nIt broke.\n"
    event = drafted(tmp_path, text, "a.md")
    assert (event.record.message, event.record.explanation) == ("", "It broke.")


def test_xml_of_an_event_tells_which_it_is(tmp_path: Path) -> None:
    xml = '<Event>\n<Provider Name="Contoso-Audit" Guid="{0}" />\n<EventID Qualifiers="0">4625</EventID>\n</Event>'
    text = (
        f"# 4625(F): It failed.\n\n***Event Description:***\n\nIt failed.\n\n***Event XML:***\n\n```xml\n{xml}\n```\n"
    )
    event = drafted(tmp_path, text, "a.md")
    assert (event.record.id, event.record.source) == ("4625", "Contoso-Audit")
    assert "The title of the article: 4625(F): It failed." in event.notes
    assert xml in event.record.explanation


def test_indented_lines_of_a_value_are_no_values_without_a_label(tmp_path: Path) -> None:
    xml = "<Event>\n  <System>\n    <Provider Name='Thing' />\n        <EventID>7</EventID>"
    logged = f"Log Name: System\nSource: Thing\nEvent ID: 7\nDescription:\nIt broke.\nEvent Xml:\n{xml}\n"
    event = drafted(tmp_path, f"{logged}\nCause\n\nIt is old.\n")
    assert f"Also in the article: Event Xml: {' '.join(xml.split())}" in event.notes


def test_quotations_that_stand_together_are_several(tmp_path: Path) -> None:
    note = "> [!NOTE]\n> Others look alike."
    event = drafted(tmp_path, INTRODUCED.format(f"{quoted(LOGGED)}\n\n{note}"), "a.md")
    assert "alike" not in event.record.message
    assert "**Note:** Others look alike." in event.record.explanation


def test_front_matter_of_several_lines_is_noted(tmp_path: Path) -> None:
    front = "---\ntitle: Event ID 7 (Source: Thing)\nms.date: 01/15/2025\nms.custom:\n- a\n- b\n---\n"
    event = drafted(tmp_path, f"{front}## Cause\n\nIt broke.\n", "a.md")
    assert (event.record.id, event.record.source) == ("7", "Thing")
    assert {"Not taken: “ms.date: 01/15/2025”", "Not taken: “ms.custom: a, b”"} <= set(event.notes)


def test_several_versions_are_none(tmp_path: Path) -> None:
    event = drafted(tmp_path, "Event ID: 7\nSource: Thing\nVersion: 11.x, 12\n\nCause\n\nIt broke.\n")
    assert event.record.version == ""
    assert "The article names the product version 11.x, 12." in event.notes


def test_what_a_page_says_of_itself_is_no_action(tmp_path: Path) -> None:
    page = (
        "<main><h1>Thing 7</h1><h2>Cause</h2><p>It broke.<h2>Resolution</h2><p>Mend it."
        "<h2>Feedback</h2><p>Was this page helpful?<button>Yes</button></main>"
    )
    event = drafted(tmp_path, page, "a.html")
    assert [action.text for action in event.record.actions] == ["Mend it."]
    assert "Also in the article: Feedback: Was this page helpful?" in event.notes


def test_a_page_may_lie_in_a_form(tmp_path: Path) -> None:
    page = "<form><h1>Thing 7</h1><h2>Cause</h2><p>It broke.<select><option>en</select><textarea>x</textarea></form>"
    assert drafted(tmp_path, page, "a.html").record.explanation == "**Cause**\n\nIt broke."


def test_what_event_viewer_has_behind_a_message_ends_it(tmp_path: Path) -> None:
    message = "It stopped.\n\nAdditional Information:\nVolume: D:\n\nRecovery Steps\n1. Wait.\n2. Go on."
    text = f"Event ID: 7\nSource: Thing\nComputer: PC\nDescription:\n{message}\nEvent Xml:\n<Event/>\n\nIt is odd.\n"
    event = drafted(tmp_path, text)
    assert event.record.message.split() == message.split()
    assert "Also in the article: Event Xml: <Event/>" in event.notes
    assert event.record.explanation == "It is odd."


def test_a_title_may_be_a_lower_heading(tmp_path: Path) -> None:
    page = "<p>Home</p><h2>Event ID: 7 Source: Thing</h2><h3>Cause</h3><p>It broke.</p>"
    event = drafted(tmp_path, page, "a.html")
    assert (event.record.id, event.record.source) == ("7", "Thing")


def test_columns_of_text_are_a_table(tmp_path: Path) -> None:
    text = "Event ID:\t7\nSource:\tThing\n\nCause\nThese are the limits:\nObject\tLimit\nSession\t32\nIt is full.\n"
    assert drafted(tmp_path, text).record.explanation == (
        "**Cause**\n\nThese are the limits:\n\n| Object | Limit |\n| --- | --- |\n| Session | 32 |\n\nIt is full."
    )


def test_facts_may_stand_in_one_line(tmp_path: Path) -> None:
    text = "Quelle: Ding | Ereignis-ID: 7 | Ebene: Warnung\n\nWas ist passiert?\nEs ging kaputt.\n\nWas tun?\nWarten.\n"
    event = drafted(tmp_path, text)
    assert (event.record.id, event.record.source, event.record.severity) == ("7", "Ding", EventSeverity.WARNING)
    assert [action.text for action in event.record.actions] == ["Warten."]


def test_a_strong_line_heads_the_lines_below_it(tmp_path: Path) -> None:
    text = "Event ID: 7\nSource: Thing\n\n**Symptoms**\nIt is *slow*.\n\n**Resolution**  \nRestart it.\n"
    event = drafted(tmp_path, text, "a.md")
    assert event.record.explanation == "**Symptoms**\n\nIt is *slow*."
    assert [action.text for action in event.record.actions] == ["Restart it."]
