"""Articles as their readers will see them, with the unit of each passage written on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb_gen.document import AddressedArticleWriter, Targets, find_targets, units_of
from kb_gen.load import CACHE_FOLDER
from kb_gen.locales import UI_DOMAIN, AddressedLocalizer, AddressOf, Catalogs
from kb_gen.locales.catalogs import catalog_sources, catalogs_of, read_unchecked
from kb_gen.model import KnowledgeBase
from kb_gen.site.context import LocaleSite, SiteContext, site_context
from kb_gen.site.engine_choice import engine_input, kept_engine
from kb_gen.site.engines import Asset
from kb_gen.site.pages import article_page
from kb_gen.site.settings import Settings
from kb_gen.site.theme import theme_assets
from kb_gen.site.worker import neighbour

__all__ = ["Pages", "Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """An article's page.

    Attributes:
        html: the page's file.
        units: the units on it, in their order.
    """

    html: bytes
    units: tuple[str, ...]


class Pages:
    """The article pages of a project in one locale."""

    def __init__(self, settings: Settings, kb: KnowledgeBase, tag: str, address: AddressOf) -> None:
        """Prepare the theme.

        Args:
            settings: the project.
            kb: its records.
            tag: the locale.
            address: gives the names of units that can be worked on.

        Raises:
            ConfigurationError: the project's configuration can't be used.
        """
        self.targets: Targets = find_targets(kb)
        self._kb = kb
        self._tag = tag
        self._address = address
        self._context: SiteContext = site_context(settings, kb, self.targets, _interface(settings))
        self._engine = kept_engine(engine_input(self._context), settings.root / CACHE_FOLDER)
        self.places = {self.targets.book[entry.identity]: place for place, entry in enumerate(kb.entries)}

    def assets(self) -> Iterator[Asset]:
        """What pages load: style sheets, fonts, pictures."""
        yield from self._engine.assets()
        yield from theme_assets()

    def page(self, place: int, catalogs: Catalogs, drafts: Mapping[str, str]) -> Shown:
        """The page of the article at a position.

        Args:
            place: its position in the knowledge base.
            catalogs: what is translated.
            drafts: translations that aren't saved, by unit.
        """
        entries, settings = self._kb.entries, self._context.settings
        localizer = AddressedLocalizer(self._kb, catalogs, self._tag, settings.source_locale, self._address, drafts)
        site = _AddressedSite(self._kb, self.targets, localizer)
        before, after = neighbour(entries, place, -1), neighbour(entries, place, 1)
        page = article_page(entries[place], before, after, site, self._context)
        return Shown(self._engine.page(page.parts), units_of(page.article))


def _interface(settings: Settings) -> Catalogs:
    """The interface's words in all locales. The frame around articles, as a build has kept it, knows no others."""
    found = catalog_sources(settings.root, settings.locales, settings.translations, {})
    sources = {tag: [one for one in own if one.domain == UI_DOMAIN] for tag, own in found.items()}
    return catalogs_of(sources, {one: read_unchecked(one) for own in sources.values() for one in own})


class _AddressedSite(LocaleSite):
    """The locale's side of a site, whose articles know their units."""

    def __init__(self, kb: KnowledgeBase, targets: Targets, localizer: AddressedLocalizer) -> None:
        super().__init__(kb, targets, localizer)
        self.writer = AddressedArticleWriter(kb, localizer, targets)
