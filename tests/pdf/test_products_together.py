"""Books of several products: in one order, in which somebody finds an event who knows its source and ID alone."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from printed_files import kb_gen, text_of

_RECORD = "  severity: warning\n  modified: 2026-02-03\n  message: Nothing works.\n  summary: Nothing at all.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of two products, each of which has sources before and behind the other's."""
    project = tmp_path_factory.mktemp("together")
    (project / "content/pages").mkdir(parents=True)
    (project / "mkdocs.yml").write_text(
        "site_name: The Site\ndocs_dir: content/pages\ntheme:\n  name: material\n"
        "plugins:\n  - kb-gen:\n      locales: [en, de, fr]\n",
        encoding="utf-8",
    )
    (project / "content/products.yml").write_text(
        "one:\n  name: Product One\n  notice: 'Said by the first, see [nine](event:Beta/9).'\n"
        "  sources:\n    Beta: {syntax: plain}\n"
        "    Delta: {syntax: plain}\n"
        "two:\n  name: Product Two\n  notice: Said by the second.\n  sources:\n    Alpha: {syntax: plain}\n"
        "    Beta: {syntax: plain}\n",
        encoding="utf-8",
    )
    for product, source, number in (
        ("one", "Beta", 10),
        ("one", "Delta", 1),
        ("two", "Alpha", 2),
        ("two", "Beta", 9),
    ):
        record = project / "content" / product / source.lower() / f"{number}.yml"
        record.parent.mkdir(parents=True)
        fields = _RECORD.replace("  ", "")
        record.write_text(f'id: "{number}"\nsource: {source}\nproduct: {product}\n{fields}', encoding="utf-8")
    done = kb_gen(project, "pdf", "--all")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "pdf"


def test_sources_are_in_order_whatever_their_product(folder: Path) -> None:
    with pikepdf.open(folder / "en/all.pdf") as pdf, pdf.open_outline() as outline:
        events = [inner.title.partition(" – ")[0] for item in outline.root for inner in item.children]
    assert events == ["Alpha 2", "Beta 10", "Beta 9", "Delta 1"]
    text = " ".join(text_of(folder / "en/all.pdf").split())
    assert "Alpha 2 to Delta 1" in text
    assert "The sources of all products stand in one order" in text
    assert "Beta Product: Product One" in text
    assert "Beta Product: Product Two" in text
    german = " ".join(text_of(folder / "de/all.pdf").split())
    assert "Die Quellen aller Produkte stehen in einer gemeinsamen Reihenfolge" in german


@pytest.mark.parametrize(("locale", "title"), [("en", "All products"), ("de", "Alle Produkte")])
def test_the_title_page_says_once_whose_book_it_is(folder: Path, locale: str, title: str) -> None:
    first = text_of(folder / locale / "all.pdf", "-l", "1")
    assert first.count("The Site") == 1
    assert title in first


def test_a_notice_says_whose_it_is(folder: Path) -> None:
    text = " ".join(text_of(folder / "en/all.pdf", "-l", "2").split())
    assert "Product Two Said by the second. Product One Said by the first, see nine" in text


def test_a_notice_leads_to_events_of_the_book(folder: Path) -> None:
    with pikepdf.open(folder / "en/all.pdf") as pdf:
        targets = [str(link.Dest) for link in pdf.pages[1].get("/Annots", []) if "/Dest" in link]
    assert "beta/9" in targets
    assert re.search(r"see nine \(p\.\s\d+\)", text_of(folder / "en/all.pdf", "-l", "2"))


def test_words_that_are_not_translated_say_their_language(folder: Path) -> None:
    with pikepdf.open(folder / "fr/all.pdf") as pdf:
        assert str(pdf.Root.Lang) == "fr"
        (document,) = list(pdf.Root.StructTreeRoot.K)
        notes = next(kid for kid in list(document.K) if kid.S == "/L")
        bodies = [part for item in list(notes.K) for part in list(item.K) if part.S == "/LBody"]
        assert len(bodies) >= 4
        assert {str(body.Lang) for body in bodies} == {"en"}
        # The site's name, the title, the range, the number of events, the date.
        languages = [str(kid.get("/Lang", "")) for kid in list(document.K)]
        assert languages[:5] == ["", "en", "en", "en", "en"]
        headings = [language for kid, language in zip(list(document.K), languages, strict=True) if kid.S == "/H1"]
        # How to read the book, what to note, the contents; the chapters' names are names; the index.
        assert headings == ["en", "en", "en", "", "", "", "", "en"]


def test_events_with_one_id_are_told_apart(tmp_path: Path) -> None:
    records = tmp_path / "content/shop"
    records.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Shop\ndocs_dir: content\ntheme:\n  name: material\nplugins:\n  - kb-gen\n", encoding="utf-8"
    )
    (tmp_path / "content/products.yml").write_text(
        "shop:\n  name: Shop\n  sources:\n    Refunds: {syntax: plain}\n", encoding="utf-8"
    )
    (records / "events.yml").write_text(
        "".join(
            [
                f'- id: "{number}"\n  source: Refunds\n  product: shop\n  symbolic_name: {symbol}\n{_RECORD}'
                f"  related: [{related}]\n"
                for number, symbol, related in (
                    ("7", "RefundDone", "Refunds/7/RefundStarted"),
                    ("7", "RefundStarted", "Refunds/8"),
                    ("8", "RefundLost", "Refunds/7/RefundDone"),
                )
            ]
        ),
        encoding="utf-8",
    )
    done = kb_gen(tmp_path, "pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    file = tmp_path / "pdf/en/shop.pdf"
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        titles = [inner.title for item in outline.root for inner in item.children]
    assert titles == ["Refunds 7 RefundDone", "Refunds 7 RefundStarted", "Refunds 8 – RefundLost"]
    text = text_of(file, "-layout")
    assert "Refunds 7 RefundStarted (p." in text
    assert "Refunds 7 RefundDone (p." in text
    assert "Refunds 7 RefundDone to Refunds 8" in text
