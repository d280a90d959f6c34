"""What a screen reader, an archive and a reader's bookmarks see, with tools that know nothing of Typst."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from printed_files import text_of, tool

_ROLES = {
    "/Document",
    "/Title",
    *(f"/H{level}" for level in range(1, 7)),
    *("/P", "/Span", "/Code", "/Em", "/Strong", "/Link", "/Div", "/NonStruct", "/Part", "/Sect"),
    *("/L", "/LI", "/Lbl", "/LBody"),
    *("/Table", "/THead", "/TBody", "/TR", "/TH", "/TD"),
    *("/TOC", "/TOCI", "/Reference"),
}


def elements(node: Any, language: str = "") -> Iterator[tuple[str, str, Any]]:
    """The structure in reading order: each element's role and the language that it is in."""
    kids = node.get("/K")
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    for kid in listed:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            own = str(kid.get("/Lang", language))
            yield str(kid.S), own, kid
            yield from elements(kid, own)


@pytest.fixture(scope="module")
def book(own: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(own / "de/exchange.pdf") as pdf:
        yield pdf


def test_it_declares_both_standards(book: pikepdf.Pdf) -> None:
    metadata = book.Root.Metadata.read_bytes().decode()
    for said in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<dc:language>"):
        assert said in metadata
    assert book.Root.MarkInfo.Marked
    assert str(book.Root.Lang) == "de"
    assert book.Root.ViewerPreferences.DisplayDocTitle
    assert len(book.Root.OutputIntents) == 1
    assert str(book.docinfo.Title) == "Exchange"
    assert str(book.docinfo.Author) == "Ereignis-Wissensdatenbank"
    assert "/Encrypt" not in book.trailer
    assert "/AA" not in book.Root
    assert "/OpenAction" not in book.Root


def test_each_element_has_a_known_role_and_headings_skip_no_level(book: pikepdf.Pdf) -> None:
    found = list(elements(book.Root.StructTreeRoot))
    assert {role for role, _, _ in found} <= _ROLES
    level = 0
    for role, _, _ in found:
        if re.fullmatch(r"/H[1-6]", role):
            assert int(role[2:]) <= level + 1
            level = int(role[2:])
    assert [role for role, _, _ in found].count("/H2") == 7


def test_what_comes_before_the_contents_has_headings_and_paragraphs(own: Path) -> None:
    lines = _structure(own / "de/exchange.pdf")
    before = lines[: lines.index("TOC")]
    assert "Span (inline)" not in [line for line in before if not line.startswith('"')][:8]
    for heading in ("Hinweise zur Benutzung", "Bitte beachten Sie", "Inhalt"):
        assert before[before.index(f'"{heading}"') - 1] == "H1 (block)"
    for text in ("MSExchange ADAccess 2114 bis MSExchangeTransport 1039", "7 Ereignisse", "Stand: 19. März 2011"):
        assert before[before.index(f'"{text}"') - 1] == "P (block)"


def test_each_line_of_the_contents_is_read_with_its_page(own: Path) -> None:
    lines = _structure(own / "de/exchange.pdf")
    entries = " ".join(lines[lines.index("TOC") : _first_chapter(lines)]).split("TOCI")[1:]
    assert len(entries) == 11
    for entry in entries:
        assert re.search(r'"[^"]*\d+" *(TOC)? *$', entry), entry


def _first_chapter(lines: list[str]) -> int:
    return next(place for place, line in enumerate(lines) if line == "H1 (block)" and place > lines.index("TOC"))


def _structure(file: Path) -> list[str]:
    """What poppler finds in the tags of a file, a line for each element and text."""
    done = subprocess.run([tool("pdfinfo"), "-struct-text", str(file)], capture_output=True, check=True)
    return [line.strip() for line in done.stdout.decode(errors="replace").splitlines()]


def test_heads_of_tables_say_what_they_are_the_heads_of(odd: tuple[Path, str]) -> None:
    with pikepdf.open(odd[0] / "en/odd.pdf") as pdf:
        heads = [element for role, _, element in elements(pdf.Root.StructTreeRoot) if role == "/TH"]
    assert len(heads) == 3
    for head in heads:
        assert "/Column" in [str(attribute.get("/Scope")) for attribute in list(head.A)]


def test_what_stands_in_lines_of_its_own_is_a_paragraph(own: Path, odd: tuple[Path, str]) -> None:
    for file in (own / "de/exchange.pdf", odd[0] / "de/odd.pdf"):
        with pikepdf.open(file) as pdf:
            spans = [element for role, _, element in elements(pdf.Root.StructTreeRoot) if role == "/Span"]
            placed = [str(each.get("/Placement", "")) for span in spans for each in list(span.get("/A", []))]
        assert "/Block" not in placed


def test_what_a_command_is_for_is_quieter_than_the_command(odd: tuple[Path, str]) -> None:
    with pikepdf.open(odd[0] / "en/odd.pdf") as pdf:
        number = next(number for number, page in enumerate(pdf.pages) if "PowerShell" in _text(odd[0], number))
        shades = [
            float(operands[0])
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[number])
            if str(operator) == "scn"
        ]
    # The captions of PowerShell, PowerShell and Python.
    assert len([shade for shade in shades if 0.3 < shade < 0.4]) >= 3


def _text(folder: Path, number: int) -> str:
    return text_of(folder / "en/odd.pdf", "-f", str(number + 1), "-l", str(number + 1))


def test_all_that_is_drawn_is_marked(book: pikepdf.Pdf) -> None:
    """Nothing is shown that is neither content with a place in the structure nor declared to be decoration."""
    for page in book.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                depth += 1
            elif name == "EMC":
                depth -= 1
            elif name in {"Tj", "TJ", "f", "S", "Do"}:
                assert depth > 0, operands
        assert depth == 0


def test_marked_content_and_structure_agree(book: pikepdf.Pdf) -> None:
    """Each piece on a page belongs to an element that has it, and each element's pieces are there."""
    parents = _parents(book)
    for page in book.pages:
        drawn = {int(number) for number in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())}
        owners = parents[int(page.obj.StructParents)]
        known = {number for number, owner in enumerate(owners) if isinstance(owner, pikepdf.Dictionary)}
        assert drawn == known
        for number in known:
            assert number in _own_pieces(owners[number], page)


def _parents(book: pikepdf.Pdf) -> dict[int, Any]:
    tree = pikepdf.NumberTree(book.Root.StructTreeRoot.ParentTree)
    return {int(key): value for key, value in tree.items()}


def _own_pieces(element: Any, page: pikepdf.Page) -> set[int]:
    kids = element.K
    found = set()
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            found.add(kid)
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid and kid.get("/Pg", element.get("/Pg")) == page.obj:
            found.add(int(kid.MCID))
    return found


def test_passages_of_another_language_say_so(odd: tuple[Path, str]) -> None:
    folder, _ = odd
    with pikepdf.open(folder / "de/odd.pdf") as pdf:
        in_elements = {language for _, language, _ in elements(pdf.Root.StructTreeRoot)}
        on_pages = {
            language.decode()
            for page in pdf.pages
            for language in re.findall(rb"/Lang\((\w+)\)", page.Contents.read_bytes())
        }
    assert "en" in in_elements | on_pages
    with pikepdf.open(folder / "en/odd.pdf") as pdf:
        assert str(pdf.Root.Lang) == "en"


def test_bookmarks_lead_to_every_article(book: pikepdf.Pdf) -> None:
    with book.open_outline() as outline:
        sources = {item.title: [inner.title for inner in item.children] for item in outline.root}
    articles = sources["MSExchangeTransport"]
    numbers = (1010, 1024, 1025, 1029, 1039)
    assert [title.split(" – ")[0] for title in articles] == [f"MSExchangeTransport {number}" for number in numbers]
    assert articles[1] == "MSExchangeTransport 1024 – SmtpReceiveSendAsDeniedTempAuthFailure"
    assert next(iter(sources)) == "Inhalt"
    assert list(sources)[-2:] == ["Verzeichnis der symbolischen Namen", "Verzeichnis der Meldungen"]


def test_links_lead_somewhere_and_say_where(book: pikepdf.Pdf) -> None:
    names = pikepdf.NameTree(book.Root.Names.Dests)
    pages = {page.obj.objgen for page in book.pages}
    inside = outside = 0
    for page in book.pages:
        for annotation in page.obj.get("/Annots", []):
            assert str(annotation.get("/Contents", "")), "a link without a text for those who don't see it"
            assert "/StructParent" in annotation
            action = annotation.get("/A")
            if action is not None and str(action.S) == "/URI":
                assert str(action.URI).startswith("https://")
                outside += 1
                continue
            target = annotation.get("/Dest", action.get("/D") if action is not None else None)
            place = names[str(target)] if isinstance(target, pikepdf.String) else target
            place = place.D if isinstance(place, pikepdf.Dictionary) else place
            assert place[0].objgen in pages
            inside += 1
    assert inside > 40
    assert outside > 8


def test_fonts_are_embedded_and_can_be_read(book: pikepdf.Pdf, own: Path) -> None:
    done = subprocess.run([tool("pdffonts"), str(own / "de/exchange.pdf")], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()[2:]
    assert len(lines) >= 5
    for line in lines:
        assert re.search(r" yes yes yes +\d+ +\d+$", line), line
        assert re.match(r"[A-Z]{6}\+(LibertinusSerif|DejaVuSansMono)", line), line


def test_qpdf_finds_nothing_wrong(own: Path, odd: tuple[Path, str]) -> None:
    for file in [*own.rglob("*.pdf"), *odd[0].rglob("*.pdf")]:
        done = subprocess.run([tool("qpdf"), "--check", str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_it_keeps_the_standards_as_verapdf_sees_them(own: Path) -> None:
    verapdf = tool("verapdf")
    for flavour in ("2a", "ua1"):
        done = subprocess.run(
            [verapdf, "--flavour", flavour, "--format", "text", str(own / "de/exchange.pdf")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.startswith("PASS"), done.stdout


def test_links_say_what_they_lead_to(book: pikepdf.Pdf) -> None:
    said = [
        str(annotation.Contents)
        for page in book.pages
        for annotation in page.get("/Annots", [])
        if annotation.get("/Dest") is not None
    ]
    assert "MSExchangeTransport 1024" in said
    # Lines of the contents that lead to chapters.
    for name in ("MSExchange ADAccess", "MSExchangeTransport", "Verzeichnis der Meldungen"):
        assert name in said
    assert sum(re.fullmatch(r"MSExchange\w*( ADAccess)? \d+", name) is not None for name in said) > len(said) * 0.8
