"""Lines by which articles are found: in the contents, in indexes and in bookmarks."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from printed_files import printed, text_of

from kb_gen.document import Chip, MessageBlock
from kb_gen.pdf.indexes import first_words

_RECORDS = (
    {"message": '"Quoted" %1 is broken.', "summary": "A first one."},
    {"message": "%1"},
    {"message": "Second %1 (of two)."},
    {"source": "Apart", "symbolic_name": "SAME_ID", "message": "Zeta."},
)


_SYMBOLS = ("U1", "_under7", "UZ", "E_1", "L", "_LAST", "42_DAYS", "__END", "ux", "__loop")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(tmp_path_factory.mktemp("lines") / "project", *_RECORDS)


def test_each_line_of_the_contents_says_something(book: Path) -> None:
    contents = text_of(book, "-layout").split("\f")[2]
    said = dict(re.findall(r"^(\d+) +(\S.*?)[ .]+\d+$", contents, re.MULTILINE))
    assert said == {"1": "A first one", "2": "OddSource 2", "3": "Second … (of two)", "4": "SAME_ID"}


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ('"Quoted" %1 is broken.', '"Quoted" … is broken.'),
        ("'%1' is broken.", "is broken."),
        ("(A) %1", "(A) …"),
        ("[%1] (%2): so it is", "so it is"),
        ('"One two three four five six seven eight" %1', "One two three four five six seven …"),
        ("- so", "so"),
        ("<tag> is open", "<tag> is open"),
    ],
)
def test_first_words_have_no_quotation_mark_that_isnt_closed(message: str, line: str) -> None:
    parts = [Chip(1, "value") if part.startswith("%") else part for part in re.split(r"(%\d)", message)]
    assert first_words(MessageBlock(message, tuple(parts))) == line


def test_quotation_marks_make_no_letter_of_their_own(book: Path) -> None:
    index = text_of(book, "-raw").split("Index of messages")[2]
    letters = [line for line in index.splitlines() if re.fullmatch(r"[A-Z]", line)]
    assert letters == ["Q", "S", "Z"]
    assert '"Quoted" …' in index


def test_no_heading_of_an_index_comes_twice(tmp_path: Path) -> None:
    texts = ("$x", "#include beta", "{curly} too", "€ sign", "ßpecial", "Simple", "42 days", "¿Que", "_under7", "+")
    records = [{"message": text, "symbolic_name": name} for text, name in zip(texts, _SYMBOLS, strict=True)]
    file = printed(tmp_path / "project", *records)
    indexes = re.split(r"^\f?Index of (?:symbolic names|messages)$", text_of(file, "-raw"), flags=re.MULTILINE)[1:]
    headings = [re.findall(r"^(?:[A-Z#]{1,2}|0–9)$", index, re.MULTILINE) for index in indexes]
    assert headings == [["0–9", "E", "L", "U"], ["#", "0–9", "C", "I", "Q", "S", "U", "X"]]


def test_events_of_one_message_have_a_number_for_each_page(tmp_path: Path) -> None:
    file = printed(tmp_path / "project", {}, {}, {"message": "Another."})
    numbers = re.search(r"So it is\.\s([\d, ]+)", text_of(file, "-raw").split("Index of messages")[2])
    assert numbers
    pages = numbers[1].strip().split(", ")
    assert len(pages) == len(set(pages)) == 1


def test_bookmarks_say_what_articles_are_about(book: Path) -> None:
    with pikepdf.open(book) as pdf, pdf.open_outline() as outline:
        found = {item.title: [inner.title for inner in item.children] for item in outline.root}
    assert next(iter(found)) == "Contents"
    assert found["OddSource"] == ["OddSource 1 – A first one.", "OddSource 2", "OddSource 3 – Second … (of two)."]
    assert found["Apart"] == ["Apart 4 – SAME_ID"]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"symbolic_name": "AN_ID"}, "The indexes at the end find articles by symbolic name, and by the first words"),
        ({"symbolic_name": "AN_ID", "message": "%1"}, "The index at the end finds articles by symbolic name."),
        ({}, "The index at the end finds articles by the first words of the message in the log."),
        ({"message": "%1"}, ""),
    ],
)
def test_readers_are_told_of_those_indexes_that_there_are(tmp_path: Path, record: dict[str, object], said: str) -> None:
    text = " ".join(text_of(printed(tmp_path / "project", record)).split())
    assert said in text
    assert ("at the end" in text) == bool(said)
