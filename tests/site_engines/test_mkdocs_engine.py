from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from engine_samples import LOCALES, MKDOCS_YML, NASTY, link, record_page, shapes
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from mkdocs.config import load_config
from mkdocs.utils import get_relative_url

from kb_gen.site.engines import Asset, ConfigurationError, LocaleShape, NavigationItem
from kb_gen.site.engines.mkdocs import Amendment, MkDocsEngine, ShellError, amend
from kb_gen.site.engines.mkdocs.configuration import theme_language
from kb_gen.site.engines.mkdocs.shells import fill, marker, relative_url, split


class Elements(HTMLParser):
    """All start tags of a page with their attributes."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MkDocsEngine]:
    folder = tmp_path_factory.mktemp("written")
    pages = folder / "content" / "pages"
    sources = {
        "en/about.md": "# About\n\nSee [the guide](guide/index.md#deep), ![a](guide/a.png).\n\n## Why\n\nBecause.\n",
        "en/guide/index.md": "---\ntitle: Guide <b> & co\n---\n\n# Guide\n\n## Deep\n\n`x<y`\n\n[gone](gone.md)\n",
        "en/guide/a.png": "picture",
        "de/about.md": "# Über uns\n\nText.\n",
    }
    for name, text in sources.items():
        path = pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(
        "site_name: X\nsite_url: https://kb.example.com/base/\ntheme: material\ndocs_dir: content/pages\n"
        "extra_css: [style.css]\nrepo_url: https://git.example.com/a/\nedit_uri: edit/main/content/pages/\n",
        encoding="utf-8",
    )
    (pages / "style.css").write_text("p {}", encoding="utf-8")
    given = [replace(shape, pages=pages / shape.tag) if shape.tag != "ar" else shape for shape in shapes()]
    return folder, MkDocsEngine(config, given)


def test_handwritten_pages_are_rendered_with_their_neighbours(written: tuple[Path, MkDocsEngine]) -> None:
    _, engine = written
    pages = {page.url: page for page in engine.handwritten()}
    assert list(pages) == ["en/about/index.html", "en/guide/index.html", "de/about/index.html"]
    about = pages["en/about/index.html"]
    html = about.html.decode()
    assert 'href="../guide/index.html#deep"' in html
    assert 'src="../guide/a.png"' in html
    assert '<link rel="canonical" href="https://kb.example.com/base/en/about/">' in html
    assert 'href="https://kb.example.com/base/de/about/" hreflang="de"' in html
    assert 'hreflang="ar">' not in html.partition("</head>")[0]
    assert re.search(r'href="../../ar/index.html" hreflang="ar" lang="ar"', html)
    assert pages["en/guide/index.html"].title == "Guide <b> & co"
    assert "<title>Guide &lt;b&gt; &amp; co - " in pages["en/guide/index.html"].html.decode()
    assert [(entry.url, entry.title, entry.text) for entry in about.search] == [
        ("en/about/index.html", "About", "See the guide, ."),
        ("en/about/index.html#why", "Why", "Because."),
    ]
    assert pages["en/guide/index.html"].search[1].text.startswith("x<y")


def test_handwritten_pages_stand_in_every_pages_navigation(written: tuple[Path, MkDocsEngine]) -> None:
    _, engine = written
    html = engine.page(record_page("de")).decode()
    assert html.index("Find an event") < html.index("Über uns")
    assert 'href="../../about/index.html"' in html
    assert "Über uns" not in engine.page(record_page("ar")).decode()


def test_what_mkdocs_says_is_gathered(written: tuple[Path, MkDocsEngine], capfd: pytest.CaptureFixture[str]) -> None:
    _, engine = written
    assert [warning for warning in engine.warnings if "gone.md" in warning]
    assert capfd.readouterr() == ("", "")


def test_a_handwritten_home_replaces_the_item_that_leads_there(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/index.md").write_text("# Welcome\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: X\ntheme: material\n", encoding="utf-8")
    shape = LocaleShape(
        "en",
        "English",
        "ltr",
        "Site",
        "",
        "en/index.html",
        (NavigationItem("Home", "en/index.html"),),
        tmp_path / "pages",
    )
    engine = MkDocsEngine(tmp_path / "mkdocs.yml", [shape])
    (page,) = engine.handwritten()
    assert page.url == "en/index.html"
    assert page.html.decode().count('<li class="md-nav__item') == 1


def test_assets_come_once_and_exist(written: tuple[Path, MkDocsEngine]) -> None:
    _, engine = written
    assets = {asset.url: asset for asset in engine.assets()}
    assert len(assets) == len(list(engine.assets()))
    assert {"style.css", "en/guide/a.png", "assets/kb/iframe-worker.js", "assets/kb/kb-material.css"} <= set(assets)
    for asset in assets.values():
        assert isinstance(asset.content, bytes) or asset.content.is_file()
    html = engine.page(record_page())
    for tag, attributes in Elements(html).found:
        address = attributes.get("src") or (attributes.get("href") if tag == "link" else None)
        if address and tag in {"script", "link"} and attributes.get("rel") in {None, "stylesheet", "icon"}:
            assert address.replace("../", "") in assets


def test_the_worker_shim_works_on_disk_only(engine: MkDocsEngine) -> None:
    (shim,) = [asset for asset in engine.assets() if asset.url == "assets/kb/iframe-worker.js"]
    assert isinstance(shim.content, Path)
    assert 'location.protocol==="file:"&&(window.Worker=' in shim.content.read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", LOCALES)
def test_pages_ask_no_other_host_and_run_no_attribute(engine: MkDocsEngine, tag: str) -> None:
    page = replace(record_page(tag), previous=link(tag, "1"), edit_url="https://git.example.com/edit/1")
    for _, attributes in Elements(engine.page(page)).found:
        assert not [name for name in attributes if name.startswith("on")]
        assert "://" not in (attributes.get("src") or "")
        assert not (attributes.get("href") or "").startswith("javascript:")


def test_inline_scripts_are_those_of_every_page(project: Path, engine: MkDocsEngine) -> None:
    fresh = MkDocsEngine(project / "mkdocs.yml", shapes())
    scripts = fresh.inline_scripts()
    pages = [engine.page(record_page()), engine.page(replace(record_page(), url="en/a/b/c/d/index.html", toc=()))]
    for page in [*pages, engine.not_found({"en": "<h1>Not found</h1>"})]:
        inline = re.findall(r"<script>(.*?)</script>", page.decode(), re.DOTALL)
        assert set(inline) <= scripts
        assert inline


def test_a_site_speaks_of_missing_pages_in_all_its_languages(engine: MkDocsEngine) -> None:
    html = engine.not_found({tag: f"<h1>{tag}</h1>" for tag in LOCALES}).decode()
    for tag, (_, direction) in LOCALES.items():
        assert f'lang="{tag}" dir="{direction}" data-kb-locale="{tag}"><h1>{tag}</h1></div>' in html
    addresses = [
        attributes.get("href") or attributes.get("src")
        for tag, attributes in Elements(html.encode()).found
        if tag in {"a", "link", "script"}
    ]
    for address in addresses:
        assert address is None or address.startswith(("/base/", "https://squidfunk.github.io/", "#", "."))
    assert 'src="/base/assets/kb/not-found.js" data-kb-site="/base/"' in html


def test_workers_render_what_their_parent_renders(engine: MkDocsEngine) -> None:
    page = replace(record_page(), url="en/forked/1/index.html")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writer, "wb") as stream:
            stream.write(engine.page(page))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        received = stream.read()
    os.waitpid(child, 0)
    assert received == engine.page(page)


def test_values_are_never_searched_for_markers() -> None:
    shell = split(f"<title>{marker('kbslot0', 'title')}</title>{marker('kbslot0', 'body')}", "kbslot0")
    title = marker("kbslot0", "body") + NASTY
    assert fill(shell, {"title": title, "body": "<h1>B</h1>"}) == f"<title>{title}</title><h1>B</h1>".encode()


def test_a_page_that_cannot_be_taken_apart_is_refused() -> None:
    body = marker("kbslot0", "body")
    with pytest.raises(ShellError, match="exactly once"):
        split("<p></p>", "kbslot0")
    with pytest.raises(ShellError, match="exactly once"):
        split(body + body, "kbslot0")
    with pytest.raises(ShellError, match="changes what differs"):
        split(body + marker("kbslot0", "title").replace(":", "%3A"), "kbslot0")


def test_every_amendment_still_fits_the_theme(engine: MkDocsEngine) -> None:
    engine.not_found({"en": "<h1>Not found</h1>"})
    for frame in engine._frames.values():
        for name in frame.environment.list_templates(filter_func=lambda name: name.endswith(".html")):
            assert frame.environment.loader is not None
            frame.environment.loader.get_source(frame.environment, name)
        break
    assert len(list(engine.assets())) > 20
    assert engine.warnings == ()


def test_an_amendment_without_its_place_is_a_warning() -> None:
    environment = Environment(loader=DictLoader({"a.html": "old {{ x }}", "b.html": "new"}), autoescape=True)
    told: list[str] = []
    amend(environment, told.append, [Amendment(name, "old", "amended", "why") for name in ("a.html", "b.html")])
    assert environment.get_template("a.html").render(x=1) == "amended 1"
    assert environment.get_template("b.html").render() == "new"
    assert told == ["theme: b.html has changed and is used without this amendment: why"]


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("pt-BR", "pt-BR"),
        ("zh-Hans-CN", "zh"),
        ("zh-Hant", "zh-Hant"),
        ("no", "nb"),
        ("tlh", "en"),
    ],
)
def test_the_theme_speaks_the_locales_language(tag: str, language: str) -> None:
    assert theme_language(tag) == language


def test_a_locale_without_translation_keeps_its_tag_and_direction(project: Path) -> None:
    shape = LocaleShape("dv", "ދިވެހި", "rtl", "Site", "", "dv/index.html")
    html = MkDocsEngine(project / "mkdocs.yml", [shape]).page(record_page("dv")).decode()
    assert '<html lang="dv"' in html
    assert '<body dir="rtl"' in html
    assert json.loads(html.partition('type="application/json">')[2].partition("</script>")[0])["base"] == "../../"


def test_what_mkdocs_has_changed_since_it_read_the_file_counts(project: Path) -> None:
    (project / "docs").mkdir(exist_ok=True)
    config = load_config(str(project / "mkdocs.yml"))
    config.site_url = "http://127.0.0.1:8000/base/"
    html = MkDocsEngine(config, shapes()).page(record_page()).decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/base/en/msexchangetransport/1024/">' in html


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("site_name: X\ntheme: readthedocs\n", "must be `material`, not `readthedocs`"),
        ("site_name: X\ntheme: material\nplugins: [nothing]\n", "plugins"),
        (": :\n", "mkdocs.yml"),
    ],
)
def test_an_unusable_configuration_says_why(tmp_path: Path, text: str, reason: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=reason):
        MkDocsEngine(config, shapes())


def test_commands_have_a_copy_button_whatever_the_configuration_says(engine: MkDocsEngine) -> None:
    assert "content.code.copy" not in MKDOCS_YML
    assert '"content.code.copy"' in engine.page(record_page("en")).decode()


def test_an_asset_shows_where_it_lies() -> None:
    assert "content" not in repr(Asset("a", b"long"))


_FOLDERS = st.lists(st.sampled_from(["de", "en", "source", "source.1", "10", "%C3%A4", "products"]), max_size=4)
_URLS = _FOLDERS.map(lambda folders: "/".join([*folders, "index.html"]))


@given(_URLS, _URLS)
def test_relative_addresses_are_those_of_mkdocs(url: str, page: str) -> None:
    assert relative_url(url, page) == get_relative_url(url, page)
