"""Hand-written Markdown pages: rendered by MkDocs, with a language switch and entries for the search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup, escape
from material.plugins.search.plugin import SearchPlugin  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page

from kb_gen.site.engines import Asset, HandwrittenPage, SearchEntry
from kb_gen.site.engines.mkdocs.frame import AlternateLink, Frame, logged
from kb_gen.site.engines.mkdocs.search import SEARCH_PLUGIN
from kb_gen.site.engines.mkdocs.shells import address

__all__ = ["handwritten_pages", "static_files"]


def handwritten_pages(
    frames: Mapping[str, Frame], site_url: str, warn: Callable[[str], None]
) -> Iterator[HandwrittenPage]:
    """Render the pages of all locales.

    Args:
        frames: the site's locales, in order.
        site_url: the site's own absolute address, or nothing.
        warn: told what MkDocs has to say, such as links to anchors that don't exist.
    """
    for tag, frame in frames.items():
        for file in frame.files.documentation_pages():
            if file.page is None:
                continue
            remarks = [*frame.remarks.get(file.src_uri, ())]
            with logged(warn), logged(remarks.append):
                page = _rendered(tag, file.page, frames, site_url)
            yield replace(page, remarks=tuple(remarks))


def static_files(frame: Frame) -> Iterator[Asset]:
    """What lies beside a locale's hand-written pages, such as pictures."""
    for file in frame.files:
        if not file.is_documentation_page() and file.inclusion.value > InclusionLevel.DRAFT.value:
            content = file.content_bytes if file.abs_src_path is None else Path(file.abs_src_path)
            yield Asset(file.dest_uri, content)


def _rendered(tag: str, page: Page, frames: Mapping[str, Frame], site_url: str) -> HandwrittenPage:
    frame = frames[tag]
    if page.canonical_url:
        page.canonical_url = address(page.url, site_url)
    alternates = [_alternate(page.file, other, tag, site_url) for other in frames.values()]
    default = alternates[0].address if alternates[0].exact else None
    if page.url == frame.shape.home:
        default = site_url or "index.html"
    html = frame.render(page, alternates, default)
    page.validate_anchor_links(files=frame.files, log_level=frame.config.validation.links.anchors)
    return HandwrittenPage(
        locale=tag,
        url=page.file.dest_uri,
        title=_plain(page.title or ""),
        source=Path(page.file.abs_src_path or page.file.src_uri),
        html=html.encode("utf-8", "xmlcharrefreplace"),
        search=tuple(_search_entries(tag, page, frame.config)),
    )


def _alternate(file: File, other: Frame, current: str, site_url: str) -> AlternateLink:
    counterpart = other.files.get_file_from_path(file.src_uri)
    exact = counterpart is not None and counterpart.inclusion.value > InclusionLevel.DRAFT.value
    url = counterpart.url if counterpart is not None and exact else other.shape.home
    return AlternateLink(
        lang=other.shape.tag,
        name=str(escape(other.shape.name)),
        link=url,
        address=address(url, site_url) if site_url else url,
        exact=exact,
        current=other.shape.tag == current,
    )


def _search_entries(tag: str, page: Page, config: MkDocsConfig) -> Iterator[SearchEntry]:
    """What Material's search plugin has gathered from the page while it was rendered."""
    plugin = config.plugins[SEARCH_PLUGIN]
    if not isinstance(plugin, SearchPlugin) or not plugin.config.enabled:
        return
    for entry in plugin.search_index.entries:
        url = entry["location"]
        if url.partition("#")[0] == page.url:
            yield SearchEntry(tag, url, _plain(entry["title"]), _plain(entry["text"]))


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - what comes out is text
