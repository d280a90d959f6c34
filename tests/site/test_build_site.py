"""A whole site from a small project: which files there are, what they hold, and what a build leaves alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from site_trees import broken_links, copy_sample, html_pages, site_files

from kb_gen.diagnostics import Severity
from kb_gen.locales import Localizer, Passage, Value
from kb_gen.locales.interface import extract_interface
from kb_gen.site.build import build_site
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.outcome import Outcome
from kb_gen.site.outputs import Disk, ForeignFolderError
from kb_gen.site.plugin import read_settings


def _build(project: Path, site: Path, **options: bool | int) -> Outcome:
    return build_site(read_settings(project / "mkdocs.yml", site), **options)


def _errors(outcome: Outcome) -> list[tuple[str, str]]:
    errors = (finding for finding in outcome.diagnostics if finding.severity is Severity.ERROR)
    return [(finding.code, finding.place.path if finding.place else "") for finding in errors]


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    outcome = _build(copy_sample(folder), folder / "site", jobs=1)
    assert not outcome.failed
    return folder / "site"


def test_every_page_has_its_address(sample_site: Path) -> None:
    files = site_files(sample_site)
    for locale in ("en", "de"):
        for page in (
            "",
            "shopservice/",
            "shopservice/100/",
            "shopservice/101/",
            "shopprint/7/",
            "products/shop/",
            "symbols/",
            "recent/",
            "translation/",
            "lookup/",
        ):
            assert f"{locale}/{page}index.html" in files
    assert {"index.html", "404.html", "api/v1/index.json", "api/v1/schema.json"} <= files.keys()


def test_no_link_is_broken(sample_site: Path) -> None:
    assert broken_links(sample_site) == []


def test_no_page_names_another_host(sample_site: Path) -> None:
    """Links that a reader may click lead elsewhere; nothing that a browser loads by itself does."""
    for page in html_pages(sample_site):
        text = page.read_text(encoding="utf-8")
        for attribute in ('src="http', 'src="//', "url(http", '@import "http'):
            assert attribute not in text, page


def test_the_colour_scheme_switch_speaks_the_pages_language(sample_site: Path) -> None:
    page = (sample_site / "de/shopservice/100/index.html").read_text(encoding="utf-8")
    for label in ("Zum dunklen Design wechseln", "Zum hellen Design wechseln", "Zur Systemeinstellung wechseln"):
        assert f'title="{label}"' in page
        assert f'aria-label="{label}"' in page
    assert "Switch to" not in page


def test_all_words_of_the_interface_can_be_translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that reach the catalogs through a variable, where extraction doesn't see them."""
    asked: set[str] = set()
    look_up = Localizer.ui

    def listen(localizer: Localizer, msgid: str, /, **values: Value) -> Passage:
        asked.add(msgid)
        return look_up(localizer, msgid, **values)

    monkeypatch.setattr(Localizer, "ui", listen)
    assert not _build(copy_sample(tmp_path), tmp_path / "site", jobs=1).failed
    known = {entry.msgid for entry in extract_interface(Path(__file__).parents[2]).entries}
    assert "Switch to dark mode" in asked
    assert asked <= known


def test_pages_say_their_language_and_that_of_untranslated_passages(sample_site: Path) -> None:
    page = (sample_site / "de/shopservice/100/index.html").read_text(encoding="utf-8")
    assert '<html lang="de"' in page
    assert 'data-state="missing"' in page
    assert 'data-state="outdated"' in page
    assert "Die Bestellung" in page


def test_pages_name_the_language_that_articles_are_written_in(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    _edit(project / "mkdocs.yml", "locales: [en, de]", "locales: [en, de]\n      source_locale: de")
    assert not _build(project, tmp_path / "site", jobs=1).failed

    def page(address: str) -> str:
        return (tmp_path / "site" / address / "index.html").read_text(encoding="utf-8")

    assert "The other passages are shown in German." in page("en/shopservice/100")
    assert "Articles are written in German and" in page("en/translation")
    assert "Die Artikel werden auf Deutsch verfasst" in page("de/translation")
    assert "in English" not in page("en/shopservice/100") + page("en/translation")


def test_a_strict_build_refuses_gaps_in_translations(tmp_path: Path) -> None:
    outcome = _build(copy_sample(tmp_path), tmp_path / "site", strict=True, jobs=1)
    assert outcome.failed
    assert {finding.code for finding in outcome.diagnostics} >= {"incomplete-translation"}
    assert not (tmp_path / "site").exists()


CATALOG = "translations/de/LC_MESSAGES/shopservice.po"


@pytest.mark.parametrize(
    ("old", "new", "place", "help_"),
    [
        ('msgstr "Die Bestellung %1 wurde *abgelehnt*."', 'msgstr ""', f"{CATALOG}:12:8", "translate this entry"),
        ('msgid "The order %1 was *refused*."', 'msgid "Other."', CATALOG, "`kb-gen i18n update`"),
        (
            '#, qt-format\nmsgid "The order %1',
            '#, fuzzy, qt-format\nmsgid "The order %1',
            f"{CATALOG}:12:8",
            "take its mark `fuzzy` away",
        ),
    ],
    ids=["empty", "not in the catalog", "fuzzy"],
)
def test_a_strict_build_names_the_first_gap_of_each_article(
    tmp_path: Path, old: str, new: str, place: str, help_: str
) -> None:
    project = copy_sample(tmp_path)
    _edit(project / CATALOG, old, new)
    outcome = _build(project, tmp_path / "site", strict=True, jobs=1)
    told = "\n".join(outcome.report("full")).split("\n\n")
    gap = next(finding for finding in told if "ShopService 100 is not completely translated into de" in finding)
    assert f"--> {place}\n" in gap
    assert "::: content/shop/shopservice/100.yml" in gap
    assert help_ in gap.partition("= help: ")[2]


def test_a_strict_build_names_the_record_where_there_is_no_catalog(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    (project / CATALOG).unlink()
    outcome = _build(project, tmp_path / "site", strict=True, jobs=1)
    gap = next(finding for finding in outcome.diagnostics if finding.message.startswith("ShopService 100 is not"))
    assert gap.place is not None
    assert (gap.place.path, gap.related) == ("content/shop/shopservice/100.yml", ())


def test_one_process_and_several_give_the_same_bytes(tmp_path: Path, sample_site: Path) -> None:
    _build(copy_sample(tmp_path), tmp_path / "site", jobs=2)
    assert site_files(tmp_path / "site") == site_files(sample_site)


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    _build(project, tmp_path / "site", jobs=1)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "site").rglob("*")}
    outcome = _build(project, tmp_path / "site", jobs=1)
    assert (outcome.publication.changed, outcome.publication.removed) == (0, 0)
    assert before == {file: file.stat().st_mtime_ns for file in (tmp_path / "site").rglob("*")}


def test_an_edit_changes_what_shows_it_and_a_removal_removes(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    _build(project, site, jobs=1)
    _edit(project / "content/shop/shopprint/7.yml", "Look at it.", "Listen to it.")
    assert _build(project, site, jobs=1).publication.changed > 0
    assert "Listen to it." in (site / "en/shopprint/7/index.html").read_text(encoding="utf-8")
    (project / "content/shop/shopservice/101.yml").unlink()
    _edit(project / "content/shop/shopservice/100.yml", "See event:ShopService/101, or", "See")
    _edit(project / "content/shop/shopservice/100.yml", "[ShopService/101, ShopPrint/7]", "[ShopPrint/7]")
    outcome = _build(project, site, jobs=1)
    # The page and its data, in two locales; and fewer events need fewer shards for the lookup page.
    assert outcome.publication.removed == 5
    assert not (site / "en/shopservice/101").exists()
    clean = tmp_path / "clean"
    _build(project, clean, jobs=1)
    assert site_files(clean) == site_files(site)


def test_an_error_leaves_the_last_good_site(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    _build(project, site, jobs=1)
    before = site_files(site)
    _edit(project / "content/shop/shopprint/7.yml", "Look at it.", "Look at %9.")
    outcome = _build(project, site, jobs=1)
    assert outcome.failed
    assert _errors(outcome) == [("unknown-parameter", "content/shop/shopprint/7.yml")]
    assert site_files(site) == before


def test_a_translation_that_loses_a_parameter_is_an_error(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    _edit(project / "translations/de/LC_MESSAGES/shopservice.po", "Die Bestellung %1 wurde", "Die Bestellung wurde")
    outcome = _build(project, tmp_path / "site", jobs=1)
    assert outcome.failed
    assert [path for _, path in _errors(outcome)] == ["translations/de/LC_MESSAGES/shopservice.po"]


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/precious.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ForeignFolderError):
        _build(copy_sample(tmp_path), tmp_path / "site", jobs=1)
    assert site_files(tmp_path / "site") == {"precious.txt": b"mine"}


def test_former_addresses_lead_to_the_article(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    file = project / "content/shop/shopprint/7.yml"
    file.write_text(file.read_text(encoding="utf-8") + "former: [OldPrint/6]\n", encoding="utf-8")
    assert not _build(project, site, jobs=1).failed
    page = (site / "de/oldprint/6/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../shopprint/7/index.html"' in page
    assert broken_links(site) == []


def test_events_that_share_an_address_are_listed_there(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    folder = project / "content/shop/shopprint"
    for symbol in ("JAM", "EMPTY"):
        (folder / f"8-{symbol.lower()}.yml").write_text(
            f"id: 8\nsource: ShopPrint\nproduct: shop\nsymbolic_name: {symbol}\n", encoding="utf-8"
        )
    assert not _build(project, site, jobs=1).failed
    page = (site / "en/shopprint/8/index.html").read_text(encoding="utf-8")
    assert "JAM" in page
    assert "../../shopprint/8-empty/index.html" in page
    assert (site / "en/shopprint/8-jam/index.html").is_file()
    assert broken_links(site) == []


def test_a_site_that_knows_its_address_says_so(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    _edit(project / "mkdocs.yml", "site_name: Sample", "site_name: Sample\nsite_url: https://kb.example/sub")
    assert not _build(project, site, jobs=1).failed
    page = (site / "de/shopservice/100/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://kb.example/sub/de/shopservice/100/">' in page
    assert 'hreflang="en" href="https://kb.example/sub/en/shopservice/100/"' in page.replace(
        'href="https://kb.example/sub/en/shopservice/100/" hreflang="en"',
        'hreflang="en" href="https://kb.example/sub/en/shopservice/100/"',
    )
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://kb.example/sub/de/shopservice/100/</loc>" in sitemap
    assert "<lastmod>2024-02-29</lastmod>" in sitemap
    assert 'hreflang="de"' in sitemap
    assert broken_links(site) == []


@pytest.mark.parametrize(("tag", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_a_further_locale_is_a_line_of_configuration(tmp_path: Path, tag: str, direction: str) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    _edit(project / "mkdocs.yml", "[en, de]", f"[en, de, {tag}]")
    assert not _build(project, site, jobs=1).failed
    page = (site / f"{tag}/shopservice/100/index.html").read_text(encoding="utf-8")
    assert f'<html lang="{tag}"' in page
    assert f'dir="{direction}"' in page
    assert 'lang="en"' in page
    assert broken_links(site) == []


def test_messages_are_recognised_in_languages_that_the_site_does_not_have(tmp_path: Path) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    _edit(project / "mkdocs.yml", "[en, de]", "[de]")
    french = project / "translations/fr/LC_MESSAGES/shopservice.po"
    french.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = 'msgctxt "message template"\nmsgid "Order %1 refused."\nmsgstr "Commande %1 refusée."\n'
    french.write_text(header + entry, encoding="utf-8")
    assert not _build(project, site, jobs=1).failed
    assert not (site / "fr").exists()

    def found() -> str:
        return "".join(file.read_text(encoding="utf-8") for file in (site / "lookup/shards").iterdir())

    # The page shows the German one; the English product still logs its own.
    assert '["Bestellung ",1," abgelehnt."]' in found()
    assert '["Order ",1," refused."]' in found()
    assert '["Commande ",1," refusée."]' in found()
    _edit(french, "Commande", "Ordre")
    assert not _build(project, site, jobs=1).failed
    assert '["Ordre ",1," refusée."]' in found()
    french.unlink()
    assert not _build(project, site, jobs=1).failed
    assert "refusée" not in found()


def test_the_data_of_an_article_names_its_page(sample_site: Path) -> None:
    data = json.loads((sample_site / "api/v1/de/shopservice/100.json").read_bytes())
    assert (data["source"], data["id"], data["symbolic_name"]) == ("ShopService", "100", "ORDER_REFUSED")
    assert (sample_site / data["url"]).is_file()


def test_mkdocs_makes_the_same_bytes(tmp_path: Path, sample_site: Path) -> None:
    project = copy_sample(tmp_path)
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    ours, theirs = site_files(sample_site), site_files(tmp_path / "site")
    assert ours.keys() == theirs.keys()
    assert [url for url, content in ours.items() if theirs[url] != content] == []


@pytest.mark.parametrize("where", [".", "..", "content", "translations"])
@pytest.mark.parametrize("replace", [False, True])
def test_no_project_is_taken_for_an_old_site(where: str, replace: bool, tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    build_site(read_settings(project / "mkdocs.yml", tmp_path / "site"), jobs=1)
    (project / "other").write_text("precious", encoding="utf-8")
    before = site_files(project)
    settings = read_settings(project / "mkdocs.yml", tmp_path / "site")
    with pytest.raises(ConfigurationError, match="where the project is"):
        build_site(settings, Disk(project / where), jobs=1, replace=replace)
    assert site_files(project) == before


@pytest.mark.parametrize("where", ["content/shop", "content/new", "translations/de", "overrides/new", ".kb-gen/new"])
def test_no_site_goes_in_between_a_projects_files(where: str, tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    (project / "overrides").mkdir()
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("theme:\n  name: material\n  custom_dir: overrides\n")
    before = site_files(project)
    settings = read_settings(project / "mkdocs.yml", tmp_path / "site")
    with pytest.raises(ConfigurationError, match=r"which belongs to|where the project is"):
        build_site(settings, Disk(project / where), jobs=1, replace=True)
    assert site_files(project) == before


def test_another_project_is_no_old_site_either(tmp_path: Path) -> None:
    project, other = copy_sample(tmp_path), copy_sample(tmp_path / "other")
    build_site(read_settings(other / "mkdocs.yml", tmp_path / "site"), jobs=1)
    assert (other / ".kb-gen").is_dir()
    with pytest.raises(ForeignFolderError):
        build_site(read_settings(project / "mkdocs.yml", other), jobs=1)
    assert (other / "mkdocs.yml").exists()


@pytest.mark.parametrize(
    ("options", "old", "new", "code"),
    [
        ([], "Look at it.", "Look at %9.", "error[unknown-parameter]"),
        (["--strict"], "Look at it.", "Look at that.", "warning[undescribed-parameter]"),
    ],
)
def test_an_error_leaves_the_last_good_site_of_mkdocs(
    tmp_path: Path, options: list[str], old: str, new: str, code: str
) -> None:
    project, site = copy_sample(tmp_path), tmp_path / "site"
    _edit(project / "mkdocs.yml", "[en, de]", "[en]")
    _build(project, site, jobs=1)
    before = site_files(site)
    _edit(project / "content/shop/shopprint/7.yml", old, new)
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site), *options],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 1
    assert result.stderr.count(code) == 1
    assert site_files(site) == before
