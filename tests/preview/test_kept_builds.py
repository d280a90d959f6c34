"""A site built bit by bit is the site built at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from site_trees import copy_sample, replaced, site_files

from kb_gen.preview import Plan
from kb_gen.preview.extents import Extent
from kb_gen.preview.workshop import Workshop
from kb_gen.site.build import build_site
from kb_gen.site.kept import Kept
from kb_gen.site.plugin import read_settings

SERVICE = "content/shop/shopservice"


def _remove(path: str) -> Callable[[Path], None]:
    return lambda project: (project / path).unlink()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(replaced(f"{SERVICE}/100.yml", "severity: error", "severity: warning"), id="record"),
        pytest.param(
            replaced(f"{SERVICE}/101.yml", "product: shop", "product: shop\nsummary: X"),
            id="summary shown elsewhere",
        ),
        pytest.param(replaced(f"{SERVICE}/100.yml", "id: 100", "id: 102"), id="neighbours and address"),
        pytest.param(_remove("content/shop/shopprint/7.yml"), id="target of a reference"),
        pytest.param(
            replaced("translations/de/LC_MESSAGES/shopservice.po", "Die Bestellung", "Der Auftrag"), id="catalog"
        ),
        pytest.param(replaced("content/snippets.yml", "text: ", "text: Now "), id="snippet"),
        pytest.param(replaced("content/products.yml", "name: ", "name: New "), id="product"),
    ],
)
def test_a_build_after_a_change_gives_the_bytes_of_a_fresh_one(tmp_path: Path, change: Callable[[Path], None]) -> None:
    project = copy_sample(tmp_path)
    bit_by_bit = read_settings(project / "mkdocs.yml", tmp_path / "bit-by-bit")
    at_once = read_settings(project / "mkdocs.yml", tmp_path / "at-once")
    kept = Kept()
    build_site(bit_by_bit, kept=kept, jobs=1)
    change(project)
    again = build_site(bit_by_bit, kept=kept, jobs=1)
    fresh = build_site(at_once, jobs=1)
    assert again.diagnostics == fresh.diagnostics
    assert again.failed == fresh.failed
    if not fresh.failed:
        assert again.publication.changed
        assert site_files(bit_by_bit.site_dir) == site_files(at_once.site_dir)


def test_without_a_change_nothing_is_made_again(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    settings = read_settings(project / "mkdocs.yml", tmp_path / "site")
    kept = Kept()
    build_site(settings, kept=kept, jobs=1)
    # Had the page been made again, it would have been written again.
    page = tmp_path / "site/en/shopservice/100/index.html"
    page.write_bytes(b"not looked at")
    assert build_site(settings, kept=kept, jobs=1).publication.changed == 0
    assert page.read_bytes() == b"not looked at"


def test_pages_of_a_locale_that_is_not_built_now_are_no_stray_ones(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    page = project / "content/pages/de/hilfe.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Hilfe\n", encoding="utf-8")
    report = Workshop(Plan(project / "mkdocs.yml", ("en",)), tmp_path / "site").build(Extent.FRAME)
    assert report.built
    assert "stray-file" not in {finding.code for finding in report.diagnostics}
