"""Hand-written pages that wouldn't be in the site are told of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from site_trees import copy_sample, replaced, site_files

from kb_gen.site.build import build_site, look_through
from kb_gen.site.kept import Kept
from kb_gen.site.plugin import read_settings


def _found(tmp_path: Path, page: str, kept: Kept | None = None) -> list[str]:
    project = copy_sample(tmp_path)
    file = project / "content/pages" / page
    file.parent.mkdir(parents=True)
    file.write_text("# A page\n", encoding="utf-8")
    outcome = build_site(read_settings(project / "mkdocs.yml", tmp_path / "site"), kept=kept)
    lines = [line for line in outcome.report("concise") if line.startswith("content/pages")]
    assert outcome.failed == any(": error[" in line for line in lines)
    return lines


@pytest.mark.parametrize(
    ("page", "generated"),
    [
        ("en/index.md", "the home page"),
        ("de/README.md", "the home page"),
        ("en/lookup/index.md", "the lookup page"),
        ("en/recent.md", "the list of recent changes"),
        ("en/symbols.md", "the list of symbolic names"),
        ("en/symbols/o.md", "the list of symbolic names"),
        ("en/translation.md", "the page about translations"),
        ("en/products/shop.md", "the list of products"),
    ],
)
@pytest.mark.parametrize("kept", [lambda: None, Kept], ids=["build", "preview"])
def test_a_page_at_the_address_of_a_generated_one_is_an_error(
    tmp_path: Path, page: str, generated: str, kept: Callable[[], Kept | None]
) -> None:
    (line,) = _found(tmp_path, page, kept())
    said = f"error[address-collision] {generated} and a hand-written page would share an address"
    assert line.startswith(f"content/pages/{page}: {said}")


@pytest.mark.parametrize(
    ("page", "place", "said"),
    [
        ("fr/more/x.md", "fr", "nothing reads these pages: the site has no locale `fr` (pages stand in "),
        ("x.md", "x.md", "nothing reads this page (pages stand in `content/pages/en/`, `content/pages/de/`)"),
        ("DE/x.md", "DE", "nothing reads these pages: the site has no locale `DE` (did you mean `de`?)"),
    ],
)
def test_a_page_of_no_locale_is_a_warning(tmp_path: Path, page: str, place: str, said: str) -> None:
    (line,) = _found(tmp_path, page)
    assert line.startswith(f"content/pages/{place}: warning[stray-file] {said}")


@pytest.mark.parametrize("page", ["README.md", "en/more/index.md", "de/lookup/more.md", "en/products.txt", "logo.svg"])
def test_nothing_is_said_of_other_pages_and_files(tmp_path: Path, page: str) -> None:
    assert _found(tmp_path, page) == []


_LINKS = """\
# A page

[gone](gone.md) ![picture](dot.png) [tips](more/tips) [tip](tips.md) [another](https://example.com/x.md)
[article](../shopservice/100/index.html) [source](../shopservice/index.html) [lookup](../lookup/index.html)
[home](../index.html) [German](../../de/shopservice/100/index.html) [data](../../api/v1/index.json) [self](x.md)
[no article](../none/index.html)
"""


def test_links_that_lead_nowhere_are_warnings_in_each_build(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    (project / "content/pages/en/more").mkdir(parents=True)
    (project / "content/pages/en/more/tips.md").write_text("# Tips\n", encoding="utf-8")
    (project / "content/pages/en/x.md").write_text(_LINKS, encoding="utf-8")
    kept = Kept()
    for options in ({}, {}, {"kept": kept}, {"kept": kept}):
        outcome = build_site(read_settings(project / "mkdocs.yml", site), **options)
        assert not outcome.failed
        found = [line for line in outcome.report("concise") if "broken-link" in line]
        assert [line.split(" (")[0] for line in found] == [
            "content/pages/en/x.md:3:8: warning[broken-link] the link `gone.md` leads to no page or file",
            "content/pages/en/x.md:3:28: warning[broken-link] the link `dot.png` leads to no page or file",
            "content/pages/en/x.md:3:61: warning[broken-link] the link `tips.md` leads to no page or file",
            "content/pages/en/x.md:6:14: warning[broken-link] the link `../none/index.html` leads to no page or file",
        ]
    before = site_files(site)
    _strict(project)
    assert build_site(read_settings(project / "mkdocs.yml", site), strict=True).failed
    assert look_through(read_settings(project / "mkdocs.yml", site), strict=True).failed
    assert site_files(site) == before
    (project / "content/pages/en/x.md").write_text("# A page\n", encoding="utf-8")
    assert not build_site(read_settings(project / "mkdocs.yml", site), strict=True).failed
    assert not look_through(read_settings(project / "mkdocs.yml", site), strict=True).failed


def _strict(project: Path) -> None:
    """Mend what else a strict build of the sample finds."""
    replaced("mkdocs.yml", "[en, de]", "[en]")(project)
    replaced("content/shop/shopservice/100.yml", "%n%3!s!", "")(project)
