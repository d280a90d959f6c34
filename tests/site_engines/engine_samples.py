from __future__ import annotations

from pathlib import Path

from kb_gen.site.engines import (
    Alternate,
    Link,
    LocaleShape,
    NavigationItem,
    PageParts,
    TocEntry,
)

LOCALES = {"en": ("English", "ltr"), "de": ("Deutsch", "ltr"), "ar": ("العربية", "rtl")}
LABELS = {"de": {"Switch to dark mode": "Zum „dunklen“ Modus wechseln"}}
NASTY = """<b>&amp;"'{{ page }}{% raw %} \\1 #kbslot0:body:kbslot0# <h1>#kbslot1:body:kbslot1#</h1> ü"""

MKDOCS_YML = """\
site_name: Knowledge base
site_url: https://kb.example.com/base/
theme:
  name: material
  features:
    - navigation.footer
    - content.action.edit
    - content.action.view
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - toc:
      permalink: true
  - pymdownx.highlight
  - pymdownx.superfences
"""


def navigation(tag: str) -> tuple[NavigationItem, ...]:
    return (
        NavigationItem("Home & co", f"{tag}/index.html"),
        NavigationItem(
            "Sources",
            None,
            (
                NavigationItem("MSExchangeTransport", f"{tag}/msexchangetransport/index.html"),
                NavigationItem("ESE <b>", f"{tag}/ese/index.html"),
            ),
        ),
        NavigationItem(
            "Symbols",
            f"{tag}/symbols/index.html",
            (NavigationItem("S", f"{tag}/symbols/s/index.html"),),
        ),
        NavigationItem("Find an event", f"{tag}/lookup/index.html"),
    )


def shapes(pages: Path | None = None) -> list[LocaleShape]:
    return [
        LocaleShape(
            tag,
            name,
            direction,
            f"Knowledge & “{tag}”",
            f"All <events> in {tag}",
            f"{tag}/index.html",
            navigation(tag),
            pages / tag if pages else None,
        )
        for tag, (name, direction) in LOCALES.items()
    ]


def alternates(path: str, exact: tuple[str, ...] = tuple(LOCALES)) -> tuple[Alternate, ...]:
    return tuple(
        Alternate(tag, name, f"{tag}/{path}" if tag in exact else f"{tag}/index.html", tag in exact)
        for tag, (name, _) in LOCALES.items()
    )


def record_page(tag: str = "en", source: str = "msexchangetransport", number: str = "1024") -> PageParts:
    title = f"MSExchangeTransport {number}"
    return PageParts(
        locale=tag,
        url=f"{tag}/{source}/{number}/index.html",
        title=title,
        description="SMTP rejected a mail.",
        body=f'<h1 id="top">{title}</h1>\n<p>SMTP rejected a mail.</p>\n'
        '<h2 id="explanation">Explanation</h2><p>Text.</p><h2 id="action">User action</h2><p>Text.</p>',
        toc=(TocEntry("Explanation", "explanation"), TocEntry("User action", "action")),
        alternates=alternates(f"{source}/{number}/index.html"),
        active=f"{tag}/{source}/index.html",
    )


def link(tag: str, number: str) -> Link:
    return Link(f"MSExchangeTransport {number}", f"{tag}/msexchangetransport/{number}/index.html")
