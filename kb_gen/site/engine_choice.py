"""Which engine a site is rendered with, and everything that engine is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kb_gen.locales import marked
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import Engine, LocaleShape, SearchScripts
from kb_gen.site.pages import navigation
from kb_gen.site.theme import SCRIPTS, SEARCH_SCRIPTS, STYLESHEETS

if TYPE_CHECKING:
    from kb_gen.site.engines.mkdocs import MkDocsEngine

__all__ = ["EngineInput", "engine_input", "kept_engine", "make_engine"]

_LABELS = (marked("Switch to dark mode"), marked("Switch to light mode"), marked("Switch to system preference"))


@dataclass(frozen=True, slots=True)
class EngineInput:
    """What an engine is made from, besides the files of theme and project that it reads.

    Attributes:
        engine: its name: `mkdocs` or `zensical`.
        config_file: the project's `mkdocs.yml`.
        shapes: the site's locales.
        labels: texts of the theme's colour scheme switch, by locale and English text.
        search: what takes the place of the theme's own search, if anything does.
    """

    engine: str
    config_file: Path
    shapes: tuple[LocaleShape, ...]
    labels: Mapping[str, Mapping[str, str]]
    search: SearchScripts | None = None


def engine_input(context: SiteContext) -> EngineInput:
    """What the engine of a site is made from."""
    settings = context.settings
    return EngineInput(
        settings.engine,
        settings.config_file,
        tuple(_shape(site, context) for site in context.locales.values()),
        {tag: {label: site.localizer.text(label) for label in _LABELS} for tag, site in context.locales.items()},
        None if context.search == "material" else SEARCH_SCRIPTS,
    )


def kept_engine(wanted: EngineInput, cache: Path) -> Engine:
    """The engine that the settings name, which answers from what earlier builds left in a cache folder if it can.

    Zensical is made anew each time: it is a program of its own, of which it can't be told what it reads.
    """
    if wanted.engine == "zensical":
        return make_engine(wanted)
    from kb_gen.site.engines import mkdocs  # noqa: PLC0415 - as in `make_engine`

    made_from = repr((wanted, STYLESHEETS, SCRIPTS)).encode("utf-8", "surrogatepass")
    return mkdocs.kept_engine(wanted.config_file, wanted.shapes, made_from, cache, partial(_mkdocs_engine, wanted))


def make_engine(wanted: EngineInput) -> Engine:
    """The engine that the settings name, prepared for the site's locales."""
    if wanted.engine == "zensical":
        from kb_gen.site.engines.zensical import ZensicalEngine  # noqa: PLC0415 - an extra, absent in most installations

        return ZensicalEngine(
            wanted.config_file, wanted.shapes, labels=wanted.labels, stylesheets=STYLESHEETS, scripts=SCRIPTS
        )
    return _mkdocs_engine(wanted)


def _mkdocs_engine(wanted: EngineInput) -> MkDocsEngine:
    from kb_gen.site.engines.mkdocs import MkDocsEngine  # noqa: PLC0415 - only the chosen engine's libraries are needed

    return MkDocsEngine(
        wanted.config_file,
        wanted.shapes,
        labels=wanted.labels,
        stylesheets=STYLESHEETS,
        scripts=SCRIPTS,
        search=wanted.search,
    )


def _shape(site: LocaleSite, context: SiteContext) -> LocaleShape:
    settings = context.settings
    pages = settings.pages / site.path
    return LocaleShape(
        tag=site.tag,
        name=site.localizer.locale.name,
        direction=site.localizer.locale.direction,
        site_name=settings.site_names.get(site.tag, settings.site_name),
        site_description=settings.site_descriptions.get(site.tag, ""),
        home=page_url(site.path, ""),
        navigation=navigation(site, context),
        pages=pages if pages.is_dir() else None,
    )
