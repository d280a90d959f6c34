"""What readers type finds the right page first, in a real browser, from a server and from disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from engine_samples import LOCALES, NASTY, record_page, shapes

from kb_gen.site.engines import SearchEntry
from kb_gen.site.engines.mkdocs import MkDocsEngine

GERMAN = "de"
SYMBOL = "SmtpReceiveSendAsDeniedTempAuthFailure"
MESSAGE = (
    "SMTP rejected a (%4) mail from '%1' with '%2' connector and user authenticated as '%3'. There was a transient "
    "Active Directory directory service exception thrown with the following information. %5"
)
FILLER = (
    "Der Microsoft Exchange-Transportdienst verarbeitet Nachrichten. Überprüfen Sie das Anwendungsprotokoll und das "
    "Systemprotokoll auf verwandte Ereignisse. Active Directory wird für Benutzer abgefragt."
)


def entry(source: str, number: str, text: str, *terms: str) -> SearchEntry:
    url = f"de/{source.lower()}/{number.lower()}/index.html"
    return SearchEntry(GERMAN, url, f"{source} {number}", f"{text} {FILLER}", (number, source, *terms))


def entries() -> list[SearchEntry]:
    wanted = entry(
        "MSExchangeTransport",
        "1024",
        f"Ein Benutzer darf nicht senden. Protokollieren Sie die Diagnose des Empfangsconnectors. {MESSAGE} "
        "Set-ReceiveConnector Set-TransportServer SmtpReceive Fehler",
        SYMBOL,
        *("Smtp", "Receive", "Send", "As", "Denied", "Temp", "Auth", "Failure", "SendAs", "SendAsDenied"),
        *("TempAuth", "TempAuthFailure", "AuthFailure", "SmtpReceive", "Empfang", "connectors", "connector"),
    )
    decoys = [
        entry("MSExchangeTransport", "10240", "Seltene Nummer.", "RareNumber"),
        entry("MSExchangeTransport", "1023", f"Siehe auch MSExchangeTransport 1024, {SYMBOL}.", "Dns"),
        entry("Zubehör", "7", "1024 1024 1024 1024 Puffer mit 1024 Bytes.", "Buffer"),
        entry("MSExchangeTransport", "2024", "Send As ist verboten.", "SmtpSendAsForbidden", "SendAs", "TempFail"),
        entry("MSExchangeTransport", "1025", "Authentifizierung.", "SmtpTempAuthenticator", "TempAuthenticator"),
        entry("MSExchange ADAccess", "2080", "Active Directory directory service information.", "Topology"),
        entry("ESE", "102400", "Datenbank.", "InstanceBegin"),
        entry("ESE", "474", "Prüfsumme <script>alert(1)</script> &amp; mehr.", "ChecksumMismatch"),
    ]
    more = [entry("MSExchangeTransport", str(3000 + n), f"Meldung {n} service mail user.", f"S{n}") for n in range(40)]
    return [*more[:20], *decoys, wanted, *more[20:]]


@pytest.fixture(scope="module")
def site(engine: MkDocsEngine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assets = [*engine.assets(), *engine.search_files(GERMAN, lambda: iter(entries()))]
    for asset in assets:
        path = folder / asset.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content if isinstance(asset.content, bytes) else asset.content.read_bytes())
    page = folder / "de/msexchangetransport/1024/index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(engine.page(record_page(GERMAN)))
    (folder / "assets/kb/site.js").write_text("", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


QUERIES = [
    SYMBOL,
    "SendAsDenied",
    "sendasdenied",
    "tempauth",
    "1024",
    "msexchangetransport 1024",
    "MSExchangeTransport: 1024",
    "Empfangsconnectors",
    "Empfangsconnector",
    "Connector",
    "transient Active Directory directory service exception",
    "There was a transient Active Directory directory service exception thrown",
    "Set-ReceiveConnector",
    "ereignis 1024",
]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["http", "file"])
def test_what_readers_type_finds_the_page_first(browser: Any, scheme: str, site: Path, server: str) -> None:
    start = server if scheme == "http" else site.as_uri()
    page = browser.new_page()
    foreign: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(start) else foreign.append(request.url))
    page.goto(f"{start}/de/msexchangetransport/1024/index.html")
    # Material closes the search once more when a page has just loaded.
    page.wait_for_timeout(400)
    page.keyboard.press("/")
    found = {query: first_hit(page, query) for query in [*QUERIES, "1025", "ese 474", "SmtpSendAsForbidden"]}
    shown = page.locator(".md-search-result").inner_text()
    page.close()
    wrong = {query: hit for query, hit in found.items() if query in QUERIES and "transport/1024/" not in hit}
    assert wrong == {}
    assert found["1025"].endswith("msexchangetransport/1025/index.html")
    assert "/ese/474/index.html" in found["ese 474"]
    assert "/msexchangetransport/2024/" in found["SmtpSendAsForbidden"]
    assert "SendAs TempFail" not in shown
    assert foreign == []


def first_hit(page: Any, query: str) -> str:
    box = page.locator("[data-md-component=search-query]")
    box.fill("")
    page.keyboard.press("Backspace")
    page.wait_for_function("document.querySelectorAll('.md-search-result__item').length === 0")
    page.keyboard.type(query)
    page.wait_for_selector(".md-search-result__item a")
    page.wait_for_timeout(150)
    return str(page.locator(".md-search-result__item a").first.evaluate("link => link.href"))


@pytest.mark.parametrize("tag", LOCALES)
def test_an_index_is_json_with_addresses_below_the_locale(engine: MkDocsEngine, tag: str) -> None:
    entry = SearchEntry(tag, f"{tag}/ese/474/index.html#action", NASTY, NASTY, ("Checksum",))
    as_json, as_script = engine.search_files(tag, lambda: iter([entry]))
    assert (as_json.url, as_script.url) == (f"{tag}/search/search_index.json", f"{tag}/search/search_index.js")
    assert isinstance(as_json.content, bytes)
    assert as_script.content == b"var __index = " + as_json.content
    document = json.loads(as_json.content)["docs"][0]
    assert document["location"] == "ese/474/index.html#action"
    assert "<" not in document["title"] + document["text"]


@pytest.mark.parametrize("tag", LOCALES)
def test_an_index_of_documents_is_that_of_their_entries(engine: MkDocsEngine, tag: str) -> None:
    entries = [
        SearchEntry(tag, f"{tag}/ese/474/index.html", NASTY, '1 < 2\n& "3"', ("474", "Checksum"), 2.5),
        SearchEntry(tag, f"{tag}/ese/475/index.html", "ESE 475", "Half a pair: \ud800."),
        SearchEntry(tag, f"{tag}/ese/476/index.html", "ESE 476", ""),
    ]
    documents = [engine.search_document(entry) for entry in entries]
    whole = next(engine.search_files(tag, lambda: iter(entries))).content
    assert next(engine.search_files(tag, lambda: iter([entries[0], *documents[1:]]))).content == whole
    assert isinstance(whole, bytes)
    first, second, third = json.loads(whole)["docs"]
    assert first == json.loads(documents[0])
    assert (first["text"], first["names"], first["boost"]) == ("1 &lt; 2\n&amp; &#34;3&#34;", "474 Checksum", 2.5)
    assert second == {"location": "ese/475/index.html", "title": "ESE 475", "text": "Half a pair: ?."}
    assert third == {"location": "ese/476/index.html", "title": "ESE 476", "text": ""}


@pytest.mark.parametrize(
    ("tag", "lang", "pipeline"),
    [
        ("en", ["en"], ["stemmer", "stopWordFilter"]),
        ("de-AT", ["de"], ["stemmer", "stopWordFilter"]),
        ("fr", ["fr"], ["stemmer", "stopWordFilter"]),
        ("ja", ["ja"], ["stemmer"]),
        ("ar", ["en"], []),
        ("cs", ["en"], []),
        ("sl", ["en"], []),
        ("ka-GE", ["en"], []),
        ("tlh", ["en"], []),
    ],
)
def test_each_language_has_its_stemmer(project: Path, tag: str, lang: list[str], pipeline: list[str]) -> None:
    shape = shapes()[0]
    locale = type(shape)(tag, tag, "ltr", tag, tag, f"{tag.lower()}/index.html")
    asset = next(MkDocsEngine(project / "mkdocs.yml", [locale]).search_files(tag, lambda: iter([])))
    assert isinstance(asset.content, bytes)
    config = json.loads(asset.content)["config"]
    assert (config["lang"], config["pipeline"]) == (lang, pipeline)
