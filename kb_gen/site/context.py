"""One locale's side of a site: who writes its articles, and where its pages are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import msgspec

from kb_gen.document import ArticleWriter, Targets, Volume, product_volumes
from kb_gen.locales import Catalogs, Localizer, SlotLocalizer, has_slots
from kb_gen.model import Identity, KnowledgeBase
from kb_gen.render.html import HtmlRenderer
from kb_gen.site.engines import Alternate
from kb_gen.site.settings import SearchKind, Settings

__all__ = ["LocaleSite", "SiteContext", "page_address", "page_url", "site_context"]


def page_url(path: str, address: str) -> str:
    """A page's URL from the site's root: the locale's path segment, the address below it, and the file."""
    return f"{path}/{address}/index.html" if address else f"{path}/index.html"


def page_address(path: str, url: str) -> str:
    """The inverse of `page_url`: a page's address below its locale's root."""
    return url.removeprefix(f"{path}/").removesuffix("index.html").removesuffix("/")


class LocaleSite:
    """One locale of a site.

    Attributes:
        localizer: words, dates and records in this locale.
        writer: writes this locale's articles.
        path: the locale's first path segment.
    """

    def __init__(self, kb: KnowledgeBase, targets: Targets, localizer: Localizer) -> None:
        self.kb = kb
        self.targets = targets
        self.localizer = localizer
        self.writer = ArticleWriter(kb, localizer, targets)
        self.path = localizer.locale.path
        self._renderers: dict[int, HtmlRenderer] = {}

    @property
    def tag(self) -> str:
        """The locale's BCP 47 tag."""
        return self.localizer.locale.tag

    def renderer(self, depth: int) -> HtmlRenderer:
        """A renderer for pages `depth` folders below the locale's root; its links name `index.html`, for `file://`."""
        if depth not in self._renderers:
            up = "../" * depth
            self._renderers[depth] = HtmlRenderer(lambda address: f"{up}{address}/index.html" if address else up)
        return self._renderers[depth]


@dataclass(frozen=True)
class SiteContext:
    """A whole site: settings, records, catalogs, and every locale's side of it, in the reader's order."""

    settings: Settings
    kb: KnowledgeBase
    catalogs: Catalogs
    targets: Targets
    locales: Mapping[str, LocaleSite]

    @cached_property
    def search(self) -> SearchKind:
        """How readers search this site."""
        return self.settings.search_kind(len(self.kb.entries))

    @cached_property
    def alternate_names(self) -> tuple[tuple[str, str, str], ...]:
        """Tag, path segment and own name of each locale."""
        return tuple((tag, site.path, site.localizer.locale.name) for tag, site in self.locales.items())

    @cached_property
    def has_no_slots(self) -> bool:
        """Whether nothing that articles share has characters in it that slots are written with."""
        kb = self.kb
        shared = msgspec.json.encode((kb.products, kb.categories, kb.snippets)).decode()
        titles = "".join([f"{entry.title}{entry.record.symbolic_name}" for entry in kb.entries])
        return not (has_slots(shared) or has_slots(titles))

    @cached_property
    def slots(self) -> SlotLocalizer:
        """Gives slots for what the locales say. Which of them articles share depends on those that were made before."""
        return SlotLocalizer(self.kb)

    @cached_property
    def slot_site(self) -> LocaleSite:
        """The side of no locale, whose articles have slots."""
        return LocaleSite(self.kb, self.targets, self.slots)

    @cached_property
    def books(self) -> Mapping[str, tuple[Volume, ...]]:
        """The volumes of each product, by its key, if the site has PDF files."""
        return {} if self.settings.pdf == "none" else product_volumes(self.kb)

    @cached_property
    def volumes(self) -> Mapping[Identity, Volume]:
        """The volume of each article, if the site has PDF files."""
        volumes = chain.from_iterable(self.books.values())
        return {entry.identity: volume for volume in volumes for entry in volume.entries}

    def alternates(self, address: str) -> tuple[Alternate, ...]:
        """The page at `address` in every locale."""
        return tuple(Alternate(tag, name, page_url(path, address)) for tag, path, name in self.alternate_names)

    def edit_url(self, path: str) -> str | None:
        """Where a source file can be edited, None where the project says nothing of it."""
        base = self.settings.edit_base
        return f"{base.rstrip('/')}/{path}" if base else None


def site_context(settings: Settings, kb: KnowledgeBase, targets: Targets, catalogs: Catalogs) -> SiteContext:
    """A site of `kb` in all of the project's locales."""
    sites = {
        tag: LocaleSite(kb, targets, Localizer(kb, catalogs, tag, settings.source_locale)) for tag in settings.locales
    }
    return SiteContext(settings, kb, catalogs, targets, sites)
