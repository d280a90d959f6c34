"""How much of the knowledge base is translated, open to every reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from kb_gen.locales import Coverage
from kb_gen.model import Identity
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import ListingRow
from kb_gen.site.pages.paging import ListPage, list_pages, page_title

__all__ = ["TranslationProgress", "translation_locale_pages", "translation_page", "translation_progress"]

_SOURCES_SHOWN = 100
_GAPS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """How much of a source's articles is translated: its name, address and share."""

    name: str
    address: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class TranslationProgress:
    """How far a locale's articles are translated.

    Attributes:
        total: the share of all of them.
        sources: the share of each source, by address.
        gaps: unfinished articles, those closest to complete first, as many as a page shows.
    """

    total: Coverage
    sources: tuple[SourceCoverage, ...]
    gaps: tuple[ListingRow, ...]


def translation_progress(
    articles: Iterable[tuple[Identity, str, Coverage]], row: Callable[[int], ListingRow]
) -> TranslationProgress:
    """How far some articles are translated.

    Args:
        articles: each one's event, its address below the locale's root, and how much of it is translated.
        row: gives what lists know of an article, by its position among them.
    """
    total = Coverage()
    sources: dict[str, SourceCoverage] = {}
    gaps: list[tuple[int, Identity, int]] = []
    for position, (identity, address, coverage) in enumerate(articles):
        total += coverage
        source = address.partition("/")[0]
        before = sources.get(source)
        sources[source] = SourceCoverage(
            before.name if before else identity.source, source, before.coverage + coverage if before else coverage
        )
        if not coverage.complete:
            gaps.append((coverage.total - coverage.translated, identity, position))
    shown = nsmallest(_GAPS_SHOWN, gaps)
    return TranslationProgress(
        total, tuple([sources[address] for address in sorted(sources)]), tuple([row(place) for _, _, place in shown])
    )


@dataclass(frozen=True, slots=True)
class LocaleCoverage:
    """One locale's share, by source, and its unfinished articles, those closest to complete first.

    Attributes:
        name: what the language's speakers call it.
        tag: its BCP 47 tag.
        path: its first path segment.
        address: the address of its own page, where it has one.
        total: its share.
        sources: the sources shown.
        gaps: the unfinished articles shown.
    """

    name: str
    tag: str
    path: str
    address: str
    total: Coverage
    sources: tuple[SourceCoverage, ...]
    gaps: tuple[ListingRow, ...]


def translation_page(progress: Mapping[str, TranslationProgress], site: LocaleSite, context: SiteContext) -> PageParts:
    """The page with every locale's share; in detail, where that fits on a page."""
    title = site.localizer.text("Translation")
    translated = _translated(context)
    if _fit_on_one_page(progress, context):
        locales = [
            _of_locale(other, progress[tag], progress[tag].sources, _GAPS_SHOWN // len(translated))
            for tag, other in translated.items()
        ]
        body = render("translation.html", site, "translation", title=title, locales=locales)
    else:
        locales = [_of_locale(other, progress[tag], (), 0) for tag, other in translated.items()]
        body = render("translations.html", site, "translation", title=title, locales=locales)
    description = site.localizer.text("How much of this knowledge base is translated into which language.")
    return page_parts(Page("translation", title, body, description=description, hide=("toc",)), site, context)


def translation_locale_pages(
    progress: Mapping[str, TranslationProgress], site: LocaleSite, context: SiteContext
) -> Iterator[PageParts]:
    """The pages with each locale's share in detail, where one page can't show them all."""
    if _fit_on_one_page(progress, context):
        return
    for tag, other in _translated(context).items():
        for page in list_pages(progress[tag].sources, _address(other), lambda source: source.name):
            gaps = _GAPS_SHOWN if page.number == 1 else 0
            shown = _of_locale(other, progress[tag], tuple(page.rows), gaps)
            yield _locale_page(shown, page, site, context)


def _locale_page(
    shown: LocaleCoverage, page: ListPage[SourceCoverage], site: LocaleSite, context: SiteContext
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
    return sum(len(progress[tag].sources) for tag in _translated(context)) <= _SOURCES_SHOWN


def _address(site: LocaleSite) -> str:
    return f"translation/{site.path}"


def _of_locale(
    site: LocaleSite, progress: TranslationProgress, sources: tuple[SourceCoverage, ...], most_gaps: int
) -> LocaleCoverage:
    return LocaleCoverage(
        name=site.localizer.locale.name,
        tag=site.tag,
        path=site.path,
        address=_address(site),
        total=progress.total,
        sources=sources,
        gaps=progress.gaps[:most_gaps],
    )
