"""The HTML of what Zensical's theme can't be asked for page by page, in the shape of the theme's own templates.

Everything from a page's parts is escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import escape

from kb_gen.site.engines import Alternate, Link, PageParts, TocEntry

__all__ = ["address", "alternate_items", "head_links", "neighbour_values", "page_values", "relative"]


def relative(url: str, page: str) -> str:
    """The address of `url` as seen from `page`; both from the site's root."""
    here, there = page.split("/")[:-1], url.split("/")
    common = 0
    for ours, theirs in zip(here, there[:-1], strict=False):
        if ours != theirs:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def address(url: str, site_url: str) -> str:
    """The absolute address of a page, without the file name that a web server adds by itself."""
    return site_url + url.removesuffix("index.html")


def page_values(parts: PageParts, site_name: str, home: str) -> dict[str, str | None]:
    """The values of the slots of an article and of its place in the document."""
    title = str(escape(parts.title))
    name = str(escape(site_name))
    edit = None if parts.edit_url is None else str(escape(parts.edit_url))
    return {
        "title": title,
        "document-title": name if parts.url == home else f"{title} - {name}",
        "description": str(escape(parts.description)),
        "body": parts.body,
        "contents": "" if parts.toc else None,
        "contents-items": _contents(parts.toc),
        "edit": edit,
        "edit-url": edit,
        "raw-url": edit and edit.replace("/blob/" if "/blob/" in edit else "/edit/", "/raw/"),
        **{f"hide-{part}": "hidden" if part in parts.hide else "" for part in ("navigation", "toc", "footer")},
    }


def _contents(entries: Sequence[TocEntry]) -> str:
    return "".join(_contents_item(entry) for entry in entries)


def _contents_item(entry: TocEntry) -> str:
    title = escape(entry.title)
    inner = _contents(entry.children)
    children = f'<nav class="md-nav" aria-label="{title}"><ul class="md-nav__list">{inner}</ul></nav>' if inner else ""
    return (
        f'<li class="md-nav__item"><a href="#{escape(entry.anchor)}" class="md-nav__link"><span class="md-ellipsis">'
        f'<span class="md-typeset">{title}</span></span></a>{children}</li>\n'
    )


def neighbour_values(page: str, previous: Link | None, following: Link | None) -> dict[str, str | None]:
    """The values of the slots that lead to the pages before and after."""
    values: dict[str, str | None] = {"neighbours": "" if previous or following else None}
    for side, link in (("previous", previous), ("next", following)):
        values[side] = None if link is None else ""
        if link is not None:
            values[f"{side}-url"] = str(escape(relative(link.url, page)))
            values[f"{side}-title"] = str(escape(link.title))
    return values


def head_links(
    page: str, alternates: Sequence[Alternate], neighbours: Mapping[str, str | None], site_url: str, home: str
) -> str:
    """Canonical address, neighbours and counterparts for the document's head."""
    links = []
    if site_url:
        links.append(f'<link rel="canonical" href="{escape(address(page, site_url))}">')
    links += [
        f'<link rel="{rel}" href="{neighbours[f"{side}-url"]}">'
        for side, rel in (("previous", "prev"), ("next", "next"))
        if neighbours.get(side) is not None
    ]
    exact = [alternate for alternate in alternates if alternate.exact]
    # The space keeps the theme's script from fetching a site map beside each of them.
    links += [
        f'<link rel="alternate " href="{_counterpart(alternate.url, page, site_url)}" '
        f'hreflang="{escape(alternate.locale)}">'
        for alternate in exact
    ]
    default = "index.html" if page == home else alternates[0].url if alternates and alternates[0].exact else None
    if default is not None and alternates:
        links.append(f'<link rel="alternate " href="{_counterpart(default, page, site_url)}" hreflang="x-default">')
    return "\n      ".join(links)


def _counterpart(url: str, page: str, site_url: str) -> str:
    return str(escape(address(url, site_url) if site_url else relative(url, page)))


def alternate_items(alternates: Sequence[Alternate], links: Sequence[str], locale: str) -> str:
    """The items of the language switch.

    Args:
        alternates: the page in every locale.
        links: their addresses as seen from the page.
        locale: the page's own locale.
    """
    return "\n        ".join(
        f'<li class="md-select__item"><a href="{escape(link)}" hreflang="{escape(alternate.locale)}" '
        f'lang="{escape(alternate.locale)}" class="md-select__link"'
        f"{' aria-current=' + chr(34) + 'true' + chr(34) if alternate.locale == locale else ''}>"
        f"{escape(alternate.name)}</a></li>"
        for alternate, link in zip(alternates, links, strict=True)
    )
