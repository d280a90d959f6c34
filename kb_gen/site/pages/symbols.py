"""All symbolic names, A to Z."""

from __future__ import annotations

from itertools import groupby

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts, TocEntry
from kb_gen.site.pages.frame import Page, page_parts, render
from kb_gen.site.pages.listing import Listing, ListingRow

__all__ = ["symbols_page"]


def _letter(row: ListingRow) -> str:
    first = row.identity.symbolic_name[0].upper()
    return first if "A" <= first <= "Z" else "#"


def symbols_page(listing: Listing, site: LocaleSite, context: SiteContext) -> PageParts:
    """The page of symbolic names. Symbols are identifiers: they sort by their characters in every locale."""
    named = [row for row in listing.rows if row.identity.symbolic_name]
    named.sort(key=lambda row: (_letter(row), row.identity.symbolic_name.lower(), row.identity))
    groups = [(letter, tuple(rows)) for letter, rows in groupby(named, key=_letter)]
    title = site.localizer.text("Symbolic names")
    anchors = {letter: f"letter-{letter.lower()}" if letter != "#" else "letter-other" for letter, _ in groups}
    body = render("symbols.html", site, "symbols", title=title, groups=groups, anchors=anchors)
    toc = tuple(TocEntry(letter, anchors[letter]) for letter, _ in groups)
    description = site.localizer.text("All symbolic names with the events they belong to, from A to Z.")
    return page_parts(Page("symbols", title, body, description=description, toc=toc), site, context)
