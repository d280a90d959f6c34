"""The same project with both engines: the same addresses, articles and search hits, in another frame."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import dirname, join, normpath
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from engine_samples import MKDOCS_YML, NASTY, alternates, link, record_page, shapes
from test_mkdocs_search import QUERIES as SEARCHES
from test_mkdocs_search import entries

from kb_gen.cli.main import cli
from kb_gen.site import kept
from kb_gen.site.build import build_site
from kb_gen.site.engine_choice import make_engine
from kb_gen.site.engines import ConfigurationError, PageParts, SearchEntry
from kb_gen.site.engines.inline_scripts import scripts_in
from kb_gen.site.engines.mkdocs import MkDocsEngine
from kb_gen.site.engines.zensical import ZensicalEngine, ZensicalError, project
from kb_gen.site.engines.zensical.slots import UnfilledSlotError, between, fill, resolve, split
from kb_gen.site.plugin import read_settings

needs_zensical = pytest.mark.skipif(
    importlib.util.find_spec("zensical") is None, reason="Zensical isn't installed (the extra `zensical`)"
)

SAMPLE = Path(__file__).parents[1] / "sample"
RECORDS = ("shopservice/100", "shopservice/101", "shopprint/7")
LOCALES = ("en", "de")


class Site(NamedTuple):
    folder: Path
    parts: dict[str, PageParts]

    def text(self, url: str) -> str:
        return (self.folder / url).read_text("utf-8")

    def pages(self) -> set[str]:
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html")}


def write_project(folder: Path, engine: str) -> Path:
    shutil.copytree(SAMPLE, folder)
    for tag, title in (("en", "Guide & more"), ("de", "Anleitung")):
        pages = folder / "content/pages" / tag
        (pages / "more").mkdir(parents=True)
        (pages / "guide.md").write_text(f"# {title}\n\n## Würfel\n\n[Next](more/tips.md), {{{{ page }}}}\n", "utf-8")
        (pages / "more/tips.md").write_text("# Tips\n\n![a](dot.png) [Back](../guide.md#wurfel)\n", "utf-8")
        (pages / "more/dot.png").write_bytes(b"png")
    (folder / "content/pages/en/only.md").write_text("# Only English\n", "utf-8")
    configuration = folder / "mkdocs.yml"
    settings = configuration.read_text("utf-8").replace("docs_dir: content", "docs_dir: content/pages")
    settings = settings.replace("  name: material", "  name: material\n  features: [navigation.footer]")
    configuration.write_text(settings.replace("  - kb-gen:", f"  - kb-gen:\n      engine: {engine}"), "utf-8")
    return configuration


def built(folder: Path, name: str, engine: type[ZensicalEngine | MkDocsEngine]) -> Site:
    configuration = write_project(folder, name)
    asked: dict[str, PageParts] = {}
    page = engine.page

    def recorded(self: Any, parts: PageParts) -> bytes:
        asked.setdefault(parts.url, parts)
        return page(self, parts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "page", recorded)
        patch.setattr(kept, "kept_engine", lambda wanted, _: make_engine(wanted))
        outcome = build_site(read_settings(configuration), jobs=1)
    assert not outcome.failed, list(outcome.report("concise"))
    # Fingerprints look at pages that aren't published.
    published = {url: parts for url, parts in asked.items() if url in outcome.publication.files}
    return Site(outcome.settings.site_dir, published)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built(tmp_path_factory.mktemp("zensical") / "project", "zensical", ZensicalEngine)


@pytest.fixture(scope="module")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built(tmp_path_factory.mktemp("mkdocs") / "project", "mkdocs", MkDocsEngine)


@pytest.fixture(scope="module")
def zensical(tmp_path_factory: pytest.TempPathFactory) -> ZensicalEngine:
    folder = tmp_path_factory.mktemp("engine")
    (folder / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    return ZensicalEngine(folder / "mkdocs.yml", shapes())


class Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def values(self, *names: str) -> Iterator[str]:
        for _, attributes in self.elements:
            yield from (attributes[name] or "" for name in names if name in attributes)


@needs_zensical
def test_both_engines_make_the_same_pages(site: Site, mkdocs_site: Site) -> None:
    assert site.pages() == mkdocs_site.pages()
    assert {f"{tag}/{record}/index.html" for tag in LOCALES for record in RECORDS} <= site.pages()
    assert {"en/guide/index.html", "en/more/tips/index.html", "en/only/index.html", "404.html"} <= site.pages()


@needs_zensical
def test_articles_stand_in_their_pages_byte_for_byte(site: Site, mkdocs_site: Site) -> None:
    assert len(site.parts) > len(RECORDS) * len(LOCALES)
    assert site.parts.keys() == mkdocs_site.parts.keys()
    for url, parts in site.parts.items():
        assert parts.body == mkdocs_site.parts[url].body
        assert site.text(url).count(parts.body) == 1, url


@needs_zensical
def test_every_link_leads_to_a_file_and_every_anchor_exists(site: Site) -> None:
    broken = []
    anchors = {url: set(Reader(site.text(url)).values("id", "name")) for url in site.pages()}
    for url in sorted(site.pages() - {"404.html"}):
        for value in Reader(site.text(url)).values("href", "src"):
            target = urlsplit(value)
            if target.scheme or target.netloc or not value:
                continue
            path = normpath(join(dirname(url), unquote(target.path))) if target.path else url
            in_page = target.fragment and path in anchors and not target.fragment.startswith("__")
            if not (site.folder / path).is_file() or (in_page and target.fragment not in anchors[path]):
                broken.append((url, value))
    assert broken == []


@needs_zensical
def test_the_page_for_wrong_addresses_works_at_any_depth(site: Site) -> None:
    html = site.text("404.html")
    local = [value for value in Reader(html).values("href", "src") if not value.startswith(("https:", "#"))]
    assert local
    assert all(value.startswith("/") and (site.folder / value[1:]).is_file() for value in local)
    assert [a["data-kb-locale"] for _, a in Reader(html).elements if "data-kb-locale" in a] == list(LOCALES)


@needs_zensical
def test_every_record_is_in_its_languages_search(site: Site) -> None:
    for tag in LOCALES:
        text = site.text(f"{tag}/search.json")
        items = {item["location"]: item for item in json.loads(text)["items"]}
        assert {f"{record}/index.html" for record in RECORDS} <= items.keys()
        assert {"guide/index.html", "guide/index.html#wurfel", "more/tips/index.html"} <= items.keys()
        assert "order_refused" in items["shopservice/100/index.html"]["terms"].split()
        assert "<" not in "".join(item["title"] + item["text"] for item in items.values())
        assert all((site.folder / tag / location.partition("#")[0]).is_file() for location in items)
        assert site.text(f"{tag}/search.js") == f"var __index = {text}"


@needs_zensical
def test_pages_lead_to_their_counterparts(site: Site) -> None:
    for url in site.pages() - {"404.html", "index.html"}:
        elements = Reader(site.text(url)).elements
        switch = {a["lang"]: a for _, a in elements if a.get("class") == "md-select__link"}
        assert list(switch) == list(LOCALES)
        targets = {tag: normpath(join(dirname(url), str(a["href"]))) for tag, a in switch.items()}
        own, _, rest = url.partition("/")
        expected = {tag: f"{tag}/{rest}" if "only" not in rest else f"{tag}/index.html" for tag in LOCALES}
        assert targets == {**expected, own: url}
        assert [tag for tag, a in switch.items() if "aria-current" in a] == [own]
        (html,) = [a for tag, a in elements if tag == "html"]
        assert html["lang"] == own


@needs_zensical
def test_only_known_inline_scripts_are_allowed_and_nothing_is_fetched(site: Site) -> None:
    headers = site.text("_headers")
    for url in site.pages() - {"index.html"}:
        html = site.text(url)
        for script in scripts_in(html):
            assert b64encode(sha256(script.encode()).digest()).decode() in headers
        fetched = [a for tag, a in Reader(html).elements if tag in {"script", "img", "link", "iframe"}]
        assert not [a for a in fetched if str(a.get("src") or a.get("href") or "").startswith(("http", "//"))]
        assert "kbslot" not in html


@needs_zensical
def test_the_navigation_shows_where_the_reader_is(site: Site) -> None:
    for url, current in (
        ("en/shopservice/100/index.html", ["true"]),
        ("en/shopservice/index.html", ["page"]),
        ("en/guide/index.html", ["page"]),
    ):
        links = [a for tag, a in Reader(site.text(url)).elements if tag == "a" and "aria-current" in a]
        marked = [a for a in links if "md-nav__link--active" in str(a["class"])]
        assert [a["aria-current"] for a in marked] == current
    assert '<span class="md-ellipsis">' in site.text("de/guide/index.html")
    assert re.search(r"md-nav__link\">\s*<span[^>]*>\s*Guide &amp; more\s*</span>", site.text("en/index.html"))


@needs_zensical
def test_the_theme_takes_every_amendment(zensical: ZensicalEngine) -> None:
    assert zensical.warnings == ()


@needs_zensical
def test_commands_can_be_copied_whatever_zensicals_configuration_says(zensical: ZensicalEngine) -> None:
    assert "content.code.copy" not in MKDOCS_YML
    assert '"content.code.copy"' in zensical.page(record_page("en")).decode()


@needs_zensical
def test_a_page_has_what_its_parts_say(zensical: ZensicalEngine) -> None:
    parts = record_page("de")
    html = zensical.page(
        PageParts(
            "de",
            parts.url,
            NASTY,
            NASTY,
            parts.body,
            parts.toc,
            link("de", "1023"),
            link("de", "1025"),
            "https://example.com/blob/a?b&c",
            parts.alternates,
            hide=("footer",),
        )
    ).decode()
    elements = Reader(html).elements
    assert html.count("<b>") == 0
    assert ("meta", {"name": "description", "content": NASTY}) in elements
    canonical = "https://kb.example.com/base/de/msexchangetransport/1024/"
    assert ("link", {"rel": "canonical", "href": canonical}) in elements
    hreflangs = [a["hreflang"] for tag, a in elements if tag == "link" and "hreflang" in a]
    assert hreflangs == ["en", "de", "ar", "x-default"]
    links = {str(a.get("href")): a for tag, a in elements if tag == "a"}
    assert {"../1023/index.html", "../1025/index.html", "#explanation", "#action"} <= links.keys()
    assert {"https://example.com/blob/a?b&c", "https://example.com/raw/a?b&c"} <= links.keys()
    (footer,) = [a for tag, a in elements if tag == "nav" and a.get("class") == "md-footer__inner md-grid"]
    assert "hidden" in footer
    bare = zensical.page(PageParts("de", parts.url, "T", "", "<h1>T</h1>", alternates=alternates("x"))).decode()
    for part in ("md-footer__inner", 'rel="prev"', 'rel="edit"', 'data-md-component="toc"', 'id="__toc"'):
        assert part in html
        assert part not in bare


@needs_zensical
def test_right_to_left_locales_are_set_so(zensical: ZensicalEngine) -> None:
    html = zensical.page(record_page("ar")).decode()
    assert '<html lang="ar"' in html
    assert '<body dir="rtl"' in html


@needs_zensical
def test_deeper_pages_get_a_shell_of_their_own(zensical: ZensicalEngine) -> None:
    html = zensical.page(PageParts("en", "en/a/b/c/d/e/f/g/index.html", "T", "", "<h1>T</h1>")).decode()
    assert 'src="../../../../../../../../assets/javascripts/bundle' in html
    assert 'href="../../../../../../../../en/lookup/index.html"' in html


@needs_zensical
def test_what_zensical_cannot_use_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\ntheme:\n  name: material\nmarkdown_extensions: [no.such.extension]\n", encoding="utf-8"
    )
    with pytest.raises(ZensicalError, match=r"mkdocs\.yml: zensical failed: "):
        ZensicalEngine(tmp_path / "mkdocs.yml", shapes()[:1])


def test_without_zensical_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = write_project(tmp_path / "project", "zensical")
    monkeypatch.setattr(project, "find_spec", lambda _name: None)
    with pytest.raises(ConfigurationError, match=r"install it with `pip install 'kb-gen\[zensical\]'`"):
        ZensicalEngine(configuration, shapes())
    result = CliRunner().invoke(cli, ["build", "--config-file", str(configuration)])
    assert result.exit_code == 2
    assert "kb-gen[zensical]" in result.output


def test_slots_are_filled_and_groups_kept_or_dropped() -> None:
    pieces = split("a#t:x:t#b#t:begin-g:t#c#t:y:t#d#t:end-g:t#e", "t")
    assert fill(pieces, {"x": "#t:y:t#", "y": "Ü", "g": ""}) == "a#t:y:t#bcÜde".encode()
    assert fill(pieces, {"x": "1", "g": None}) == b"a1be"
    assert fill(resolve(pieces, {"x": "1"}), {"y": "2", "g": ""}) == b"a1bc2de"
    with pytest.raises(UnfilledSlotError, match="`y`"):
        fill(pieces, {"x": "1", "g": ""})
    assert between(split("a#t:begin-g:t#title#t:end-g:t#", "t"), "g") == "title"


QUERIES = {
    "en": {
        "100": "shopservice/100/",
        "ORDER_REFUSED": "shopservice/100/",
        "refused": "shopservice/100/",
        "shopservice 101": "shopservice/101/",
        "7": "shopprint/7/",
    },
    "de": {"100": "shopservice/100/", "order_refused": "shopservice/100/", "Anleitung": "guide/"},
}


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[str]:
    """The site with the headers that it asks for."""
    headers = [line.strip().split(": ", 1) for line in site.text("_headers").splitlines()[1:]]

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

        def end_headers(self) -> None:
            for name, value in headers:
                self.send_header(name, value)
            super().end_headers()

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.folder)))
    Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


@needs_zensical
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("tag", LOCALES)
def test_what_readers_type_finds_the_page_first(browser: Any, scheme: str, tag: str, site: Site, server: str) -> None:
    start = server if scheme == "http" else site.folder.as_uri()
    page = browser.new_page()
    foreign: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(start) else foreign.append(request.url))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{start}/{tag}/shopservice/101/index.html")
    # The search is built a moment after the page, and listens to the keyboard then.
    page.locator("[role=combobox]").wait_for(state="attached")
    page.wait_for_timeout(400)
    page.keyboard.press("Control+k")
    found = {query: first_hit(page, query) for query in QUERIES[tag]}
    page.keyboard.press("Enter")
    page.wait_for_url(f"{start}/{tag}/{list(QUERIES[tag].values())[-1]}index.html**")
    page.close()
    wrong = {query: hit for query, hit in found.items() if f"/{tag}/{QUERIES[tag][query]}index.html" not in hit}
    assert wrong == {}
    assert foreign == []
    assert complaints == []


def first_hit(page: Any, query: str) -> str:
    results = page.locator("[role=listbox] a")
    page.locator("[role=combobox]").fill("")
    results.first.wait_for(state="detached")
    page.keyboard.type(query)
    results.first.wait_for()
    page.wait_for_timeout(200)
    return str(results.first.evaluate("link => link.href"))


@needs_zensical
@pytest.mark.browser
def test_exact_words_and_parts_of_identifiers_come_first(
    browser: Any, zensical: ZensicalEngine, tmp_path: Path
) -> None:
    for asset in [*zensical.assets(), *zensical.search_files("de", lambda: iter(entries()))]:
        path = tmp_path / asset.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content if isinstance(asset.content, bytes) else asset.content.read_bytes())
    article = tmp_path / "de/msexchangetransport/1024/index.html"
    article.parent.mkdir(parents=True)
    article.write_bytes(zensical.page(record_page("de")))
    page = browser.new_page()
    page.goto(article.as_uri())
    page.locator("[role=combobox]").wait_for(state="attached")
    page.wait_for_timeout(400)
    page.keyboard.press("Control+k")
    found = {query: first_hit(page, query) for query in SEARCHES}
    page.locator("[role=combobox]").fill("checksummismatch")
    page.wait_for_timeout(400)
    shown = page.locator("[role=listbox]").inner_text()
    page.close()
    assert {query: hit for query, hit in found.items() if "transport/1024/" not in hit} == {}
    assert "Prüfsumme <script>alert(1)</script> &amp; mehr." in shown
    assert "ChecksumMismatch" not in shown


@needs_zensical
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(browser: Any, violations: Callable[[Any], list[Any]], scheme: str, site: Site) -> None:
    urls = ("en/index.html", "de/shopservice/100/index.html", "de/guide/index.html")
    page = browser.new_page(color_scheme=scheme)
    found = {}
    for url in urls:
        page.goto((site.folder / url).as_uri())
        page.wait_for_timeout(200)
        found[url] = violations(page)
    page.close()
    assert found == {url: [] for url in urls}


@needs_zensical
def test_search_entries_keep_their_words(zensical: ZensicalEngine) -> None:
    entry = SearchEntry("en", "en/ese/474/index.html#action", NASTY, NASTY, ("Checksum", "sum"))
    as_json, as_script = zensical.search_files("en", lambda: iter([entry]))
    assert (as_json.url, as_script.url) == ("en/search.json", "en/search.js")
    assert isinstance(as_json.content, bytes)
    (item,) = json.loads(as_json.content)["items"]
    assert (item["location"], item["level"], item["terms"]) == ("ese/474/index.html#action", 2, "Checksum sum")
    assert "<" not in item["title"] + item["text"]
