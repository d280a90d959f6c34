"""An event's article as a page."""

from __future__ import annotations

from dataclasses import dataclass

from kb_gen.document import Article, Section, plain
from kb_gen.model import Entry, slug
from kb_gen.render.html import Html, escaped
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import Link, PageParts, TocEntry
from kb_gen.site.page_pdf import pdf_links
from kb_gen.site.pages.frame import Page, page_parts

__all__ = ["ArticlePage", "article_page", "neighbour_link", "product_address"]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A record, its article, and the parts of its page."""

    entry: Entry
    article: Article
    parts: PageParts


def product_address(key: str) -> str:
    """The address of a product's page."""
    return f"products/{slug(key)}"


def _toc(sections: tuple[Section, ...], level: int = 2) -> tuple[TocEntry, ...]:
    return tuple(
        [
            TocEntry(plain(section.title.inlines), section.anchor, level, _toc(section.sections, level + 1))
            for section in sections
        ]
    )


def _crumbs(product: str, name: str, source: str, site: LocaleSite) -> Html:
    """The path to an article: the pages of its locale, product and source."""
    label, home = escaped(site.localizer.text("Path to this page")), escaped(site.localizer.text("Home"))
    return (
        f'<nav class="kb-path" aria-label="{label}"><ol><li><a href="../../index.html">{home}</a></li>'
        f'<li><a href="../../{product_address(product)}/index.html">{escaped(name)}</a></li>'
        f'<li><a href="../index.html">{escaped(source)}</a></li></ol></nav>\n'
    )


def neighbour_link(site: LocaleSite, entry: Entry | None) -> Link | None:
    """The link to the article before or after, if there is one."""
    if entry is None:
        return None
    return Link(entry.title, page_url(site.path, site.targets.book[entry.identity]))


def article_page(
    entry: Entry,
    previous: Entry | None,
    following: Entry | None,
    site: LocaleSite,
    context: SiteContext,
    banner: str | None = None,
) -> ArticlePage:
    """The page of one event between its neighbours in the source; `banner` stands in the place of its banner."""
    article = site.writer.article(entry)
    record = entry.record
    product = context.kb.products.get(record.product)
    crumbs = _crumbs(record.product, product.name if product else record.product, record.source, site)
    symbol = f" – {article.symbolic_name}" if article.symbolic_name else ""
    links = pdf_links(article.address, context.volumes.get(entry.identity), context.settings.pdf, site.localizer)
    page = Page(
        address=article.address,
        title=f"{article.title}{symbol}",
        body=crumbs + links + str(site.renderer(2).article(article, banner)),
        description=article.description,
        toc=_toc(article.sections),
        previous=neighbour_link(site, previous),
        next=neighbour_link(site, following),
        source_path=entry.path,
        active=product_address(record.product),
    )
    return ArticlePage(entry, article, page_parts(page, site, context))
