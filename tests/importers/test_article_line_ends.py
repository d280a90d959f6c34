"""Lines of text that was pasted: paragraphs of their own, full lines of one, rows of columns, and those of messages."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import found_in

from kb_gen.importers import FORMATS, Reading
from kb_gen.importers.formats.article_line_ends import aligned_rows, paragraph_starts
from kb_gen.model import Command, Record

HEAD = "Event ID: 7\nSource: Thing\n\n"
LONG = "To perform this procedure, you must have membership in Administrators, or have been given the authority."


def drafted(tmp_path: Path, text: str) -> Record:
    file = tmp_path / "a.txt"
    file.write_text(HEAD + text, encoding="utf-8")
    found = FORMATS["article"].read([file], Reading("tool"))
    assert not found.diagnostics
    (event,) = found.events
    assert not found_in(tmp_path, [event.record])
    return event.record


@pytest.mark.parametrize(
    ("lines", "starts"),
    [
        (["Check the connection", LONG, "To check the connection:"], [0, 1, 2]),
        (["One line.", "Another line."], [0, 1]),
        (["Öffnen Sie die Konsole.", "Starten Sie den Dienst.", "Prüfen Sie das Protokoll."], [0, 1, 2]),
        # A mail that was wrapped at 72 characters, and German, which has capital letters amid its sentences.
        (
            [
                "This paragraph was written by somebody whose program wraps lines. It is",
                "full of sentences, and one of them may end where a line ends by chance.",
                "Such a line goes on with the paragraph.",
            ],
            [0],
        ),
        (
            [
                "Dieser Absatz wurde umbrochen, und zwar mitten im Satz vor einem großen",
                "Wort. Manchmal fängt eine Zeile auch klein an, was kein Absatz von sich",
                "aus tut.",
                "Hier beginnt ein neuer.",
            ],
            [0, 3],
        ),
        (["Open a prompt and run it", "as administrator."], [0]),
        (["Only one"], [0]),
        ([], []),
    ],
)
def test_lines_are_paragraphs_where_the_next_word_had_room(lines: list[str], starts: list[int]) -> None:
    assert paragraph_starts(lines) == starts


def test_lines_of_an_action_stay_apart(tmp_path: Path) -> None:
    text = f"Resolve\nCheck the connection\n{LONG}\nTo check the connection:\n1. Click Start.\n2. Click Run.\n"
    (action,) = drafted(tmp_path, text).actions
    assert action.text == f"Check the connection\n\n{LONG}\n\nTo check the connection:"
    assert [step.text for step in action.steps] == ["Click Start.", "Click Run."]


def test_lines_below_a_heading_in_their_line_stay_apart(tmp_path: Path) -> None:
    record = drafted(tmp_path, "Cause: a broken cable.\nThe other end is loose.\n\nResolution: mend it.\n")
    assert record.explanation == "**Cause**\n\na broken cable.\n\nThe other end is loose."


@pytest.mark.parametrize(
    "message",
    [
        "First line  with two blanks.\nSecond line.\n   Indented third.\n\nAnother paragraph.",
        "First line.\n\tA tab before it.\n\t\tTwo of them.\nLast.",
    ],
)
@pytest.mark.parametrize("label_end", [" ", "\n", "\n\n"])
def test_a_message_keeps_its_lines_blanks_and_indents(tmp_path: Path, message: str, label_end: str) -> None:
    assert drafted(tmp_path, f"Message Text:{label_end}{message}\n\nCause\n\nIt broke.\n").message == message


def test_what_a_command_shows_keeps_its_columns(tmp_path: Path) -> None:
    shown = "Flags: 30 HAS_IP  HAS_TIMESERV\nTrusted DC Name \\\\DC01.contoso.com\nThe command completed successfully."
    reset, end = drafted(tmp_path, f"Resolve\n1. Reset it:\nnltest /sc_reset:contoso.com\n{shown}\n2. End.\n").actions
    assert reset.commands == (Command("cmd", "nltest /sc_reset:contoso.com"),)
    assert (reset.note, end.text) == (f"```text\n{shown}\n```", "End.")


@pytest.mark.parametrize(
    "prose", ["State: it runs, which is\nright.", "Note: this takes long.", "The address is shown."]
)
def test_sentences_behind_a_command_are_sentences(tmp_path: Path, prose: str) -> None:
    (look, _) = drafted(tmp_path, f"Resolve\n1. Look:\nipconfig /all\n{prose}\n2. End.\n").actions
    assert look.note == " ".join(prose.split("\n"))


@pytest.mark.parametrize(
    "form", ["Cause\n\nColumns:\n{}\nThat is all.\n", "Cause\n\n- Columns:\n{}\n\n  That is all.\n"]
)
def test_columns_are_a_block_of_code(tmp_path: Path, form: str) -> None:
    rows = "  NAME   STATE    SINCE\n  foo    up       Monday\n         (half)   Friday"
    explanation = drafted(tmp_path, form.format(rows)).explanation
    lines = [line.removeprefix("  ") if form.startswith("Cause\n\n-") else line for line in explanation.split("\n")]
    begin = lines.index("```text")
    assert lines[begin + 1 : begin + 4] == ["NAME   STATE    SINCE", "foo    up       Monday", "       (half)   Friday"]
    assert "That is all." in lines


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["NAME   STATE", "foo    bar", "Text."], 2),
        (["NAME   STATE", "----   -----", "a      b"], 3),
        (["A sentence.  Another one.", "A sentence.  Another one."], 0),
        (["NAME   STATE", "a very long name  bar"], 0),
        (["NAME   STATE"], 0),
        ([], 0),
    ],
)
def test_rows_have_a_column_in_common(lines: list[str], rows: int) -> None:
    assert aligned_rows(lines) == rows
