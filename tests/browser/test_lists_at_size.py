"""Lists of several pages in a real browser: read page by page without scripts, sorted and filtered as a whole with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from long_lists import write_lists

pytestmark = pytest.mark.browser

expect = pytest.importorskip("playwright.sync_api", reason="needs Playwright").expect

Open = Callable[..., Any]

ROOT = Path(__file__).parents[2]
EVENTS = 2300
ROWS = "[data-kb-table] tbody tr"
LIST = "en/shopservice/"
PAGES = {
    "first page": "de/shopservice/",
    "another page": "de/shopservice/page/7/",
    "letters": "de/symbols/",
    "letter": "en/symbols/e/",
    "product": "de/products/shop/page/2/",
    "products": "de/products/",
    "languages": "de/translation/",
    "translation": "de/translation/de/page/2/",
    "home": "en/",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists") / "site"
    sources = {("shop", f"Source {number}"): 1 for number in range(230)}
    products = {(f"product {number}", "Common"): 1 for number in range(30)}
    write_lists(folder, {("shop", "ShopService"): EVENTS, **sources, **products})
    return folder


@pytest.fixture(scope="module")
def address(folder: Path, serve: Callable[[Path], AbstractContextManager[str]]) -> Iterator[str]:
    with serve(folder) as address:
        yield address


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Open]:
    """Opens a page in a browser of its own."""
    with ExitStack() as stack:

        def open_page(path: str, **options: Any) -> Any:
            context = browser.new_context(**options)
            stack.callback(context.close)
            page = context.new_page()
            page.goto(urljoin(address, path))
            return page

        yield open_page


def ids(page: Any) -> list[int]:
    return [int(text) for text in page.locator(f"{ROWS} > th").all_inner_texts()]


def loaded(page: Any) -> list[str]:
    """The files of rows that the page has asked for."""
    names = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    return [name.rpartition("/")[2] for name in names if "/rows-" in name]


def follow(page: Any, name: str) -> None:
    """Click on a link of the pager and wait for all of the page."""
    page.get_by_role("navigation", name="Pages of this list").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()


def sort_by(page: Any, column: str) -> None:
    page.get_by_role("button", name=column).click()


# Without scripts


def test_an_id_among_thousands_is_one_click_away_without_scripts(open_page: Open, address: str) -> None:
    page = open_page(LIST, java_script_enabled=False)
    page.get_by_role("navigation", name="What is on which page").get_by_role("link", name="1801 – 2000").click()
    assert page.url == f"{address}en/shopservice/page/10/index.html"
    assert page.get_by_role("link", name="1984", exact=True).get_attribute("href") == "../../1984/index.html"


def test_the_pager_leads_through_all_pages_without_scripts(open_page: Open) -> None:
    page = open_page(LIST, java_script_enabled=False)
    seen = ids(page)
    while page.get_by_role("link", name="Next page").count():
        follow(page, "Next page")
        seen += ids(page)
    assert seen == list(range(1, EVENTS + 1))
    follow(page, "Previous page")
    assert ids(page)[-1] == 2200
    follow(page, "1")
    assert ids(page)[0] == 1


# Sorting and filtering the whole list


@pytest.mark.parametrize("path", [LIST, f"{LIST}page/3/"])
def test_sorting_sorts_the_whole_list(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert loaded(page) == []
    before = ids(page)
    sort_by(page, "Event ID")
    expect(page.locator(ROWS).first).to_contain_text("1")
    expect(page.get_by_role("status")).to_have_text("2,300 of 2,300 events. Only the first 200 are shown.")
    assert ids(page) == list(range(1, 201))
    assert sorted(loaded(page)) == ["rows-1.js", "rows-2.js", "rows-3.js"]
    sort_by(page, "Event ID")
    assert ids(page) == list(range(EVENTS, EVENTS - 200, -1))
    expect(page.get_by_role("navigation", name="Pages of this list")).to_be_hidden()
    sort_by(page, "Event ID")
    assert ids(page) == before
    assert page.locator("[aria-sort]").count() == 0
    expect(page.get_by_role("navigation", name="Pages of this list")).to_be_visible()


def test_severities_and_symbols_sort_over_all_pages(open_page: Open) -> None:
    page = open_page(LIST)
    sort_by(page, "Symbolic name")
    expect(page.locator("[data-kb-table]")).not_to_have_attribute("aria-busy", "true")
    names = page.locator(f"{ROWS} > :nth-child(2)").all_inner_texts()
    assert names[0].startswith("AVENT")
    assert names == sorted(names, key=lambda name: (name[0], int(name.rpartition("_")[2])))
    sort_by(page, "Severity")
    assert set(page.locator(f"{ROWS} > :nth-child(3)").all_inner_texts()) == {"Error"}
    sort_by(page, "Severity")
    assert set(page.locator(f"{ROWS} > :nth-child(3)").all_inner_texts()) == {"Information"}


def test_filtering_finds_events_of_other_pages(open_page: Open) -> None:
    page = open_page(f"{LIST}page/3/")
    field = page.get_by_role("searchbox", name="Filter all pages of this list")
    field.fill("1984")
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_role("link", name="1984", exact=True).click()
    assert page.url.endswith("/en/shopservice/1984/index.html")


def test_more_is_shown_on_request_and_takes_the_focus(open_page: Open) -> None:
    page = open_page(LIST)
    field, more = page.get_by_role("searchbox", name="Filter"), page.get_by_role("button", name="Show more")
    assert more.is_hidden()
    field.fill("ERROR queue")
    expect(more).to_be_visible()
    assert len(ids(page)) == 200
    more.focus()
    page.keyboard.press("Enter")
    assert len(ids(page)) == 400
    assert page.evaluate("document.activeElement.textContent") == str(ids(page)[200])
    field.fill("ERROR queue quota7")
    expect(page.get_by_role("status")).to_have_text("14 of 2,300 events")
    assert more.is_hidden()
    field.fill("")
    expect(page.locator(ROWS)).to_have_count(200)
    assert page.get_by_role("status").inner_text() == ""


def test_rows_are_the_same_as_those_of_the_pages(open_page: Open) -> None:
    """Whether the generator has written a row or the script, no reader shall see a difference."""
    html = """() => [...document.querySelectorAll("[data-kb-table] tbody tr")].map(row => {
      const copy = row.cloneNode(true);
      for (const link of copy.querySelectorAll("a")) link.href = row.querySelector("a").href;
      return copy.outerHTML;
    })"""
    page = open_page("de/shopservice/")
    written = page.evaluate(html)
    sort_by(page, "Ereignis-ID")
    expect(page.get_by_role("status")).not_to_have_text("")
    expect(page.locator("[data-kb-table]")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate(html) == written
    assert any('lang="en"' in row for row in written)


def test_a_list_opened_from_disk_sorts_as_a_whole(open_page: Open, folder: Path) -> None:
    page = open_page((folder / LIST / "page/2/index.html").as_uri())
    sort_by(page, "Event ID")
    sort_by(page, "Event ID")
    expect(page.locator(ROWS).first).to_contain_text(str(EVENTS))


def test_a_list_that_cannot_be_read_says_so_and_can_be_asked_again(open_page: Open) -> None:
    page = open_page(LIST)
    page.route("**/rows-2.js", lambda route: route.abort())
    field, status = page.get_by_role("searchbox", name="Filter"), page.get_by_role("status")
    field.fill("1984")
    expect(status).to_have_text("The list of events could not be read.")
    expect(page.get_by_role("navigation", name="Pages of this list")).to_be_visible()
    page.unroute("**/rows-2.js")
    field.fill("1985")
    expect(page.get_by_role("link", name="1985", exact=True)).to_be_visible()


# All of them


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_violation(
    open_page: Open, violations: Callable[[Any], list[Any]], name: str, scheme: str
) -> None:
    page = open_page(PAGES[name], color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.wait_for_timeout(300)
    assert violations(page) == []


def test_no_accessibility_violation_in_a_list_that_is_sorted(
    open_page: Open, violations: Callable[[Any], list[Any]]
) -> None:
    page = open_page(LIST)
    sort_by(page, "Symbolic name")
    expect(page.get_by_role("button", name="Show more")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_on_a_small_telephone(open_page: Open, name: str) -> None:
    page = open_page(PAGES[name], viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_valid_html(folder: Path, invalid_html: Callable[[Iterable[Path]], str]) -> None:
    assert invalid_html(folder / path / "index.html" for path in PAGES.values()) == ""
