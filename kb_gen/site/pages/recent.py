"""What changed last."""

from __future__ import annotations

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.frame import Page, page_parts, render
from kb_gen.site.pages.listing import Listing

__all__ = ["RECENT", "recent_page"]

RECENT = 100
"""How many events the page shows."""


def recent_page(listing: Listing, site: LocaleSite, context: SiteContext) -> PageParts:
    """The page of the latest changes."""
    title = site.localizer.text("Recently changed")
    body = render("recent.html", site, "recent", title=title, rows=listing.latest(RECENT))
    description = site.localizer.text("The articles that changed last, newest first.")
    return page_parts(Page("recent", title, body, description=description, hide=("toc",)), site, context)
