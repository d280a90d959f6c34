"""The sitemap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from site_samples import FIXTURES, context_of

from kb_gen.site.engines import Alternate, Asset
from kb_gen.site.sitemap import SitemapPage, canonical_url, sitemap_files, sitemap_of

SITE = "https://kb.example/events/"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def parsed(asset: Asset) -> ET.Element:
    assert isinstance(asset.content, bytes)
    return ET.fromstring(asset.content)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("de/ese/474/index.html", "https://kb.example/events/de/ese/474/"),
        ("index.html", "https://kb.example/events/"),
        ("de/über uns/index.html", "https://kb.example/events/de/%C3%BCber%20uns/"),
        ("de/my-index.html", "https://kb.example/events/de/my-index.html"),
    ],
)
def test_canonical_addresses_are_absolute_and_name_folders(url: str, canonical: str) -> None:
    assert canonical_url(url, SITE) == canonical
    assert canonical_url(url, SITE.rstrip("/")) == canonical


def test_a_page_names_itself_in_every_locale() -> None:
    alternates = (
        Alternate("en", "English", "en/a/index.html"),
        Alternate("pt-BR", "Português", "pt-br/a/index.html"),
        Alternate("de", "Deutsch", "de/index.html", exact=False),
    )
    (asset,) = sitemap_of([SitemapPage("en/a/index.html", dt.date(2011, 3, 19), alternates)], SITE)
    (page,) = parsed(asset)
    assert page.findtext("s:loc", namespaces=NAMES) == f"{SITE}en/a/"
    assert page.findtext("s:lastmod", namespaces=NAMES) == "2011-03-19"
    assert [(link.get("hreflang"), link.get("href")) for link in page.findall("x:link", NAMES)] == [
        ("en", f"{SITE}en/a/"),
        ("pt-BR", f"{SITE}pt-br/a/"),
        ("x-default", f"{SITE}en/a/"),
    ]


def test_all_articles_are_listed_once_and_handed_pages_first() -> None:
    context = context_of(FIXTURES / "lookup", SITE)
    (asset,) = sitemap_files(context, [SitemapPage("en/a&b/index.html")])
    places = [page.findtext("s:loc", namespaces=NAMES) for page in parsed(asset)]
    assert places[0] == f"{SITE}en/a&b/"
    assert len(places) == len(set(places)) == 1 + 2 * len(context.kb.entries)
    assert f"{SITE}de/msexchangeis/12003-storefaultold/" in places


def test_there_is_none_where_the_address_of_the_site_is_unknown() -> None:
    context = context_of(FIXTURES / "lookup")
    assert list(sitemap_files(context, [])) == []


def test_a_large_one_is_cut_and_indexed() -> None:
    def pages() -> Iterator[SitemapPage]:
        for number in range(100_001):
            yield SitemapPage(f"en/{number}/index.html")

    assets = list(sitemap_of(pages(), SITE))
    assert [asset.url for asset in assets] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert [len(parsed(asset)) for asset in assets] == [50_000, 50_000, 1, 3]
    assert parsed(assets[-1])[2].findtext("s:loc", namespaces=NAMES) == f"{SITE}sitemap-3.xml"
