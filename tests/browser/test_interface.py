"""What pages do in a real browser, by mouse and by keyboard, under the site's own security policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

expect = pytest.importorskip("playwright.sync_api", reason="needs Playwright").expect

Open = Callable[..., Any]

SOURCE = "en/msexchangetransport/"
ARTICLE = "en/msexchangetransport/1024/"
PAGES = (
    "",
    "lookup/",
    "msexchangetransport/",
    "msexchangetransport/1024/",
    "products/exchange/",
    "recent/",
    "symbols/",
    "translation/",
)
SHOWN = "[data-kb-table] tbody tr:not([hidden])"


@pytest.fixture
def open_page(browser: Any, http_site: str) -> Iterator[Open]:
    """Opens a page in a browser of its own; complains about every error and every request to another host."""
    complaints: list[str] = []
    host = urlsplit(http_site).netloc

    with ExitStack() as stack:

        def note_request(request: Any) -> None:
            address = urlsplit(request.url)
            if address.scheme.startswith("http") and address.netloc != host:
                complaints.append(f"request to another host: {request.url}")

        def note_message(message: Any) -> None:
            if message.type == "error":
                complaints.append(f"console: {message.text}")

        def open_page(address: str, **options: Any) -> Any:
            context = browser.new_context(**options)
            stack.callback(context.close)
            page = context.new_page()
            page.on("request", note_request)
            page.on("console", note_message)
            page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
            page.goto(address if "://" in address else http_site + address)
            return page

        yield open_page
    assert complaints == []


def column(page: Any, number: int) -> list[str]:
    cells = page.locator(f"[data-kb-table] tbody tr > :nth-child({number})").all_inner_texts()
    return [text.strip() for text in cells]


# Tables


def test_a_click_on_a_column_sorts_it_and_another_click_turns_it_round(open_page: Open) -> None:
    page = open_page(SOURCE)
    button = page.get_by_role("button", name="Event ID")
    header = page.get_by_role("columnheader", name="Event ID")
    ids = column(page, 1)
    button.click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert column(page, 1) == sorted(ids, key=int)
    button.click()
    assert header.get_attribute("aria-sort") == "descending"
    assert column(page, 1) == sorted(ids, key=int, reverse=True)


def test_only_the_sorted_column_says_so(open_page: Open) -> None:
    page = open_page(SOURCE)
    page.get_by_role("button", name="Event ID").click()
    page.get_by_role("button", name="Symbolic name").click()
    sorted_by = page.locator("[data-kb-table] [aria-sort]")
    assert sorted_by.all_inner_texts() == ["Symbolic name"]
    symbols = column(page, 2)
    assert symbols == sorted(symbols, key=str.lower)


def test_severities_sort_by_weight_and_what_has_none_stands_last(open_page: Open) -> None:
    page = open_page(SOURCE)
    button = page.get_by_role("button", name="Severity")
    button.click()
    heaviest_first = column(page, 3)
    button.click()
    lightest_first = column(page, 3)
    known = [text for text in heaviest_first if text != "–"]
    assert known == sorted(known, key=["Critical", "Error", "Warning", "Information", "Verbose"].index)
    assert heaviest_first[len(known) :] == lightest_first[len(known) :] == ["–"] * (len(heaviest_first) - len(known))
    assert lightest_first[: len(known)] == known[::-1]


def test_tables_are_sorted_and_filtered_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(SOURCE)
    page.get_by_role("searchbox", name="Filter this table").focus()
    page.keyboard.type("authfailure")
    expect(page.locator(SHOWN)).to_have_count(2)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Event ID"
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert page.get_by_role("columnheader", name="Event ID").get_attribute("aria-sort") == "descending"
    assert page.locator(f"{SHOWN} > th").all_inner_texts() == ["1039", "1024"]


def test_filtering_counts_what_is_left_and_says_when_nothing_is(open_page: Open) -> None:
    page = open_page(SOURCE)
    field, status = page.get_by_role("searchbox"), page.get_by_role("status")
    total = len(column(page, 1))
    field.fill("SENDAS error")
    expect(page.locator(SHOWN)).to_have_count(2)
    assert status.inner_text() == f"2 of {total} events"
    field.fill("no such event")
    expect(page.locator(SHOWN)).to_have_count(0)
    assert status.inner_text() == "No event matches."
    field.fill("")
    expect(page.locator(SHOWN)).to_have_count(total)
    assert status.inner_text() == ""


def test_thousands_of_rows_are_all_sorted_and_filtered(open_page: Open, built_site: Path) -> None:
    row = '<tr><th scope="row">{}</th><td>SYMBOL_{}</td><td>–</td><td>Text</td></tr>'
    source = (built_site / SOURCE / "index.html").read_text(encoding="utf-8")
    before, rest = source.split("<tbody>", maxsplit=1)
    rows = "".join(row.format(n * 7919 % 2003, n) for n in range(1, 2001))
    many = built_site / "en" / "test-many-rows" / "index.html"
    many.parent.mkdir(exist_ok=True)
    many.write_text(f"{before}<tbody>{rows}</tbody>{rest.split('</tbody>', maxsplit=1)[1]}", encoding="utf-8")
    page = open_page("en/test-many-rows/")
    page.get_by_role("button", name="Event ID").click()
    ids = list(map(int, column(page, 1)))
    assert ids == sorted(ids)
    page.get_by_role("searchbox").fill("symbol_199")
    expect(page.locator(SHOWN)).to_have_count(11)
    assert page.get_by_role("status").inner_text().startswith("11 of ")


def test_a_table_without_javascript_is_plain(open_page: Open) -> None:
    page = open_page(SOURCE, java_script_enabled=False)
    assert page.locator("[data-kb-table] :is(input, button)").count() == 0
    assert page.locator("[data-kb-table] tbody tr").count() >= 5


@pytest.mark.parametrize(("width", "reachable"), [(360, True), (1280, False)])
def test_a_table_can_be_scrolled_by_keyboard_where_it_must_be(open_page: Open, width: int, reachable: bool) -> None:
    page = open_page(SOURCE, viewport={"width": width, "height": 700})
    if not reachable:
        page.wait_for_timeout(300)
        assert page.locator(".kb-scroll[tabindex]").count() == 0
        return
    region = page.get_by_role("region", name="MSExchangeTransport")
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)


# Languages


def test_the_language_switch_keeps_the_place_and_remembers_the_choice(open_page: Open, http_site: str) -> None:
    page = open_page(f"{ARTICLE}#action", locale="en-US")
    page.locator(".md-select > button").hover()
    page.locator('.md-select__link[hreflang="de"]').click()
    page.wait_for_url(f"{http_site}de/msexchangetransport/1024/#action")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.goto(http_site)
    page.wait_for_url(f"{http_site}de/")


@pytest.mark.parametrize(
    ("preferred", "chosen"),
    [("de", "de"), ("de-AT", "de"), ("DE-ch", "de"), ("en-GB", "en"), ("fr-FR", "en")],
)
def test_the_root_goes_to_the_language_that_the_browser_prefers(
    open_page: Open, http_site: str, preferred: str, chosen: str
) -> None:
    page = open_page("?from=bookmark#recent", locale=preferred)
    page.wait_for_url(f"{http_site}{chosen}/?from=bookmark#recent")


def test_a_remembered_language_comes_before_the_browsers(open_page: Open, http_site: str) -> None:
    page = open_page("de/", locale="en-US")
    page.evaluate("localStorage.setItem('kb-gen.locale', 'de')")
    page.goto(http_site)
    page.wait_for_url(f"{http_site}de/")
    page.evaluate("localStorage.setItem('kb-gen.locale', 'tlh')")
    page.goto(http_site)
    page.wait_for_url(f"{http_site}en/")


def test_the_root_lists_the_languages_without_javascript(open_page: Open, http_site: str) -> None:
    page = open_page("", java_script_enabled=False)
    page.get_by_role("link", name="Deutsch").click()
    assert page.url == f"{http_site}de/index.html"


# Addresses


def test_the_folder_is_the_address_on_a_server(open_page: Open, http_site: str) -> None:
    page = open_page("en/recent/index.html?a=1#__content")
    page.wait_for_url(f"{http_site}en/recent/?a=1#__content")


def test_pages_opened_from_disk_work_and_keep_their_addresses(open_page: Open, built_site: Path) -> None:
    address = (built_site / ARTICLE / "index.html").as_uri()
    page = open_page(address)
    page.get_by_role("navigation", name="Path to this page").get_by_role("link", name="MSExchangeTransport").click()
    assert page.url == (built_site / SOURCE / "index.html").as_uri()
    page.get_by_role("button", name="Symbolic name").click()
    assert page.locator("[aria-sort]").count() == 1


# Messages


def related(page: Any) -> dict[str, int]:
    return {
        kind: page.locator(f"{kind}.kb-related").count() for kind in ("a.kb-chip", "tr", ".kb-slot", ".kb-parameter")
    }


def test_pointing_at_a_chip_shows_where_else_it_stands(open_page: Open) -> None:
    page = open_page(ARTICLE)
    chip = page.locator('a.kb-chip[data-parameter="2"]')
    chip.hover()
    assert related(page)["a.kb-chip"] == related(page)["tr"] == 1
    assert related(page)[".kb-slot"] >= 1
    numbers = page.eval_on_selector_all(".kb-related", "nodes => nodes.map(node => node.dataset.parameter)")
    assert set(numbers) == {"2"}
    page.get_by_role("heading", level=1).hover()
    assert set(related(page).values()) == {0}


def test_a_row_of_the_legend_points_back_at_its_chip(open_page: Open) -> None:
    page = open_page(ARTICLE)
    page.locator('.kb-legend tr[data-parameter="5"]').hover()
    assert related(page)["a.kb-chip"] == 1
    assert page.locator("a.kb-chip.kb-related").get_attribute("data-parameter") == "5"


def test_a_chip_leads_to_the_legend_by_keyboard(open_page: Open) -> None:
    page = open_page(ARTICLE)
    page.locator('a.kb-chip[data-parameter="3"]').focus()
    assert related(page)["tr"] == 1
    page.keyboard.press("Enter")
    assert page.url.endswith("#parameter-3")
    assert page.locator(".kb-legend tr:target").get_attribute("data-parameter") == "3"


# Search and the whole


def test_the_home_page_opens_the_search(open_page: Open) -> None:
    page = open_page("en/")
    page.get_by_role("button", name="Search the full text").click()
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()
    assert page.locator("#__search").is_checked()


def test_the_home_page_offers_nothing_that_needs_javascript_without_it(open_page: Open) -> None:
    page = open_page("en/", java_script_enabled=False)
    assert page.locator("[data-kb-search]").is_hidden()
    assert page.get_by_role("button", name="Look up").is_disabled()


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways_on_a_small_telephone(open_page: Open, locale: str, address: str) -> None:
    page = open_page(f"{locale}/{address}", viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_paper_has_no_navigation_and_shows_where_links_lead(open_page: Open) -> None:
    page = open_page(ARTICLE, color_scheme="dark")
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-sidebar--primary", ".md-footer", ".kb-path"):
        assert page.locator(hidden).is_hidden(), hidden
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    link = page.locator('.md-content a[href^="http"]').first
    printed = link.evaluate("node => getComputedStyle(node, '::after').content")
    assert link.get_attribute("href") in printed
    code = page.locator(".kb-command pre > code").first
    assert code.evaluate("node => getComputedStyle(node).whiteSpace") == "pre-wrap"
