"""The lookup page: a pasted log line, an ID, a symbol, or what Event Viewer sends."""

from __future__ import annotations

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.frame import Page, page_parts, render

__all__ = ["lookup_page"]


def lookup_page(site: LocaleSite, context: SiteContext) -> PageParts:
    """The page that finds an event for what a reader has at hand; its work is done by a script."""
    title = site.localizer.text("Look up an event")
    body = render("lookup.html", site, "lookup", title=title)
    description = site.localizer.text("Paste a line of a log, an event ID or a symbolic name, and find the article.")
    return page_parts(Page("lookup", title, body, description=description, hide=("toc",)), site, context)
