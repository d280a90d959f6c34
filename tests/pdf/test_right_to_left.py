"""Arabic and Hebrew: where their lines begin, and in which order a screen reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from printed_files import printed, text_of

from kb_gen.pdf.direction import is_from_right, is_partly_from_right

_HEBREW = "לא ניתן לפתוח את הקובץ של המשתמש."
_ARABIC = "تعذر فتح الملف لأن المستخدم غير موجود."
_RECORDS = (
    {"message": f"{_HEBREW[:-1]} %1 (5).", "parameters": {1: {"name": "file"}}, "summary": _HEBREW},
    {"message": _ARABIC, "explanation": f"In Arabic, it says: {_ARABIC[:14]}. So it does.\n\n{_HEBREW * 6}"},
    {"message": "From the left.", "explanation": f"| Said |\n| --- |\n| {_HEBREW} |"},
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(tmp_path_factory.mktemp("backwards") / "project", *_RECORDS)


def _said(element: Any) -> Iterator[str]:
    if "/ActualText" in element:
        yield str(element.ActualText)
    kids = element.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _said(kid)


def test_the_structure_says_it_in_the_order_of_speech(book: Path) -> None:
    with pikepdf.open(book) as pdf:
        said = list(_said(pdf.Root.StructTreeRoot))
    assert f"{_HEBREW[:-1]} " in said
    # In the summary, the contents and a cell; a longer text goes on in other lines.
    assert said.count(_HEBREW) == 3
    assert _ARABIC in said
    assert _ARABIC[:14] in said
    assert _HEBREW * 6 in re.sub(" +", " ", "".join(said)).replace(". ", ".")


def test_each_run_belongs_to_the_element_that_says_it(book: Path) -> None:
    with pikepdf.open(book) as pdf:
        parents = {int(key): value for key, value in pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items()}
        for page in pdf.pages:
            owners = parents[int(page.obj.StructParents)]
            drawn = {int(number) for number in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())}
            assert drawn == {number for number, owner in enumerate(owners) if isinstance(owner, pikepdf.Dictionary)}
            for number in drawn:
                kids = owners[number].K
                own = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
                assert number in [kid if isinstance(kid, int) else kid.get("/MCID") for kid in own]


def test_programs_take_it_from_the_page_as_it_was_written(book: Path) -> None:
    # Poppler puts marks of direction around what is written from the right.
    text = re.sub("[\u202a-\u202e\u200e\u200f]", "", text_of(book))
    assert "לא ניתן לפתוח את הקובץ" in text


def test_lines_of_it_begin_at_the_right_and_numbers_of_pages_stand_there_all_the_same(book: Path) -> None:
    pages = text_of(book, "-bbox").split("<page ")[1:]
    words = [re.findall(r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>([^<]*)<', page) for page in pages]
    contents, article = words[2], words[3]
    ends = [float(end) for _, end, word in contents if word == "4"]
    assert len(ends) >= 3
    assert max(ends) - min(ends) < 1
    assert max(ends) > 525
    hebrew = [float(end) for _, end, word in article if any(map(is_partly_from_right, word))]
    assert max(hebrew) == pytest.approx(530, abs=2)


def test_no_letter_is_any_shade_of_grey(book: Path) -> None:
    with pikepdf.open(book) as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
    assert not [content for content in contents if b"0.0352" in content or b"0.04 scn" in content]


def test_a_text_is_written_as_most_of_its_letters_are() -> None:
    assert is_from_right(_HEBREW)
    assert is_from_right(f"{_HEBREW} Exchange 2010")
    assert not is_from_right("In Hebrew, a file is קובץ.")
    assert is_partly_from_right("In Hebrew, a file is קובץ.")
    assert not is_partly_from_right("Überprüfen Sie das — und Файл.")


@pytest.mark.parametrize("order", [1, -1])
def test_brackets_are_copied_and_said_the_right_way_round(tmp_path: Path, order: int) -> None:
    records = [{"summary": "שגיאה (חמש) כאן."}, {"summary": "From the left (as here)."}][::order]
    file = printed(tmp_path / "project", *records)
    assert "From the left (as here)." in text_of(file)
    with pikepdf.open(file) as pdf:
        assert "שגיאה (חמש) כאן." in list(_said(pdf.Root.StructTreeRoot))


def test_marks_of_lists_stand_where_their_lines_begin(tmp_path: Path) -> None:
    items = f"- {_HEBREW}\n- {_HEBREW}\n\nAnd\n\n1. {_HEBREW}\n2. From the left.\n\n   ```\n   dir /s\n   ```"
    record = {"explanation": items, "actions": [{"text": _HEBREW}]}
    boxes = text_of(printed(tmp_path / "project", record), "-bbox", "-f", "4", "-l", "4")
    body = boxes[boxes.index(">Explanation<") :]
    words = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', body)
    # A list's text ends a little further to the left.
    marks = {bottom: word for left, bottom, word in words if float(left) > 595 - 76}
    assert len(marks) == 5
    assert not any(letter.isalpha() for word in marks.values() for letter in word)
    # Code begins at the left there, too.
    assert [float(left) < 120 for left, _, word in words if word == "dir"] == [True]
