"""What a terminal shows of a build's stages."""

from __future__ import annotations

import io

from rich.console import Console

from kb_gen.cli import output


def _line(total: int | None, done: int) -> str:
    bar = output._bar()
    task = bar.add_task("Writing articles", total=total)
    bar.update(task, advance=done)
    console = Console(file=io.StringIO(), width=80)
    with console.capture() as said:
        console.print(bar.get_renderable())
    return said.get()


def test_a_stage_that_is_counted_shows_how_far_it_is() -> None:
    said = _line(20_000, 3_200)
    assert "Writing articles" in said
    assert "3,200/20,000" in said
    assert said.count("\n") == 1


def test_a_stage_shows_how_much_it_does_in_a_second() -> None:
    bar = output._bar()
    now = [0.0]
    bar.get_time = lambda: now[0]
    task = bar.add_task("Writing articles", total=20_000)
    for second in range(1, 4):
        now[0] = second
        bar.update(task, advance=1_500)
    console = Console(file=io.StringIO(), width=80)
    with console.capture() as said:
        console.print(bar.get_renderable())
    assert "4,500/20,000  1,500/s" in said.get()


def test_a_stage_that_is_not_counted_shows_no_numbers() -> None:
    assert "0/" not in _line(None, 0)
