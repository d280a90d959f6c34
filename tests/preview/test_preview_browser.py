"""What an author sees: the page renews itself where it is, and errors lie over it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from running_preview import PATIENCE, RunningPreview

pytestmark = pytest.mark.browser

RECORD = "content/shop/shopservice/100.yml"
WAIT = PATIENCE * 1000


@pytest.fixture
def page(built: RunningPreview, browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 800, "height": 400}, color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{built.url}en/shopservice/100/index.html", wait_until="load")
    yield page
    context.close()


def _wait_for_scroll(page: Any, wanted: int) -> None:
    """Wait in steps: the site's policy rightly keeps the browser from evaluating a condition by itself."""
    end = time.monotonic() + PATIENCE
    while page.evaluate("window.scrollY") != wanted and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert page.evaluate("window.scrollY") == wanted


def test_the_page_renews_itself_and_stays_where_it_was_scrolled_to(built: RunningPreview, page: Any) -> None:
    page.evaluate("window.scrollTo(0, 300)")
    _wait_for_scroll(page, 300)
    built.edit(RECORD, "was *refused*", "was turned down")
    page.get_by_text("was turned down").first.wait_for()
    _wait_for_scroll(page, 300)


def test_errors_lie_over_the_page_until_they_are_mended(
    built: RunningPreview, page: Any, violations: Callable[[Any], list[tuple[str, list[str]]]]
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    built.edit(RECORD, "symbolic_name: ORDER_REFUSED", "symbol: <img src=x onerror=alert(1)>")
    overlay = page.get_by_role("alertdialog")
    overlay.wait_for()
    assert "error[unknown-field]" in overlay.inner_text()
    assert "<img src=x onerror=alert(1)>" in overlay.inner_text()
    assert overlay.locator("img").count() == 0
    assert "ORDER_REFUSED" in page.locator("article").first.inner_text()
    assert violations(page) == []
    light = overlay.evaluate("element => getComputedStyle(element).backgroundColor")
    page.emulate_media(color_scheme="dark")
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    assert overlay.evaluate("element => getComputedStyle(element).backgroundColor") != light
    assert violations(page) == []
    # By keyboard: the message has the focus, and can be put away.
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "Close"
    page.keyboard.press("Escape")
    overlay.wait_for(state="hidden")
    built.edit(RECORD, "symbol: <img", "symbl: <img")
    overlay.wait_for()
    built.edit(RECORD, "symbl: <img src=x onerror=alert(1)>", "symbolic_name: ORDER_REFUSED")
    overlay.wait_for(state="hidden")
    assert refused == []
