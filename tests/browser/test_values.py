"""The values of a pasted message go into the article: into its table and its commands, and out again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")

LINE = (
    "2026-05-01 03:12:44 SMTP rejected a (P1) mail from '<img src=x onerror=alert(1)>' with 'Client $(x) \"EX01\"' "
    "connector and user authenticated as 'T\\U'. There was a transient Active Directory directory service exception "
    "thrown with the following information. Access is denied"
)
ARTICLE = "en/msexchangetransport/1024/"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which no script fails, and that asks no other host for anything."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def column(page: Any, number: int) -> list[str]:
    return [text.strip() for text in page.locator(f".kb-legend tr > :nth-child({number})").all_inner_texts()]


def first_command(page: Any) -> str:
    return str(page.locator(".kb-command pre").first.inner_text()).split("\n", 1)[0]


@pytest.mark.parametrize("on_disk", [False, True])
def test_values_are_carried_over_shown_and_removed(page: Any, http_site: str, built_site: Path, on_disk: bool) -> None:
    root = f"{built_site.as_uri()}/" if on_disk else http_site
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.partition("#")[0]))
    page.goto(f"{root}en/lookup/index.html")
    page.fill("#kb-lookup-text", LINE)
    page.press("#kb-lookup-text", "Enter")
    page.click(".kb-lookup__event a")
    page.wait_for_selector(".kb-values")
    assert column(page, 3) == [
        "Value",
        "<img src=x onerror=alert(1)>",
        'Client $(x) "EX01"',
        "T\\U",
        "P1",
        "Access is denied",
    ]
    assert first_command(page) == 'Set-ReceiveConnector "Client `$(x) `"EX01`"" -ProtocolLoggingLevel Verbose'
    assert page.locator(".kb-legend img").count() == 0
    assert not [request for request in requests if "onerror" in request or "EX01" in request]

    page.click(".kb-values__remove")
    assert page.locator(".kb-values").count() == 0
    assert first_command(page) == 'Set-ReceiveConnector "<Receive connector>" -ProtocolLoggingLevel Verbose'
    assert column(page, 3)[0] == "What it holds"
    assert "#" not in page.url


def test_the_language_switch_keeps_the_values(page: Any, http_site: str) -> None:
    values = quote(json.dumps([[2, "EX'01"]]))
    page.goto(f"{http_site}{ARTICLE}#values={values}")
    page.wait_for_selector(".kb-values")
    page.evaluate("document.querySelector('a.md-select__link[hreflang=de]').dispatchEvent(new Event('pointerdown'))")
    page.goto(page.eval_on_selector("a.md-select__link[hreflang=de]", "link => link.href"))
    page.wait_for_selector(".kb-values")
    assert page.locator(".kb-values").inner_text().startswith("Die Werte in der Tabelle")
    assert page.locator(".kb-values__remove").inner_text() == "Werte entfernen"
    assert column(page, 3)[:3] == ["Wert", "–", "EX'01"]


def test_other_values_take_the_place_of_the_first(page: Any, http_site: str) -> None:
    page.goto(f"{http_site}{ARTICLE}#values={quote(json.dumps([[2, 'one']]))}")
    page.wait_for_selector(".kb-values")
    page.evaluate("hash => { location.hash = hash }", f"#values={quote(json.dumps([[2, 'two']]))}")
    playwright.expect(page.locator(".kb-value")).to_have_text("two")
    assert '"two"' in first_command(page)
    page.click(".kb-values__remove")
    assert '"<Receive connector>"' in first_command(page)
    page.evaluate("hash => { location.hash = hash }", f"#values={quote(json.dumps([[2, 'three']]))}")
    playwright.expect(page.locator(".kb-value")).to_have_text("three")


@pytest.mark.parametrize("values", ["", "[", "null", "{}", '[[0,"x"]]', '[["1","x"]]', "[[1,2]]", '[[1,"x"]]%', '"x"'])
def test_what_are_no_values_is_passed_over(page: Any, http_site: str, values: str) -> None:
    page.goto(f"{http_site}{ARTICLE}#values={values}")
    page.wait_for_function("globalThis.kbValues")
    page.wait_for_timeout(50)
    assert page.locator(".kb-values").count() == 0


def test_the_article_with_values_is_accessible(
    page: Any, http_site: str, violations: Callable[[Any], list[tuple[str, list[str]]]]
) -> None:
    page.goto(f"{http_site}{ARTICLE}#values={quote(json.dumps([[2, 'EX01'], [1, 'a@b.example']]))}")
    page.wait_for_selector(".kb-values")
    assert violations(page) == []
