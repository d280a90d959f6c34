"""How much of the knowledge base is translated, open to every reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from kb_gen.locales import Coverage
from kb_gen.model import Identity
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import ListedEvent
from kb_gen.site.pages.paging import ListPage, list_pages, page_title
from kb_gen.site.pages.product import product_name

__all__ = ["TranslationProgress", "translation_locale_pages", "translation_page", "translation_progress"]

_ROWS_SHOWN = 100
_GAPS_SHOWN = 100
_CHARTED = 40


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """How much of a source's articles is translated: its product, name, address and share."""

    product: str
    name: str
    address: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class TranslationProgress:
    """How far a locale's articles are translated.

    Attributes:
        total: the share of all of them.
        articles: how many there are.
        sources: the share of each source, by product and address.
        gaps: unfinished articles, those closest to complete first, as many as a page shows.
        unfinished: how many of these there are.
    """

    total: Coverage
    articles: int
    sources: tuple[SourceCoverage, ...]
    gaps: tuple[ListedEvent, ...]
    unfinished: int


def translation_progress(
    articles: Iterable[tuple[Identity, str, Coverage]], row: Callable[[int], ListedEvent]
) -> TranslationProgress:
    """How far some articles are translated.

    Args:
        articles: each one's event, its address below the locale's root, and how much of it is translated.
        row: gives what lists know of an article, by its position among them.
    """
    counts: dict[tuple[str, str], tuple[str, list[Coverage]]] = {}
    gaps: list[tuple[int, Identity, int]] = []
    for position, (identity, address, coverage) in enumerate(articles):
        key = identity.product, address.partition("/")[0]
        own = counts.get(key)
        if own is None:
            own = counts[key] = (identity.source, [])
        own[1].append(coverage)
        if coverage.outdated or coverage.missing:
            gaps.append((coverage.total - coverage.translated, identity, position))
    sources = [SourceCoverage(key[0], name, key[1], _sum(own)) for key, (name, own) in sorted(counts.items())]
    shown = nsmallest(_GAPS_SHOWN, gaps)
    return TranslationProgress(
        _sum([source.coverage for source in sources]),
        sum([len(own) for _, own in counts.values()]),
        tuple(sources),
        tuple([row(place) for _, _, place in shown]),
        len(gaps),
    )


def _sum(counts: Sequence[Coverage]) -> Coverage:
    return Coverage(
        sum([each.translated for each in counts]),
        sum([each.outdated for each in counts]),
        sum([each.missing for each in counts]),
    )


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A row of a chart and of a table: what it is about, where its own page is, and its share.

    Attributes:
        name: a language, a product or a source.
        address: the address of its page below the locale's root; empty where it has none.
        coverage: its share.
        tag: the BCP 47 tag of a language, which its name is written in; empty for others.
        sums: whether the rows below are its parts.
    """

    name: str
    address: str
    coverage: Coverage
    tag: str = ""
    sums: bool = False


@dataclass(frozen=True, slots=True)
class LocaleCoverage:
    """One locale's share, by product and source, and its unfinished articles, those closest to complete first.

    Attributes:
        name: what the language's speakers call it.
        tag: its BCP 47 tag.
        path: its first path segment.
        address: the address of its own page, where it has one.
        total: its share.
        articles: how many articles there are.
        complete: how many of them are completely translated.
        products: the shares of products, for a chart; none where there is one only, or more than a chart can show.
        rows: the products and sources shown.
        gaps: the unfinished articles shown.
    """

    name: str
    tag: str
    path: str
    address: str
    total: Coverage
    articles: int
    complete: int
    products: tuple[CoverageRow, ...]
    rows: tuple[CoverageRow, ...]
    gaps: tuple[ListedEvent, ...]


def translation_page(progress: Mapping[str, TranslationProgress], site: LocaleSite, context: SiteContext) -> PageParts:
    """The page with every locale's share; in detail, where that fits on a page."""
    title = site.localizer.text("Translation")
    translated = _translated(context)
    in_detail = _fit_on_one_page(progress, context)
    locales = []
    for tag, other in translated.items():
        rows = _rows(progress[tag], context) if in_detail else ()
        locales.append(_of_locale(other, progress[tag], rows, _GAPS_SHOWN // len(translated) if in_detail else 0))
    languages = [
        CoverageRow(each.name, f"#{each.path}" if in_detail else each.address, each.total, each.tag) for each in locales
    ]
    body = render(
        "translation.html",
        site,
        "translation",
        title=title,
        languages=languages[:_CHARTED],
        locales=locales,
        in_detail=in_detail,
    )
    description = site.localizer.text("How much of this knowledge base is translated into which language.")
    return page_parts(Page("translation", title, body, description=description, hide=("toc",)), site, context)


def translation_locale_pages(
    progress: Mapping[str, TranslationProgress], site: LocaleSite, context: SiteContext
) -> Iterator[PageParts]:
    """The pages with each locale's share in detail, where one page can't show them all."""
    if _fit_on_one_page(progress, context):
        return
    for tag, other in _translated(context).items():
        rows = _rows(progress[tag], context)
        for page in list_pages(rows, _address(other), lambda row: row.name):
            gaps = _GAPS_SHOWN if page.number == 1 else 0
            shown = _of_locale(other, progress[tag], tuple(page.rows), gaps, _charted(rows) if page.number == 1 else ())
            yield _locale_page(shown, page, site, context)


def _locale_page(
    shown: LocaleCoverage, page: ListPage[CoverageRow], site: LocaleSite, context: SiteContext
) -> PageParts:
    name = site.localizer.text("Translation")
    own = f"{name}: {shown.name}"
    title = page_title(own, page, site)
    body = render(
        "translation_locale.html",
        site,
        page.address,
        title=title,
        crumbs=[Crumb(name, "translation"), *([Crumb(own, shown.address)] if page.number > 1 else [])],
        locale=shown,
        page=page,
    )
    parts = Page(page.address, title, body, description=title, active="translation", hide=("toc",))
    return page_parts(parts, site, context)


def _translated(context: SiteContext) -> dict[str, LocaleSite]:
    source = context.settings.source_locale
    return {tag: site for tag, site in context.locales.items() if tag != source}


def _fit_on_one_page(progress: Mapping[str, TranslationProgress], context: SiteContext) -> bool:
    return sum(len(_rows(progress[tag], context)) for tag in _translated(context)) <= _ROWS_SHOWN


def _rows(progress: TranslationProgress, context: SiteContext) -> tuple[CoverageRow, ...]:
    """The sources, below the product that they belong to where there are several."""
    products: dict[str, list[SourceCoverage]] = {}
    for source in progress.sources:
        products.setdefault(source.product, []).append(source)
    rows: list[CoverageRow] = []
    for product, sources in products.items():
        if len(products) > 1:
            together = sum((source.coverage for source in sources), Coverage())
            name = product_name(product, context)
            rows.append(CoverageRow(name, product_address(product), together, sums=True))
        rows += [CoverageRow(source.name, source.address, source.coverage) for source in sources]
    return tuple(rows)


def _charted(rows: Iterable[CoverageRow]) -> tuple[CoverageRow, ...]:
    products = tuple(row for row in rows if row.sums)
    return products if len(products) <= _CHARTED else ()


def _address(site: LocaleSite) -> str:
    return f"translation/{site.path}"


def _of_locale(
    site: LocaleSite,
    progress: TranslationProgress,
    rows: tuple[CoverageRow, ...],
    most_gaps: int,
    products: tuple[CoverageRow, ...] | None = None,
) -> LocaleCoverage:
    return LocaleCoverage(
        name=site.localizer.locale.name,
        tag=site.tag,
        path=site.path,
        address=_address(site),
        total=progress.total,
        articles=progress.articles,
        complete=progress.articles - progress.unfinished,
        products=_charted(rows) if products is None else products,
        rows=rows,
        gaps=progress.gaps[:most_gaps],
    )
