"""Pages without the theme: the root, which chooses a language, and the redirects from former addresses."""

from __future__ import annotations

from kb_gen.site.context import SiteContext
from kb_gen.site.pages.frame import render

__all__ = ["redirect_page", "root_page"]


def root_page(context: SiteContext) -> str:
    """The page at the site's root: a list of languages, and a script that goes to the reader's."""
    first = next(iter(context.locales.values()))
    locales = [
        {
            "tag": tag,
            "path": path,
            "name": name,
            "direction": context.locales[tag].localizer.locale.direction,
        }
        for tag, path, name in context.alternate_names
    ]
    return render(
        "root.html",
        first,
        "",
        site_name=context.settings.site_name,
        site_url=context.settings.site_url,
        locales=locales,
        lang=first.tag,
    )


def redirect_page(context: SiteContext, locale: str, address: str, title: str) -> str:
    """The page that stands at a former address (two folders below the locale's root) of the article at `address`."""
    site = context.locales[locale]
    base = context.settings.site_url
    canonical = f"{base}{site.path}/{address}/" if base else ""
    return render(
        "redirect.html", site, "former/address", article=address, title=title, canonical=canonical, lang=locale
    )
