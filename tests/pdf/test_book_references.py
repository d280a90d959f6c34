"""References, links and marks, for readers who have them on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
from printed_files import kb_gen, printed, project_of, text_of

from kb_gen.document import ArticleLink, Paragraph, Table, Text, Words
from kb_gen.locales import State
from kb_gen.pdf.articles import Elsewhere, Nowhere, blocks_data

_LONG = "https://odd.example.org/" + "/".join([f"part{number:02}-of-an-address" for number in range(14)])


def _addresses(file: Path) -> set[str]:
    with pikepdf.open(file) as pdf:
        annotations = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
        return {str(each.A.URI) for each in annotations if "/A" in each and "/URI" in each.A}


def test_the_address_of_a_link_stands_behind_it(tmp_path: Path) -> None:
    text = f"See [the manual]({_LONG}), [a page](https://odd.example.org/b) or [us](mailto:us@odd.example.org)."
    file = printed(tmp_path / "project", {"explanation": text})
    said = text_of(file)
    assert len(_LONG) > 290
    for name, address in (("a page", "https://odd.example.org/b"), ("us", "us@odd.example.org")):
        assert f"{name} ⟨{address}⟩" in " ".join(said.split())
    assert _LONG in said
    assert _addresses(file) >= {_LONG, "https://odd.example.org/b", "mailto:us@odd.example.org"}


def test_a_link_has_an_area_for_each_of_its_lines(tmp_path: Path) -> None:
    file = printed(
        tmp_path / "project", {"explanation": f"See [the manual]({_LONG}) and [a](https://odd.example.org/b)."}
    )
    with pikepdf.open(file) as pdf:
        links = {
            str(each.A.URI): each
            for page in pdf.pages
            for each in page.obj.get("/Annots", [])
            if "/URI" in each.get("/A", {})
        }
        corners = [float(corner) for corner in links[_LONG].QuadPoints]
        assert "/QuadPoints" not in links["https://odd.example.org/b"]
    areas = [corners[start : start + 8] for start in range(0, len(corners), 8)]
    assert 3 <= len(areas) <= 4
    # One below the other.
    assert all(upper[1] > lower[5] for upper, lower in pairwise(areas))


def test_an_address_that_is_a_links_text_is_printed_once(tmp_path: Path) -> None:
    file = printed(tmp_path / "project", {"explanation": "Look at <https://odd.example.org/b>."})
    assert text_of(file).count("odd.example.org/b") == 1


def test_no_address_leaves_its_page(tmp_path: Path) -> None:
    table = f"| So | And |\n| --- | --- |\n| See [that]({_LONG}). | {_LONG} |"
    file = printed(tmp_path / "project", {"explanation": f"See [this]({_LONG}).\n\n{table}"})
    edges = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', text_of(file, "-bbox"))]
    assert max(edges) < 595 - 60


def test_source_and_id_of_a_reference_stand_in_one_line(tmp_path: Path) -> None:
    source = "OddExchange Transport"
    reference = "event:OddExchange%20Transport/1"
    # Wherever in a line.
    texts = [f"{'so ' * words}they are {reference}, {reference} and {reference}." for words in range(10, 30)]
    said = text_of(printed(tmp_path / "project", *[{"source": source, "explanation": text} for text in texts]))
    assert said.count("OddExchange Transport 1") > 3 * len(texts)
    assert not [line for line in said.splitlines() if re.search(r"OddEx\w*-?$|Tran\w*-?$", line) and line != source]


def test_a_reference_with_words_of_its_own_names_the_event_in_another_file(tmp_path: Path) -> None:
    text = "See [the next one](event:OddSource/2), [number 2 of OddSource 2](event:OddSource/2) and event:OddSource/2."
    expected = "See the next one (OddSource 2), number 2 of OddSource 2 and OddSource 2."
    project = project_of(tmp_path / "project", [{"explanation": text}, {}])
    settings = project / "mkdocs.yml"
    for base in ("site_url: https://odd.example.org/\n", ""):
        settings.write_text(
            base + settings.read_text(encoding="utf-8").replace("site_url: https://odd.example.org/\n", ""),
            encoding="utf-8",
        )
        assert kb_gen(project, "pdf", "-l", "en", "--event", "OddSource/1").returncode == 0
        file = next((project / "pdf/en").glob("*.pdf"))
        assert expected in " ".join(text_of(file).split())
        assert _addresses(file) == ({"https://odd.example.org/en/oddsource/2/"} if base else set())


def test_a_reference_to_another_volume_names_the_event_and_the_volume() -> None:
    def where(_: str) -> Elsewhere:
        return Elsewhere("shop-3.pdf", "src/392", "Src 392", "volume 3")

    own, named = (ArticleLink("src/392", (Text(text),)) for text in ("the next one", "Src 392"))
    (_, (_, first, between, second)), *_ = blocks_data([Paragraph(Words((own, Text(" or "), named)))], where)
    assert between == " or "
    whole = ["whole", "Src 392"]
    assert first == ["volume", "shop-3.pdf#src/392", ["span", whole, ", ", "volume 3"], "the next one"]
    assert second == ["volume", "shop-3.pdf#src/392", "volume 3", whole]


def test_a_table_has_one_mark_for_all_its_cells(tmp_path: Path) -> None:
    table = "\n".join(["| A word | A code |", "| --- | --- |", *[f"| Text {n} | `code{n}` |" for n in range(5)]])
    file = printed(tmp_path / "project", {"explanation": f"Before.\n\n{table}\n\nBehind."}, options=("-l", "de"))
    said = " ".join(text_of(file, "-raw").split())
    assert "EN Before. EN A word A code Text 0 code0 Text 1" in said
    assert "code4 EN Behind." in said
    with pikepdf.open(file) as pdf:
        languages = [language for role, language in _languages(pdf.Root.StructTreeRoot) if role in {"/TH", "/TD"}]
    # What a screen reader needs to know stays with each passage.
    assert languages == ["en"] * 12


def _languages(element: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """The role of each element, and the language that it is in."""
    kids = element.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            own = str(kid.get("/Lang", language))
            yield str(kid.S), own
            yield from _languages(kid, own)


def _row(*states: State) -> tuple[Words, ...]:
    return tuple([Words((Text("Words"),), "en" if state is not State.SOURCE else None, state) for state in states])


def _marks(*rows: tuple[Words, ...]) -> tuple[bool, list[list[bool]]]:
    (_, parts, above), *_ = blocks_data([Table(rows[0], rows[1:])], lambda _: Nowhere(""))
    head, others, *_ = parts[0]
    return bool(above), [[isinstance(cell, dict) and "mark" in cell for cell in row] for row in (head, *others)]


def test_a_row_has_one_mark_where_others_are_translated() -> None:
    missing, translated = State.MISSING, State.SOURCE
    assert _marks(_row(missing, missing), _row(missing, missing)) == (True, [[False, False]] * 2)
    assert _marks(_row(translated, translated), _row(missing, missing)) == (False, [[False, False], [True, False]])
    assert _marks(_row(translated, missing), _row(missing, missing)) == (False, [[False, True], [True, False]])
    mixed = _marks(_row(missing, State.OUTDATED), _row(missing, missing))
    assert mixed == (False, [[True, True], [True, False]])
