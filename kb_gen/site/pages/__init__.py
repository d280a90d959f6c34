"""The pages of a site: one module for each kind, each a function from the site's context to page parts."""

from kb_gen.site.pages.article import ArticlePage, article_page, neighbour_link, product_address
from kb_gen.site.pages.home import HOME_RECENT, home_page
from kb_gen.site.pages.listing import Arrangement, ListedEvent, Listing, ListingRow, listing_row, source_of
from kb_gen.site.pages.lookup import article_words, lookup_page
from kb_gen.site.pages.navigation import navigation
from kb_gen.site.pages.not_found import not_found_body
from kb_gen.site.pages.product import product_pages, products_pages
from kb_gen.site.pages.recent import RECENT, recent_page
from kb_gen.site.pages.root import redirect_page, root_page
from kb_gen.site.pages.rows import row_files
from kb_gen.site.pages.shared_address import shared_address_pages
from kb_gen.site.pages.source import source_pages
from kb_gen.site.pages.symbols import letter_pages, symbols_have_pages, symbols_page
from kb_gen.site.pages.translation import (
    TranslationProgress,
    translation_locale_pages,
    translation_page,
    translation_progress,
)

__all__ = [
    "HOME_RECENT",
    "RECENT",
    "Arrangement",
    "ArticlePage",
    "ListedEvent",
    "Listing",
    "ListingRow",
    "TranslationProgress",
    "article_page",
    "article_words",
    "home_page",
    "letter_pages",
    "listing_row",
    "lookup_page",
    "navigation",
    "neighbour_link",
    "not_found_body",
    "product_address",
    "product_pages",
    "products_pages",
    "recent_page",
    "redirect_page",
    "root_page",
    "row_files",
    "shared_address_pages",
    "source_of",
    "source_pages",
    "symbols_have_pages",
    "symbols_page",
    "translation_locale_pages",
    "translation_page",
    "translation_progress",
]
