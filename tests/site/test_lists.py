"""The pages that list events: as many as are needed, none of them large, each event on one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import msgspec
import pytest
from long_lists import list_files, long_listing, sample_context
from site_samples import context_of, listings

from kb_gen.document import Text, Words
from kb_gen.site.pages import Listing, navigation, shared_address_pages
from kb_gen.site.pages.listing import brief

LARGEST = 150_000
EVENTS = {("shop", "ShopService"): 2300, ("shop", "ShopPrint"): 200}
MANY_SOURCES = {("shop", f"Source {number}"): 2 for number in range(500)}
MANY_PRODUCTS = {(f"product {number}", f"Source {number}"): 2 for number in range(230)}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return _files(EVENTS)


def _files(events: Mapping[tuple[str, str], int]) -> dict[str, bytes]:
    context = sample_context()
    return list_files({tag: long_listing(tag, events) for tag in context.locales}, context)


def _rows(page: bytes) -> list[str]:
    """The IDs in a page's table, in order."""
    return re.findall(r'<tr><th scope="row"><a href="[^"]*">([^<]*)</a>', page.decode())


def _links(page: bytes) -> set[str]:
    return set(re.findall(r'<a[^>]* href="([^"#]+)', page.decode()))


def _target(url: str, link: str) -> str:
    parts: list[str] = []
    for part in (*PurePosixPath(url).parent.parts, *link.split("/")):
        if part == "..":
            parts.pop()
        elif part:
            parts.append(part)
    return "/".join(parts)


def test_a_source_has_pages_of_200_events_each(files: dict[str, bytes]) -> None:
    pages = [files["de/shopservice/index.html"]]
    pages += [files[f"de/shopservice/page/{number}/index.html"] for number in range(2, 13)]
    assert "de/shopservice/page/13/index.html" not in files
    assert [event for page in pages for event in _rows(page)] == [str(number) for number in range(1, 2301)]


def test_a_source_with_one_page_has_no_pager_and_no_further_files(files: dict[str, bytes]) -> None:
    page = files["en/shopprint/index.html"].decode()
    assert len(_rows(page.encode())) == 200
    assert "kb-pager" not in page
    assert "kb-spans" not in page
    assert [url for url in files if url.startswith("en/shopprint/page")] == []


def test_links_between_list_pages_lead_to_pages(files: dict[str, bytes]) -> None:
    for url, content in files.items():
        if url.endswith(".html"):
            for link in _links(content):
                if "/page/" in link or re.match(r"\.\./\d+/", link):
                    assert _target(url, link) in files, (url, link)


def test_every_page_links_the_page_of_every_event(files: dict[str, bytes]) -> None:
    for url in ("en/shopservice/index.html", "en/shopservice/page/7/index.html"):
        page = files[url].decode()
        (link,) = re.findall(r'<a (?:aria-current="page" )?href="([^"]*)">1801 – 2000</a>', page)
        assert "1984" in _rows(files[_target(url, link)])


def test_the_pager_names_the_pages_around(files: dict[str, bytes]) -> None:
    page = files["en/shopservice/page/7/index.html"].decode()
    pager = page[page.index('class="kb-pager"') :]
    assert re.findall(r'href="([^"]*)"[^>]*>(\d+)</a>', pager) == [
        ("../../index.html", "1"),
        ("../5/index.html", "5"),
        ("../6/index.html", "6"),
        ("../7/index.html", "7"),
        ("../8/index.html", "8"),
        ("../9/index.html", "9"),
        ("../12/index.html", "12"),
    ]
    assert '<a rel="prev" href="../6/index.html">' in pager
    assert '<a rel="next" href="../8/index.html">' in pager
    first = files["en/shopservice/index.html"].decode()
    assert 'rel="prev"' not in first
    assert '<a rel="next" href="page/2/index.html">' in first
    second = files["en/shopservice/page/2/index.html"].decode()
    assert '<a rel="prev" href="../../index.html">' in second


def test_all_rows_of_a_long_list_are_there_as_data(files: dict[str, bytes]) -> None:
    events = []
    for number in (1, 2, 3):
        data = files[f"de/shopservice/page/rows-{number}.js"]
        assert data.startswith(b"kbRows(")
        assert data.endswith(b");\n")
        source, own, severities, rows = msgspec.json.decode(b"[" + data[7:-3] + b"]")
        assert (source, own) == ("shopservice", number)
        assert {key for key, _ in severities} == {"error", "warning", "information"}
        events += [row[0] for row in rows]
    assert events == [str(number) for number in range(1, 2301)]


def test_an_edit_changes_the_files_with_its_row_only() -> None:
    context = sample_context()
    before = {tag: long_listing(tag, EVENTS) for tag in context.locales}
    rows = list(before["de"].rows)
    rows[1500] = replace(rows[1500], summary=Words((Text("Etwas anderes."),)))
    after = {**before, "de": Listing(tuple(rows))}
    old, new = list_files(before, context), list_files(after, context)
    assert {url for url in old | new if old.get(url) != new.get(url)} == {
        "de/shopservice/page/8/index.html",
        "de/shopservice/page/rows-2.js",
    }


def test_no_page_is_large_whatever_summaries_say() -> None:
    context = sample_context()
    found = {}
    for tag in context.locales:
        rows = [
            replace(
                row,
                identity=row.identity._replace(symbolic_name=f"EVENT_TRANSPORT_CONNECTOR_{row.identity.id}_REFUSED"),
                summary=Words((Text("Übermäßig lange Sätze & Wörter. " * 20),), "en"),
            )
            for row in long_listing(tag, {("shop", "ShopService"): 50_000 if tag == "en" else 1}).rows
        ]
        found[tag] = Listing(tuple(rows))
    sizes = {url: len(content) for url, content in list_files(found, context).items() if url.endswith(".html")}
    assert max(sizes.values()) <= LARGEST
    assert len(sizes) > 500


@pytest.mark.parametrize("events", [EVENTS, MANY_SOURCES, MANY_PRODUCTS])
def test_no_page_is_large_whatever_there_is_much_of(events: Mapping[tuple[str, str], int]) -> None:
    assert max(len(content) for url, content in _files(events).items() if url.endswith(".html")) <= LARGEST


def test_symbolic_names_have_a_page_for_each_letter_where_they_are_many(files: dict[str, bytes]) -> None:
    named = [row for row in long_listing("en", EVENTS).rows if row.identity.symbolic_name]
    pages = {url: content for url, content in files.items() if re.match(r"en/symbols/.", url)}
    links = [link for url, page in pages.items() if url != "en/symbols/index.html" for link in _links(page)]
    events = [link for link in links if re.search(r"shop(service|print)/\d+/index\.html$", link)]
    assert len(events) == len(named)
    index = files["en/symbols/index.html"]
    for url in pages:
        if url.count("/") == 3:
            assert url in {_target("en/symbols/index.html", link) for link in _links(index)}


def test_few_symbolic_names_stay_on_one_page() -> None:
    files = _files({("shop", "ShopService"): 200})
    assert [url for url in files if url.startswith("en/symbols/")] == ["en/symbols/index.html"]
    assert 'href="#letter-e"' in files["en/symbols/index.html"].decode()


def test_a_product_with_many_sources_has_several_pages() -> None:
    files = _files(MANY_SOURCES)
    for number in ("", "page/2/", "page/3/"):
        assert f"de/products/shop/{number}index.html" in files
    assert "de/translation/de/page/3/index.html" in files
    linked = {_target("de/translation/index.html", link) for link in _links(files["de/translation/index.html"])}
    assert "de/translation/de/index.html" in linked
    linked = {_target(url, link) for url, page in files.items() if "/products/shop/" in url for link in _links(page)}
    assert {f"de/source-{number}/index.html" for number in range(500)} <= linked


def test_many_products_are_listed_on_pages_of_their_own() -> None:
    files = _files(MANY_PRODUCTS)
    assert 'href="products/index.html"' in files["en/index.html"].decode()
    assert "206 more products" in files["en/index.html"].decode()
    linked = {_target(url, link) for url, page in files.items() if "en/products/" in url for link in _links(page)}
    assert {f"en/products/product-{number}/index.html" for number in range(230)} <= linked


def test_the_navigation_stays_small_with_many_products_and_sources() -> None:
    context = sample_context()
    entries = []
    first = context.kb.entries[0]
    for product, source in (*MANY_PRODUCTS, *MANY_SOURCES):
        record = msgspec.structs.replace(first.record, product=product, source=source)
        entries.append(msgspec.structs.replace(first, record=record))
    many = replace(context, kb=msgspec.structs.replace(context.kb, entries=tuple(entries)))
    items = navigation(context.locales["de"], many)
    assert [item.title for item in items] == [
        "Startseite",
        "Ereignissuche",
        "Produkte",
        "Symbolische Namen",
        "Zuletzt geändert",
        "Übersetzung",
    ]


def test_no_page_of_a_list_has_an_address_that_a_record_can_have(files: dict[str, bytes]) -> None:
    """Records, and the redirects that `former` asks for, stand two segments below the locale."""
    further = [url.split("/")[1:-1] for url in files if "/page/" in url]
    assert further
    assert all(len(segments) >= 3 or segments[1:] == ["page"] for segments in further)
    files_beside = [url for url in files if url.startswith("en/shopservice/page/") and url.count("/") == 3]
    assert files_beside == [f"en/shopservice/page/rows-{number}.js" for number in (1, 2, 3)]


def test_events_that_share_an_address_have_pages_where_they_are_hundreds(tmp_path: Path) -> None:
    (tmp_path / "content/shop/shop").mkdir(parents=True)
    (tmp_path / "content/products.yml").write_text("shop:\n  name: Shop\n", encoding="utf-8")
    (tmp_path / "content/shop/shop/0.yml").write_text(
        "".join(f"- id: 0\n  source: Shop\n  product: shop\n  symbolic_name: E{number:03d}\n" for number in range(201)),
        encoding="utf-8",
    )
    context = context_of(tmp_path)
    pages = list(shared_address_pages(listings(context)["de"], context.locales["de"], context))
    assert [page.url for page in pages] == ["de/shop/0/index.html", "de/shop/0/page/2/index.html"]
    assert "../../../../shop/0-e200/index.html" in pages[1].body


def test_sources_that_products_share_are_listed_by_id() -> None:
    context = sample_context()
    events = {("a", "ShopService"): 150, ("b", "ShopService"): 150}
    files = list_files({tag: long_listing(tag, events) for tag in context.locales}, context)
    assert _rows(files["en/shopservice/index.html"])[:4] == ["1", "1", "2", "2"]
    assert _rows(files["en/shopservice/page/2/index.html"])[0] == "101"


def test_a_long_summary_is_cut_between_words() -> None:
    long = Words((Text("Sehr lange, " * 30),), "de")
    (text,) = brief(long).inlines
    assert isinstance(text, Text)
    assert len(text.text) <= 202
    assert re.fullmatch(r"(Sehr lange, )*Sehr( lange)? …", text.text)
    assert brief(long).lang == "de"
    short = Words((Text("Kurz."),))
    assert brief(short) is short
