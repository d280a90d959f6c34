"""Material's search box on the real site: what readers type finds the article, over HTTP and from disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

QUERIES = [
    ("de", "SmtpReceiveSendAsDeniedTempAuthFailure", "MSExchangeTransport 1024"),
    ("de", "SendAsDenied", "MSExchangeTransport 1024"),
    ("de", "tempauth", "MSExchangeTransport 1024"),
    ("de", "1024", "MSExchangeTransport 1024"),
    ("de", "Event ID: 1024", "MSExchangeTransport 1024"),
    ("de", "Empfangsconnectors", "MSExchangeTransport 1024"),
    ("de", "Connector", "MSExchangeTransport 1024"),
    ("de", "msexchangetransport 1039", "MSExchangeTransport 1039"),
    ("de", "SMTP rejected a", "MSExchangeTransport 1024"),
    ("de", "DSC_EVENT", "MSExchange ADAccess 2141"),
    ("de", "2114", "MSExchange ADAccess 2114"),
    ("en", "adaccess 2141", "MSExchange ADAccess 2141"),
    ("en", "SendOnBehalfOf", "MSExchangeTransport 1029"),
    # as they are pasted from a command
    ("en", "-IntraOrgProtocolLoggingLevel", "MSExchangeTransport 1024"),
    ("en", "Set-TransportService -IntraOrgProtocolLoggingLevel", "MSExchangeTransport 1024"),
    ("en", "+tempauth", "MSExchangeTransport 1024"),
]

FOUND = [("de", "warteschlange"), ("de", "Ubermittlungswarteschlange"), ("de", "Postfächer")]


def _asked(browser: Any, address: str, query: str) -> Any:
    """A page on which something is looked for, and found."""
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.locator(".md-search-result__item").first.wait_for(timeout=20_000)
    return page


def _hits(browser: Any, base: str, locale: str, query: str) -> list[str]:
    page = _asked(browser, f"{base}{locale}/symbols/index.html", query)
    hits = page.locator(".md-search-result__item h1")
    titles: list[str] = []
    # Every letter typed was a query of its own; on a busy machine their answers come one after the other.
    while titles != (titles := hits.all_inner_texts()):
        page.wait_for_timeout(1000)
    page.close()
    return titles


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "query", "title"), QUERIES)
def test_the_article_comes_first(browser: Any, http_site: str, locale: str, query: str, title: str) -> None:
    assert _hits(browser, http_site, locale, query)[0].startswith(title)


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "query"), FOUND)
def test_words_in_other_forms_are_found(browser: Any, http_site: str, locale: str, query: str) -> None:
    assert any(title.startswith("MSExchangeTransport 1024") for title in _hits(browser, http_site, locale, query))


@pytest.mark.browser
def test_a_text_that_comes_without_a_key_is_looked_for(browser: Any, http_site: str) -> None:
    page = _asked(browser, f"{http_site}de/index.html", "2141")
    page.locator(".md-search-result__item h1", has_text="MSExchange ADAccess 2141").first.wait_for(timeout=20_000)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("tempauth")
    page.locator(".md-search-result__item h1", has_text="MSExchangeTransport 1024").first.wait_for(timeout=20_000)
    page.close()


@pytest.mark.browser
def test_search_works_from_disk(browser: Any, built_site: Path) -> None:
    hits = _hits(browser, f"{built_site.as_uri()}/", "de", "tempauth")
    assert hits[0].startswith("MSExchangeTransport 1024")


@pytest.mark.browser
def test_a_hit_is_opened_by_keyboard_alone(browser: Any, http_site: str) -> None:
    page = _asked(browser, f"{http_site}de/", "tempauth")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/msexchangetransport/1024/**")
    page.close()
