"""All symbolic names, A to Z: on one page, or on some for each letter where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts, TocEntry
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import ListedEvent, Listing
from kb_gen.site.pages.paging import ROWS, ListPage, list_pages, page_title, row_spans, span_items
from kb_gen.site.pages.rows import symbol_rows

__all__ = ["letter_pages", "symbols_have_pages", "symbols_page"]

_MOST_SPANS = 400


def symbols_page(listing: Listing, site: LocaleSite, context: SiteContext) -> PageParts:
    """The page of symbolic names; where they are many, the one that leads to them."""
    title = site.localizer.text("Symbolic names")
    description = site.localizer.text("All symbolic names with the events they belong to, from A to Z.")
    letters = listing.by_letter
    if not symbols_have_pages(letters):
        groups = [(f"letter-{_name(letter)}", letter, symbol_rows(rows, "../")) for letter, rows in letters.items()]
        body = render("symbols.html", site, "symbols", title=title, groups=groups)
        toc = tuple(TocEntry(letter, anchor) for anchor, letter, _ in groups)
        return page_parts(Page("symbols", title, body, description=description, toc=toc), site, context)
    most = max(_MOST_SPANS // len(letters), 1)
    counted = [
        (
            _name(letter),
            letter,
            len(rows),
            span_items(row_spans(rows, _symbol, most), f"{_name(letter)}/") if len(rows) > ROWS else "",
        )
        for letter, rows in letters.items()
    ]
    body = render("letters.html", site, "symbols", title=title, letters=counted)
    return page_parts(Page("symbols", title, body, description=description, hide=("toc",)), site, context)


def symbols_have_pages(letters: Mapping[str, Sequence[ListedEvent]]) -> bool:
    """Whether each letter has pages of its own, because all symbolic names don't fit on one."""
    return sum(map(len, letters.values())) > ROWS


def letter_pages(
    letter: str, letters: Mapping[str, Sequence[ListedEvent]], site: LocaleSite, context: SiteContext
) -> Iterator[PageParts]:
    """The pages of a letter, where `symbols_have_pages`.

    Args:
        letter: one of `letters`.
        letters: the events of each letter, as `Listing.by_letter` has them.
        site: the locale.
        context: the site.
    """
    for page in list_pages(letters[letter], _address(letter), _symbol):
        yield _letter_page(letter, page, tuple(letters), site, context)


def _letter_page(
    letter: str, page: ListPage[ListedEvent], letters: tuple[str, ...], site: LocaleSite, context: SiteContext
) -> PageParts:
    name = site.localizer.text("Symbolic names")
    title = page_title(f"{name}: {letter}", page, site)
    body = render(
        "letter.html",
        site,
        page.address,
        title=title,
        crumbs=[Crumb(name, "symbols")],
        letter=letter,
        letters=[(other, _address(other)) for other in letters],
        page=page,
        rows=symbol_rows(page.rows, "../" * (page.address.count("/") + 1)),
    )
    parts = Page(page.address, title, body, description=title, active="symbols", hide=("toc",))
    return page_parts(parts, site, context)


def _name(letter: str) -> str:
    """What stands for a letter in anchors and addresses."""
    return letter.lower() if letter.isalpha() else "other"


def _address(letter: str) -> str:
    return f"symbols/{_name(letter)}"


def _symbol(row: ListedEvent) -> str:
    return row.identity.symbolic_name
