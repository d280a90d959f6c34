"""Lists that are deeper than a page has room for."""

from __future__ import annotations

from pathlib import Path

from printed_files import printed, text_of

from kb_gen.document import Block, ItemList, Paragraph, Text, Words, plain
from kb_gen.pdf.levels import MOST_LEVELS, within_levels


def _paragraph(text: str) -> Paragraph:
    return Paragraph(Words((Text(text),)))


def _nested(levels: int, number: int = 1) -> ItemList:
    below: tuple[Block, ...] = (_nested(levels, number + 1),) if number < levels else ()
    items = ((_paragraph(f"{number}"), *below, _paragraph(f"after {number}")), (_paragraph(f"next to {number}"),))
    return ItemList(ordered=True, items=items)


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(plain(block.words.inlines))
        elif isinstance(block, ItemList):
            for item in block.items:
                found += _texts(item)
    return found


def _depth(blocks: tuple[Block, ...]) -> int:
    lists = [block for block in blocks if isinstance(block, ItemList)]
    return max((1 + max(map(_depth, block.items)) for block in lists), default=0)


def test_lists_that_have_room_stay_as_they_are() -> None:
    blocks = (_paragraph("Before."), _nested(MOST_LEVELS))
    assert within_levels(blocks) == blocks


def test_what_is_deeper_follows_at_the_last_level_in_its_order() -> None:
    blocks = (_nested(40),)
    flat = within_levels(blocks)
    assert _depth(flat) == MOST_LEVELS
    assert _texts(flat) == _texts(blocks)


def test_numbers_go_on_behind_what_is_deeper() -> None:
    items = tuple([(_paragraph(f"{number}"), *((_nested(1),) if number == 2 else ())) for number in (1, 2, 3)])
    within = within_levels((ItemList(ordered=True, items=items, start=4),), MOST_LEVELS)
    assert [block.start for block in within if isinstance(block, ItemList)] == [4, 1, 6]


def test_a_command_of_thousands_of_options_is_set_to_its_end(tmp_path: Path) -> None:
    run = " ".join(["tool", *[f"--option-{number}=value" for number in range(5000)]])
    command = {"text": "Run it:", "commands": [{"shell": "bash", "run": run}]}
    file = printed(tmp_path / "project", {"actions": [command]})
    words = text_of(file).split()
    assert [word for word in words if word.startswith("--option-")] == run.split()[1:]
    drawn = text_of(file, "-bbox")
    heights = [float(line.split('yMax="')[1].split('"')[0]) for line in drawn.splitlines() if "--option-" in line]
    assert max(heights) < 842 - 40


def test_a_list_of_many_levels_is_set(tmp_path: Path) -> None:
    text = "".join([f"{'  ' * number}- Level {number}\n" for number in range(25)])
    assert "Level 24" in text_of(printed(tmp_path / "project", {"explanation": text}))
