"""What changed last."""

from __future__ import annotations

from heapq import nlargest
from operator import itemgetter

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.frame import Page, page_parts, render
from kb_gen.site.pages.listing import Listing, ListingRow

__all__ = ["latest", "recent_page"]

_SHOWN = 100


def latest(listing: Listing, most: int) -> list[ListingRow]:
    """The events that changed last, newest first."""
    dated = [(row.modified, row) for row in listing.rows if row.modified]
    return [row for _, row in nlargest(most, dated, key=itemgetter(0))]


def recent_page(listing: Listing, site: LocaleSite, context: SiteContext) -> PageParts:
    """The page of the latest changes."""
    title = site.localizer.text("Recently changed")
    body = render("recent.html", site, "recent", title=title, rows=latest(listing, _SHOWN))
    description = site.localizer.text("The articles that changed last, newest first.")
    return page_parts(Page("recent", title, body, description=description, hide=("toc",)), site, context)
