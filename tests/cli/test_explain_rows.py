"""Rows of an answer on terminals and in pipes."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from kb_gen.cli.explain.rows import Row, as_list, as_table, has_room

HEADINGS = ("count", "severity", "event", "first", "last", "text")
ADDRESS = "https://kb.example.org/en/service-control-manager/7045/"
WORDS = "words " * 150


def row(text: str = "A service was installed.", address: str = "", name: str = "Service 7045") -> Row:
    times = ("2026-05-01 03:12:44", "2026-05-01 03:20:10")
    return Row("1,234", Text("Error"), Text(name), *times, [Text(text)] if text else [], address)


def console(width: int, *, terminal: bool = True) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=terminal)


def test_a_terminal_gets_a_few_lines_of_a_long_text() -> None:
    lines = [line.plain for line in as_table([row(WORDS)], HEADINGS, console(120))]
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert all(cell_len(line) <= 120 for line in lines)


@pytest.mark.parametrize("width", [40, 80])
def test_a_narrow_terminal_gets_a_list(width: int) -> None:
    rows = [row(WORDS, ADDRESS)]
    assert not has_room(rows, width)
    assert has_room([row()], 120)
    lines = [line.plain for line in as_list(rows, console(width))]
    assert lines[:2] == ["1,234  Error  Service 7045", "       2026-05-01 03:12:44 to 2026-05-01 03:20:10"]
    assert all(cell_len(line) <= width for line in lines[2:-1])
    assert (len(lines), lines[-1]) == (6, f"       {ADDRESS}")


def test_a_pipe_gets_each_text_on_a_line() -> None:
    lines = [line.plain for line in as_table([row(WORDS, ADDRESS)], HEADINGS, console(80, terminal=False))]
    assert len(lines) == 3
    assert lines[1].count("words") == 150
    assert lines[2].strip() == ADDRESS


def test_a_table_has_no_blanks_at_the_end_of_a_line_and_knows_wide_characters() -> None:
    rows = [row("", name="服务 7"), row("x", name="abc")]
    first, second, third = [line.plain for line in as_table(rows, HEADINGS, console(120))]
    assert not [line for line in (first, second, third) if line != line.rstrip()]
    assert cell_len(second.partition("2026")[0]) == cell_len(third.partition("2026")[0])


def test_a_text_without_blanks_is_broken_where_the_line_ends() -> None:
    lines = [line.plain for line in as_list([row("x" * 500)], console(60))]
    assert len(lines) == 5
    assert max(map(cell_len, lines[2:])) == 60
    assert lines[-1].endswith("x…")
