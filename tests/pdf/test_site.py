"""A site's PDF files: made by a build, and named by its pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from printed_files import ROOT, copied_project, kb_gen
from site_trees import broken_links

from kb_gen.document import product_volumes
from kb_gen.locales import Catalogs, Localizer
from kb_gen.model import Entry, KnowledgeBase, Product, Record
from kb_gen.site.page_pdf import book_links


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = copied_project(ROOT / "tests" / "sample", tmp_path / "project")
    configuration = folder / "mkdocs.yml"
    configuration.write_text(configuration.read_text(encoding="utf-8") + "      pdf: articles\n", encoding="utf-8")
    return folder


def test_pages_offer_their_own_file_and_the_volume(project: Path) -> None:
    done = kb_gen(project, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    site = project / "site"
    page = (site / "de/shopprint/7/index.html").read_text(encoding="utf-8")
    assert 'href="shopprint-7.pdf" type="application/pdf">Dieser Artikel als PDF<' in page
    assert 'href="../../products/shop.pdf" type="application/pdf">' in page
    product = (site / "de/products/shop/index.html").read_text(encoding="utf-8")
    assert 'href="../shop.pdf" type="application/pdf">' in product
    assert (site / "de/shopprint/7/shopprint-7.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (site / "de/products/shop.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert list(broken_links(site)) == []


def test_a_build_makes_again_what_has_changed(project: Path) -> None:
    kb_gen(project, "build")
    site = project / "site"
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*.pdf")}
    record = project / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("Mend it.", "Mend it soon."), encoding="utf-8")
    assert json.loads(kb_gen(project, "build", "--format", "json").stdout)["built"]
    changed = {file.relative_to(site).as_posix() for file, time in before.items() if file.stat().st_mtime_ns != time}
    assert changed == {
        "de/products/shop.pdf",
        "de/shopprint/7/shopprint-7.pdf",
        "en/products/shop.pdf",
        "en/shopprint/7/shopprint-7.pdf",
    }
    assert json.loads(kb_gen(project, "build", "--format", "json").stdout)["changed"] == 0


def test_without_the_setting_there_are_none(project: Path) -> None:
    kb_gen(project, "build")
    configuration = project / "mkdocs.yml"
    configuration.write_text(
        configuration.read_text(encoding="utf-8").replace("pdf: articles", "pdf: none"), encoding="utf-8"
    )
    kb_gen(project, "build")
    assert list((project / "site").rglob("*.pdf")) == []
    for page in ("shopprint/7", "products/shop"):
        assert "kb-pdf" not in (project / "site/de" / page / "index.html").read_text(encoding="utf-8")


def test_what_cannot_be_printed_fails_the_build_but_not_the_site(project: Path) -> None:
    record = project / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("Mend it.", "Mend it (修理)."), encoding="utf-8")
    for _ in range(2):
        done = kb_gen(project, "build", "--format", "concise")
        assert done.returncode == 1
        assert "error[pdf-characters] ShopPrint 7" in done.stdout
        assert "修理" in (project / "site/en/shopprint/7/index.html").read_text(encoding="utf-8")
        assert (project / "site/en/products/shop.pdf").is_file()


def test_a_product_leads_to_all_volumes_and_their_index() -> None:
    entries = [Entry(Record(str(number), "Bus", "shop"), "x.yml") for number in range(300)]
    kb = KnowledgeBase(entries=tuple(entries), products={"shop": Product("<Shop>")})
    links = book_links(product_volumes(kb)["shop"], Localizer(kb, Catalogs(), "en"))
    assert re.findall(r'href="([^"]+)"', links) == ["../shop-1.pdf", "../shop-2.pdf", "../shop-index.pdf"]
    assert ">&lt;Shop&gt;, volume 2, as PDF<" in links
    assert ">&lt;Shop&gt;, index of all volumes, as PDF<" in links
