"""Words that are wider than their places break, are cut, or stay whole: nothing runs off a page."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from printed_files import kb_gen, project_of, text_of

_MARGIN = 65.0
"""Of the page, in points: 2.3 cm, and a hair."""
_OVERHANG = 3.0
"""A hyphen hangs over the edge a little, as the eye wants it."""


def test_no_word_runs_off_the_page(wide: tuple[Path, str], odd: tuple[Path, str], own: Path) -> None:
    for file in (wide[0], odd[0] / "de/odd.pdf", own / "de/exchange.pdf", own / "en/exchange.pdf"):
        pages = text_of(file, "-bbox").split("<page ")[1:]
        assert len(pages) > 8
        for number, page in enumerate(pages, 1):
            size = re.match(r'width="([\d.]+)"', page)
            assert size is not None
            for left, right, word in re.findall(r'<word xMin="([\d.-]+)".*? xMax="([\d.]+)".*?>(.*?)</word>', page):
                place = f"{file.name}, page {number}: {word}"
                assert float(left) >= _MARGIN - 0.5, place
                assert float(right) <= float(size[1]) - _MARGIN + _OVERHANG, place


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_what_breaks_is_copied_as_one_word(wide: tuple[Path, str], options: tuple[str, ...]) -> None:
    text = text_of(wide[0], *options)
    for word in ("W" * 400, "S" * 300, "e" * 300):
        assert word in text


def test_a_word_of_an_index_is_cut(wide: tuple[Path, str]) -> None:
    index = text_of(wide[0]).rpartition("Index of messages")[2]
    assert 60 < index.count("Q") <= 100
    assert "…" in index


def test_symbols_and_ids_are_cut_in_contents_and_indexes(wide: tuple[Path, str]) -> None:
    contents = re.sub(r"\s", "", text_of(wide[0], "-f", "3", "-l", "3"))
    assert 70 < contents.count("S" * 10) * 10 <= 80
    index = re.sub(r"\s", "", text_of(wide[0]).rpartition("Index of symbolic names")[2])
    assert 80 < index.count("S" * 10) * 10 <= 90
    drawn = text_of(wide[0], "-layout")
    assert re.search(r"OddSource (?:n{15}|W{7})…", drawn, re.MULTILINE), "in a head"
    assert re.search(r"^n{15}… +SMALL", drawn, re.MULTILINE), "in the contents"
    assert re.search(r"^WWWWWWW… +LETTERS", drawn, re.MULTILINE), "in the contents"


def test_options_of_a_command_stay_whole(wide: tuple[Path, str]) -> None:
    # Where one line of text ends on paper is seen by the words' places alone: a command is copied in one piece.
    with pikepdf.open(wide[0]) as pdf:
        commands = [bytes.fromhex(found.decode()).decode("utf-16-be") for found in _actual_texts(pdf)]
    command = next(found for found in commands if "Set-TransportServer" in found)
    assert command.count(" -Verbose") == 10
    assert "-IntraOrgConnectorProtocolLoggingLevel" in command
    drawn = text_of(wide[0], "-bbox")
    assert not re.search(r">(?:\S*[^-])?--?</word>", drawn)


def _actual_texts(pdf: pikepdf.Pdf) -> list[bytes]:
    return [
        found
        for page in pdf.pages
        for found in re.findall(rb"/ActualText<feff([0-9a-f]+)>", page.Contents.read_bytes())
    ]


def test_tabs_are_copied_as_tabs(wide: tuple[Path, str]) -> None:
    assert "\techo\tx  \t y\n" in text_of(wide[0])


def test_identifiers_are_never_hyphenated(wide: tuple[Path, str]) -> None:
    text = text_of(wide[0])
    assert text.count("SmtpReceive") >= 15
    assert not re.search(r"\b(Smtp|SmtpRe|SmtpRecei)[-\xad]", text)


def test_the_contents_say_what_an_event_is_about(wide: tuple[Path, str]) -> None:
    contents = text_of(wide[0], "-layout", "-f", "3", "-l", "3")
    assert re.search(r"^2 +A family ▯ and a heart", contents, re.MULTILINE)
    assert re.search(r"^3 +There is neither a symbolic name nor …", contents, re.MULTILINE)


def test_nothing_is_left_of_a_character_that_no_font_has(wide: tuple[Path, str]) -> None:
    file, told = wide
    assert "`👨‍👩‍👧‍👦` (U+1F468 U+200D U+1F469" in told
    assert "\N{ZERO WIDTH JOINER}" not in text_of(file)


def test_lines_end_behind_characters_that_no_font_has(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", [{"explanation": "无法打开文件。请检查权限，然后重试。" * 12}])
    assert kb_gen(project, "pdf", "-l", "en").returncode == 1
    edges = re.findall(r'xMax="([\d.]+)"', text_of(project / "pdf/en/odd.pdf", "-bbox"))
    assert max(map(float, edges)) < 595 - 60
