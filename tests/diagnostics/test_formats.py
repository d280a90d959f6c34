from __future__ import annotations

import json as standard_json
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kb_gen.diagnostics import (
    FORMATS,
    Diagnostic,
    LineIndex,
    Place,
    Position,
    ansi,
    concise,
    error,
    full,
    github,
    json,
    visible,
    warning,
)

PATH = "content/exchange/msexchangetransport/1024.yml"
RECORD = """\
id: 1024
source: MSExchangeTransport
product: exchange
message: "Mail from '%1' rejected."
category: SmtpReceive
category: SmtpSend
summary: Short.
context: none
related: []
explanation: The user %9 may not send as …
"""


def _place(text: str, wanted: str, label: str = "", path: str = PATH) -> Place:
    start = text.index(wanted)
    return Place(path, start, start + len(wanted), label)


def _full(finding: Diagnostic, text: str) -> str:
    return "\n".join(full([finding], {PATH: text}.get)) + "\n"


def test_full_shows_the_line_the_carets_and_the_help() -> None:
    finding = error(
        "unknown-parameter", "the message has no parameter `%9`", _place(RECORD, "%9"), "use one of `%1` to `%5`"
    )
    assert _full(finding, RECORD) == dedent("""\
        error[unknown-parameter]: the message has no parameter `%9`
          --> content/exchange/msexchangetransport/1024.yml:10:23
           |
        10 | explanation: The user %9 may not send as …
           |                       ^^
           = help: use one of `%1` to `%5`
        """)


def test_full_shows_related_places_with_their_labels() -> None:
    second = RECORD.index("category", RECORD.index("category") + 1)
    place = Place(PATH, second, second + 8)
    finding = error(
        "duplicate-key", "`category` stands here twice", place, related=(_place(RECORD, "category", "first here"),)
    )
    assert _full(finding, RECORD) == dedent("""\
        error[duplicate-key]: `category` stands here twice
         --> content/exchange/msexchangetransport/1024.yml:6:1
          |
        6 | category: SmtpSend
          | ^^^^^^^^
         ::: content/exchange/msexchangetransport/1024.yml:5:1
          |
        5 | category: SmtpReceive
          | ^^^^^^^^ first here
        """)


def test_full_says_what_it_knows_of_a_file_without_text() -> None:
    assert _full(error("unreadable-file", "the file can't be read", Place("other.yml")), RECORD) == dedent("""\
        error[unreadable-file]: the file can't be read
         --> other.yml
        """)
    assert _full(warning("x", "nothing to point to", help="look around"), RECORD) == dedent("""\
        warning[x]: nothing to point to
          = help: look around
        """)


def test_full_puts_an_empty_line_between_findings() -> None:
    findings = [error("a", "one"), error("b", "two")]
    assert list(full(findings, {}.get)) == ["error[a]: one", "", "error[b]: two"]


@pytest.mark.parametrize(
    ("line", "shown", "carets"),
    [
        pytest.param("text: 日本 %9", "1 | text: 日本 %9", "           ^^", id="wide characters"),
        pytest.param("e\u0301te\u0301: %9", "1 | e\u0301te\u0301: %9", "     ^^", id="combining marks"),
        pytest.param("\ta\t%9", "1 |     a   %9", "        ^^", id="tabs"),
        pytest.param("a\x1b[31m %9", "1 | a␛[31m %9", "       ^^", id="escape sequences"),
        pytest.param("a\u202e %9", "1 | a⟨U+202E⟩ %9", "          ^^", id="direction overrides"),
        pytest.param("\U0001f600 %9\r", "1 | \U0001f600 %9", "   ^^", id="emoji, CRLF"),
    ],
)
def test_carets_stand_below_what_they_mean(line: str, shown: str, carets: str) -> None:
    _, _, _, source, marks = _full(error("x", "y", _place(line, "%9")), line + "\n").splitlines()
    assert source == shown
    assert marks == f"  | {carets}"


def test_wide_characters_get_wide_carets() -> None:
    assert _full(error("x", "y", _place("a: 日本", "日本")), "a: 日本").splitlines()[-1] == "  |    ^^^^"


def test_a_point_gets_one_caret_and_the_end_of_a_line_too() -> None:
    text = "summary:\nnext: 1\n"
    assert _full(error("x", "y", Place(PATH, 8, 8)), text).splitlines()[-1] == "  |         ^"


def test_a_place_over_several_lines_is_marked_on_its_first() -> None:
    text = "a: |\n  one  \n  two\n"
    assert _full(error("x", "y", _place(text, "one  \n  two")), text).splitlines()[-2:] == ["2 |   one", "  |   ^^^"]


def test_long_lines_are_cut_around_the_caret() -> None:
    text = "start " + "x" * 300 + " %9 " + "y" * 300
    source, marks = _full(error("x", "y", _place(text, "%9")), text).splitlines()[-2:]
    assert len(source) <= 110
    assert source.startswith("1 | …x")
    assert source.endswith("y…")
    assert source[marks.index("^") :].startswith("%9")


@given(st.text(max_size=200), st.data())
def test_any_text_is_shown_on_safe_lines_with_carets_inside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = list(full([error("x", text, Place(text, start, end, text), text)], lambda _path: text))
    for line in lines:
        assert all(character.isprintable() or character in "\u200c\u200d" for character in line)
    marks = next(line for line in lines if "| " in line and "^" in line.split("| ", 1)[1].lstrip()[:1])
    source = lines[lines.index(marks) - 1]
    # Blanks at a line's end aren't shown; a tab is as wide as four.
    blanks = 4 * sum(map(str.isspace, text))
    assert marks.index("^") <= cell_len(source) + 2 + blanks


def test_colours_leave_the_text_as_it_is() -> None:
    finding = error("unknown-parameter", "no `%9`", _place(RECORD, "%9", "here"), "use another")
    coloured = "\n".join(full([finding], {PATH: RECORD}.get, ansi))
    assert "\x1b[1;31merror[unknown-parameter]\x1b[0m" in coloured
    plain = coloured
    for part in ("\x1b[1;31m", "\x1b[1;34m", "\x1b[1;36m", "\x1b[1m", "\x1b[0m"):
        plain = plain.replace(part, "")
    assert plain + "\n" == _full(finding, RECORD)


def test_concise_is_a_line_each() -> None:
    findings = [
        error("a", "wrong\nhere", _place(RECORD, "%9"), "mend it"),
        warning("b", "odd", Place("other.yml")),
        error("c", "nowhere"),
    ]
    assert list(concise(findings, {PATH: RECORD}.get)) == [
        f"{PATH}:10:23: error[a] wrong␊here (mend it)",
        "other.yml: warning[b] odd",
        "error[c] nowhere",
    ]


def test_json_is_one_array_with_stable_keys() -> None:
    finding = error("a", "wrong \x1b", _place(RECORD, "%9"), related=(Place("other.yml", label="there"),))
    text = "\n".join(json([finding, error("b", "nowhere")], {PATH: RECORD}.get))
    assert text.isascii()
    assert standard_json.loads(text) == [
        {
            "code": "a",
            "severity": "error",
            "message": "wrong \x1b",
            "help": None,
            "path": PATH,
            "line": 10,
            "column": 23,
            "end_line": 10,
            "end_column": 25,
            "related": [
                {
                    "path": "other.yml",
                    "line": None,
                    "column": None,
                    "end_line": None,
                    "end_column": None,
                    "label": "there",
                }
            ],
        },
        {
            "code": "b",
            "severity": "error",
            "message": "nowhere",
            "help": None,
            "path": None,
            "line": None,
            "column": None,
            "end_line": None,
            "end_column": None,
            "related": [],
        },
    ]


def test_json_of_nothing_is_an_empty_array() -> None:
    assert standard_json.loads("\n".join(json([], {}.get))) == []


def test_github_escapes_what_it_would_obey() -> None:
    findings = [
        error("a", "100% wrong\n::error::x", Place("a,b:c.yml", 0, 2), "mend it"),
        warning("b", "odd"),
    ]
    assert list(github(findings, {"a,b:c.yml": "text"}.get)) == [
        "::error file=a%2Cb%3Ac.yml,line=1,endLine=1,col=1,endColumn=3,title=a::100%25 wrong␊::error::x%0Amend it",
        "::warning title=b::odd",
    ]


@pytest.mark.parametrize("name", FORMATS)
@given(message=st.text(), path=st.text(min_size=1))
def test_no_format_lets_a_text_out_of_its_line(name: str, message: str, path: str) -> None:
    lines = list(FORMATS[name]([error("x", message, Place(path), message)], lambda _path: None))
    assert not any(set(line) & set("\n\r\x1b\u202e\u2028") for line in lines)


@given(st.text(alphabet="ab\n\r\u2028é", max_size=40), st.integers(0, 40))
def test_positions_count_lines_as_editors_do(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] == "\r\n":
        return
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    position = LineIndex(text).position(offset)
    assert position == Position(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def test_a_position_beyond_the_text_is_its_end() -> None:
    assert LineIndex("a\nbc").position(99) == Position(2, 3)
    assert LineIndex("").position(0) == Position(1, 1)


def test_spellings_that_need_joiners_are_left_alone() -> None:
    assert visible("می‌خواهم") == "می‌خواهم"
    assert visible("a\u00a0b") == "a b"
