"""The search box of a large site: exact hits at once, full text from Pagefind, and what is left from disk."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from site_trees import headers_for_all_paths

pytest.importorskip("pagefind_bin", reason="needs Pagefind: install kb-gen[search]")
pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api", reason="needs Playwright").expect

ROOT = Path(__file__).parents[2]
HIT = ".md-search-result__item"
NOTE = "[data-kb-search-note]"


def _build(folder: Path, search: str, root: Path = ROOT) -> Path:
    command = "import sys; from kb_gen.cli import main; sys.exit(main())"
    arguments = ["build", "--jobs", "1", "--search", search, "--site-dir", str(folder)]
    done = subprocess.run(
        [sys.executable, "-c", command, *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, searched as if it were large."""
    return _build(tmp_path_factory.mktemp("large") / "site", "pagefind")


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, sent: tuple[tuple[str, str], ...], **options: Any) -> None:
        self.sent = sent
        super().__init__(*args, **options)

    def end_headers(self) -> None:
        for name, value in self.sent:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def http(site: Path) -> Iterator[str]:
    handler = partial(_Handler, directory=str(site), sent=headers_for_all_paths(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def ask(browser: Any) -> Iterator[Callable[[str, str], Any]]:
    """Types a query into the search box of a page; complains about errors of the page."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def ask(address: str, query: str) -> Any:
            context = browser.new_context()
            stack.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.goto(address)
            page.keyboard.press("/")
            page.keyboard.type(query)
            return page

        yield ask
        # What a page says while it is being closed in the middle of a query doesn't count.
        assert complaints == []


def titles(page: Any) -> list[str]:
    """The hits' titles, when all answers are there."""
    page.locator(HIT).first.wait_for(timeout=30_000)
    hits = page.locator(f"{HIT} h1")
    found: list[str] = []
    while found != (found := hits.all_inner_texts()):
        page.wait_for_timeout(1500)
    return found


@pytest.mark.parametrize(
    ("locale", "query", "title"),
    [
        ("de", "1024", "MSExchangeTransport 1024"),
        ("de", "0x400", "MSExchangeTransport 1024"),
        ("de", "Event ID: 1024", "MSExchangeTransport 1024"),
        ("de", "msexchangetransport 1039", "MSExchangeTransport 1039"),
        ("en", "2141 adaccess", "MSExchange ADAccess 2141"),
        ("de", "smtpreceivesendasdenied", "MSExchangeTransport 102"),
        ("de", "tempauth", "MSExchangeTransport 1024"),
        ("de", "Empfangsconnectors", "MSExchangeTransport 10"),
        ("en", "SendOnBehalfOf", "MSExchangeTransport 1029"),
        ("en", "-IntraOrgProtocolLoggingLevel", "MSExchangeTransport 1024"),
    ],
)
def test_what_readers_type_finds_the_article_first(
    ask: Callable[[str, str], Any], http: str, locale: str, query: str, title: str
) -> None:
    assert titles(ask(f"{http}{locale}/symbols/index.html", query))[0].startswith(title)


@pytest.mark.parametrize(
    "query", ["Connector", "warteschlange", "Übermittlungswarteschlange", "Uebermittlungswarteschlange", "Postfächer"]
)
def test_words_are_found_in_other_forms_and_inside_compounds(
    ask: Callable[[str, str], Any], http: str, query: str
) -> None:
    found = titles(ask(f"{http}de/index.html", query))
    assert any(title.startswith("MSExchangeTransport 1024") for title in found)


def test_what_is_put_in_at_once_is_answered_like_what_is_typed(ask: Callable[[str, str], Any], http: str) -> None:
    typed = titles(ask(f"{http}de/index.html", "Empfangsconnectors"))
    page = ask(f"{http}de/index.html", "")
    page.keyboard.insert_text("Empfangsconnectors")
    assert titles(page) == typed


def test_hits_show_where_the_words_stand(ask: Callable[[str, str], Any], http: str) -> None:
    page = ask(f"{http}de/index.html", "Warteschlange")
    titles(page)
    expect(page.locator(f"{HIT} mark").first).to_contain_text("arteschlange")
    shown = page.locator(".md-search-result__meta").first.inner_text()
    assert shown.startswith(f"{page.locator(HIT).count()} ")
    assert page.locator(NOTE).count() == 0


def test_a_word_that_stands_nowhere_finds_nothing(ask: Callable[[str, str], Any], http: str) -> None:
    page = ask(f"{http}de/index.html", "zzzzqq")
    expect(page.locator(".md-search-result__meta").first).to_have_text("Keine Suchergebnisse", timeout=30_000)
    assert page.locator(HIT).count() == 0


def test_a_hit_is_opened_by_keyboard_alone(ask: Callable[[str, str], Any], http: str) -> None:
    page = ask(f"{http}de/index.html", "tempauth")
    titles(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/msexchangetransport/1024/**")


def test_no_more_is_loaded_for_an_id_than_its_shards(browser: Any, http: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{http}de/index.html")
    loaded: list[str] = []
    context.on("request", lambda request: loaded.append(request.url))
    page.keyboard.press("/")
    page.keyboard.insert_text("1024")
    page.keyboard.press("End")
    page.locator(HIT).first.wait_for(timeout=30_000)
    assert not any("pagefind" in url for url in loaded)
    context.close()


def test_from_disk_exact_hits_are_found_and_the_reader_is_told_of_the_rest(
    ask: Callable[[str, str], Any], site: Path
) -> None:
    page = ask(f"{site.as_uri()}/de/index.html", "msexchangetransport 1024")
    assert titles(page) == ["MSExchangeTransport 1024 – SmtpReceiveSendAsDeniedTempAuthFailure"]
    expect(page.locator(NOTE)).to_contain_text("Die Volltextsuche benötigt einen Webserver.")


def test_without_full_text_the_reader_is_told_what_is_found(ask: Callable[[str, str], Any], tmp_path: Path) -> None:
    folder = _build(tmp_path / "site", "none")
    assert not list(folder.glob("*/search/*/pagefind.js"))
    assert "wasm" not in (folder / "_headers").read_text(encoding="utf-8")
    page = ask(f"{folder.as_uri()}/en/index.html", "SmtpReceive")
    assert len(titles(page)) == 5
    expect(page.locator(NOTE)).to_contain_text("The search finds IDs, sources and symbolic names.")


def test_hits_further_down_are_filled_when_the_reader_scrolls_there(
    ask: Callable[[str, str], Any], tmp_path: Path
) -> None:
    root = tmp_path / "project"
    generate = [sys.executable, str(ROOT / "benchmarks/generate.py"), "--records", "30", "--out", str(root)]
    subprocess.run(generate, check=True, capture_output=True)
    folder = _build(tmp_path / "site", "pagefind", root)
    handler = partial(_Handler, directory=str(folder), sent=headers_for_all_paths(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        page = ask(f"http://127.0.0.1:{server.server_port}/en/index.html", "contoso")
        titles(page)
        box = page.locator(".md-search__scrollwrap")
        for _ in range(100):
            # The theme waits for the next arrival at the bottom.
            box.evaluate("box => box.scrollTo(0, 0)")
            page.wait_for_timeout(150)
            box.evaluate("box => box.scrollTo(0, box.scrollHeight)")
            page.wait_for_timeout(150)
            if page.locator(HIT).count() > 18:
                break
        assert page.locator(HIT).count() > 18
        expect(page.locator("[data-kb-hit]")).to_have_count(0, timeout=30_000)
        last = page.locator(HIT).last
        assert "Contoso" in last.inner_text()
        assert "/en/" in str(last.locator("a").get_attribute("href"))
        server.shutdown()
        thread.join()
