"""Block structure of record texts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb_gen.markup import CodeBlock, ListBlock, Paragraph, Table, blocks, parse_blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("one line", (Paragraph("one line"),)),
        ("two\n  lines", (Paragraph("two lines"),)),
        ("one\n\n\n two", (Paragraph("one"), Paragraph("two"))),
        ("hard  \nbreak", (Paragraph("hard\\\nbreak"),)),
        ("hard\\\nbreak", (Paragraph("hard\\\nbreak"),)),
        ("# no heading", (Paragraph("# no heading"),)),
        ("> no quote", (Paragraph("> no quote"),)),
        ("    no code", (Paragraph("no code"),)),
        ("<div>\n\nno html", (Paragraph("<div>"), Paragraph("no html"))),
        ("- a\n- b", (ListBlock(False, ((Paragraph("a"),), (Paragraph("b"),))),)),
        ("3. a\n4. b", (ListBlock(True, ((Paragraph("a"),), (Paragraph("b"),)), 3),)),
        (
            "- a\n\n  more\n  1. x",
            (ListBlock(False, ((Paragraph("a"), Paragraph("more"), ListBlock(True, ((Paragraph("x"),),))),)),),
        ),
        ("| a | b |\n|---|---|\n| 1 | |", (Table(("a", "b"), (("1", ""),)),)),
        ("```powershell\nGet-X | ft\n```", (CodeBlock("Get-X | ft", "powershell"),)),
        ("```\nplain\n```\nafter", (CodeBlock("plain"), Paragraph("after"))),
        ("windows\r\nline ends", (Paragraph("windows line ends"),)),
    ],
)
def test_parses(text: str, expected: tuple[object, ...]) -> None:
    assert parse_blocks(text) == expected


_WORDS = st.lists(
    st.sampled_from(["one", "two", "`c`", "%1", "\n", "\n\n", " ", "  ", "\\", "x.", "é", "\t"]), max_size=12
)


@given(_WORDS.map("".join))
def test_the_short_way_gives_what_the_parser_gives(text: str) -> None:
    """Most texts are plain paragraphs and skip the parser; that must not show."""
    parsed = blocks._blocks(blocks._parser().parse(text))
    assert parse_blocks(text) == parsed


_LISTS = st.lists(
    st.sampled_from(
        ["one", "- ", "-", "* ", "1. ", "2. ", "10. ", "3) ", "\n", "\n", "\n\n", " ", "  ", "   ", "`c`", "\\", "x."]
    ),
    max_size=16,
)


@given(_LISTS.map("".join))
@example("- one\n- two\n  more\n\nthen")
@example("1. one\n2. two\n\n- three")
def test_simple_lists_are_what_the_parser_makes_of_them(text: str) -> None:
    assert parse_blocks(text) == blocks._blocks(blocks._parser().parse(text))


@given(st.text())
def test_any_text_parses(text: str) -> None:
    assert isinstance(parse_blocks(text), tuple)


def test_deep_lists_lose_nothing() -> None:
    text = "\n".join("  " * depth + f"- level {depth}" for depth in range(12))
    assert "level 11" in repr(parse_blocks(text))
