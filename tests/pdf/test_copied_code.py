"""Code that goes on in another line on paper, as programs copy it from among other text."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed_files import printed, text_of

_KEY = r"HKLM\SYSTEM\CurrentControlSet\Services\SomethingThatIsLong{}\Parameters"
_FILE = r"C:\Windows\System32\LogFiles\SomethingThatIsLong{}\TraceOutputFile.etl"


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_cells_of_a_row_are_copied_each_in_one_piece(tmp_path: Path, options: tuple[str, ...]) -> None:
    rows = [f"| {number} | `{_FILE}` | `{_KEY}` | So. |".replace("{}", f"{number:02}") for number in range(1, 5)]
    table = "\n".join(["| Number | File | Key | Why |", "| --- | --- | --- | --- |", *rows])
    text = text_of(printed(tmp_path / "project", {"explanation": table}), *options)
    for number in range(1, 5):
        assert _FILE.replace("{}", f"{number:02}") in text
        assert _KEY.replace("{}", f"{number:02}") in text


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_what_follows_code_is_copied_behind_it(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = "C:" + "".join([rf"\Component{number:02}Folder" for number in range(1, 9)])
    # Wherever the code begins in its line, and ends in its own.
    explanations = [f"{'so ' * words}it is in (`{path}`), and nowhere else." for words in range(0, 30, 3)]
    file = printed(tmp_path / "project", *[{"explanation": each} for each in explanations])
    text = text_of(file, *options)
    places = [place for place in range(len(text)) if text.startswith(path, place)]
    assert len(places) == len(explanations)
    for place in places:
        assert text[:place].rstrip().endswith("it is in (")
        assert text[place + len(path) :].lstrip().startswith("),")


@pytest.mark.parametrize("options", [(), ("-raw",), ("-layout",)])
def test_several_spaces_in_a_row_are_copied_as_they_were_written(tmp_path: Path, options: tuple[str, ...]) -> None:
    lines = [
        "Get-X -Identity \"CN=User1,OU=Long  Two,DC=x\" -Filter {Name -eq 'a'}",
        r"net use  X:  \\srv\share",
        "sc  query",
        "sc  stop  foo",
    ]
    inline = "dir  /s"
    fenced = "one  two   three"
    commands = [{"shell": "cmd", "run": line} for line in (*lines[:2], "\n".join(lines[2:]))]
    record = {
        "explanation": f"Run `{inline}` and `a  b`  `c` now.\n\n```\n{fenced}\n```",
        "actions": [{"text": "Run it:", "commands": commands}],
    }
    text = text_of(printed(tmp_path / "project", record), *options)
    for code in (*lines, fenced):
        assert code in [line.strip() for line in text.splitlines()]
    assert f"Run {inline} and a  b c now." in text


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_an_example_of_a_value_is_copied_in_one_piece(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = "C:" + "".join([rf"\A Component{number:02}-x" for number in range(1, 18)])
    words = "word " * 60 + "end"
    parameters = {1: {"name": "path", "example": path}, 2: {"name": "text", "holds": "Words.", "example": words}}
    file = printed(tmp_path / "project", {"message": "No %1 in %2.", "parameters": parameters})
    text = text_of(file, *options)
    assert path in text
    assert words in text
