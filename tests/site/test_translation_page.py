"""The page on translation: a chart, tables with the same numbers, and what is nearest to complete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from golden_files import assert_golden
from long_lists import event_row, sample_context

from kb_gen.locales import Coverage
from kb_gen.model import Identity
from kb_gen.site import pages
from kb_gen.site.context import SiteContext
from kb_gen.site.pages import ListingRow, TranslationProgress

Shares = Mapping[tuple[str, str], tuple[Coverage, ...]]

SHARES: Shares = {
    ("shop", "ShopPrint"): (Coverage(3), Coverage(1, 1, 0)),
    ("shop", "ShopService"): (Coverage(0, 2, 8), Coverage(10), Coverage(9, 0, 1)),
    ("till", "Till <&>"): (Coverage(0, 0, 4),),
}


def progress_of(shares: Shares) -> TranslationProgress:
    """Articles of some sources, each with its share."""
    articles: list[tuple[Identity, str, Coverage]] = []
    rows: list[ListingRow] = []
    for (product, source), own in shares.items():
        for number, coverage in enumerate(own, 1):
            row = replace(event_row("de", product, source, number), coverage=coverage)
            rows.append(row)
            articles.append((row.identity, row.address, coverage))
    return pages.translation_progress(articles, rows.__getitem__)


def with_products(names: Mapping[str, str]) -> SiteContext:
    """The sample's site with further products."""
    context = sample_context()
    first = next(iter(context.kb.products.values()))
    more = {key: msgspec.structs.replace(first, name=name) for key, name in names.items()}
    kb = msgspec.structs.replace(context.kb, products={**context.kb.products, **more})
    return replace(context, kb=kb)


def bodies(shares: Shares, context: SiteContext) -> Iterator[tuple[str, str]]:
    """All pages on translation in German, by address."""
    progress = {tag: progress_of(shares) for tag in context.locales}
    site = context.locales["de"]
    for parts in (
        pages.translation_page(progress, site, context),
        *pages.translation_locale_pages(progress, site, context),
    ):
        yield parts.url, parts.body


def test_the_golden_page() -> None:
    ((_, body),) = bodies(SHARES, with_products({"till": "Till"}))
    assert_golden("translation.de.html", body)


def test_the_parts_of_a_whole_add_up() -> None:
    progress = progress_of(SHARES)
    assert progress.total == Coverage(23, 3, 13)
    assert sum((source.coverage for source in progress.sources), Coverage()) == progress.total
    assert (progress.articles, progress.unfinished) == (6, 4)
    gaps = [row.coverage.total - row.coverage.translated for row in progress.gaps]
    assert gaps == [1, 1, 4, 10]
    ((_, body),) = bodies(SHARES, with_products({"till": "Till"}))
    assert "2 von 6 Artikeln sind vollständig übersetzt." in body
    product = re.search(r'kb-coverage__product"><th scope="row"><a [^>]*>Shop Server</a></th>(.*?)</tr>', body)
    assert product is not None
    assert re.findall(r'kb-number">(\d+)<', product[1]) == ["23", "3", "9"]


def test_a_site_of_one_product_has_no_rows_for_it() -> None:
    shop = {key: shares for key, shares in SHARES.items() if key[0] == "shop"}
    ((_, body),) = bodies(shop, sample_context())
    assert "kb-coverage__product" not in body
    assert body.count("kb-chart__name") == 1


def test_many_products_stand_on_pages_of_their_own_without_a_chart_of_all() -> None:
    shares = {(f"product-{number}", f"Source {number}"): (Coverage(1, 1, 1),) for number in range(300)}
    found = dict(bodies(shares, with_products({f"product-{number}": f"Product {number}" for number in range(300)})))
    assert list(found) == [
        "de/translation/index.html",
        "de/translation/de/index.html",
        "de/translation/de/page/2/index.html",
        "de/translation/de/page/3/index.html",
    ]
    assert all(len(body.encode()) < 130_000 for body in found.values())
    assert 'href="../translation/de/index.html"' in found["de/translation/index.html"]
    assert [body.count("<figure") for body in found.values()] == [1, 0, 0, 0]
    assert ['id="de-gaps"' in body for body in found.values()] == [False, True, False, False]


def test_nothing_outdated_takes_no_room_in_a_bar() -> None:
    body = next(body for _, body in bodies({("shop", "ShopPrint"): (Coverage(3, 0, 1),)}, sample_context()))
    assert "kb-bar__outdated" not in body
    assert '<rect width="75.0" height="8"/></svg>' in body


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_are_as_long_as_they_say_on_wide_and_narrow_screens(
    browser: Any, http_site: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{http_site}de/translation/")
    bar = page.locator(".kb-chart .kb-bar").first
    box, filled = bar.bounding_box(), bar.locator("rect").first.bounding_box()
    share = page.locator(".kb-chart__share").first.inner_text()
    assert box["width"] > 80
    assert abs(filled["width"] / box["width"] * 100 - int(re.sub(r"\D", "", share))) <= 1
    tracks = bar.evaluate(
        "bar => [getComputedStyle(bar).backgroundColor, getComputedStyle(bar.firstElementChild).fill]"
    )
    assert tracks[0] != tracks[1]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    name = page.locator(".kb-chart__name a").first
    name.click()
    assert page.url.endswith("#de")
    page.close()
