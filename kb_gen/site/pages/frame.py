"""What all generated pages share: their templates, breadcrumbs and parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kb_gen.locales import Language, Passage, Share, marked
from kb_gen.render.html import identifier_html
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import Link, PageParts, TocEntry
from kb_gen.site.pages.listing import brief

__all__ = ["Crumb", "Page", "page_parts", "render"]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path to a page: its title and address below the locale's root."""

    title: str
    address: str


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kb_gen.site.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _marked_up(passage: Passage, tag: str) -> Markup:
    """Interface words, inside an element that names their language where it isn't the page's."""
    if passage.lang == tag:
        return escape(passage.text)
    return Markup('<span lang="{}">{}</span>').format(passage.lang, passage.text)


def render(template: str, site: LocaleSite, address: str, **values: object) -> str:
    """A page's body from one of the templates, which may use `ui`, `text`, `plural`, `words` and `href`.

    `ui` is for what a reader reads, `text` for attributes, which can't name their language.
    """
    depth = address.count("/") + 1 if address else 0
    renderer = site.renderer(depth)
    localizer = site.localizer
    return (
        _environment()
        .get_template(template)
        .render(
            text=localizer.text,
            ui=lambda msgid, **values: _marked_up(localizer.ui(msgid, **values), site.tag),
            plural=localizer.plural,
            marked=marked,
            number=localizer.number,
            percent=localizer.percent,
            share_of_one=Share,
            source_language=Language(localizer.source_language),
            date=localizer.date,
            words=renderer.words,
            brief=brief,
            blocks=renderer.blocks,
            identifier=identifier_html,
            href=renderer.href,
            root="../" * (depth + 1),
            home="../" * depth + "index.html",
            **values,
        )
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page before it is given to the engine."""

    address: str
    title: str
    body: str
    description: str = ""
    toc: tuple[TocEntry, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    source_path: str = ""
    active: str | None = None
    hide: tuple[str, ...] = ()


def page_parts(page: Page, site: LocaleSite, context: SiteContext) -> PageParts:
    """The parts that an engine makes a finished page from."""
    return PageParts(
        locale=site.tag,
        url=page_url(site.path, page.address),
        title=page.title,
        description=page.description,
        body=page.body,
        toc=page.toc,
        previous=page.previous,
        next=page.next,
        edit_url=context.edit_url(page.source_path) if page.source_path else None,
        alternates=context.alternates(page.address),
        active=page_url(site.path, page.active) if page.active is not None else None,
        hide=page.hide,
    )
