"""The lookup page: a pasted log line, an ID, a symbol, or what Event Viewer sends."""

from __future__ import annotations

import msgspec

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset, PageParts
from kb_gen.site.pages.frame import Page, page_parts, render

__all__ = ["article_words", "lookup_page"]


def lookup_page(site: LocaleSite, context: SiteContext) -> PageParts:
    """The page that finds an event for what a reader has at hand; its work is done by a script."""
    title = site.localizer.text("Look up an event")
    body = render("lookup.html", site, "lookup", title=title)
    description = site.localizer.text("Paste a line of a log, an event ID or a symbolic name, and find the article.")
    return page_parts(Page("lookup", title, body, description=description, hide=("toc",)), site, context)


def article_words(site: LocaleSite) -> Asset:
    """A script with the words for articles that show the values of one event, see `values.js`."""
    text = site.localizer.text
    words = {
        "value": text("Value"),
        "note": text(
            "The values in the table and in the commands come from the message that was looked up. They stand in this "
            "page's address behind the #, and your browser tells no server of them. Check a command before you run it."
        ),
        "remove": text("Remove the values"),
    }
    return Asset(f"{site.path}/lookup/article-words.js", b"kbValues.start(%b)\n" % msgspec.json.encode(words))
