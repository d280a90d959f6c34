"""What is wrong with the links of hand-written pages, of which MkDocs tells while it renders them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urljoin, urlsplit

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.load import Sources
from kb_gen.model import RESERVED
from kb_gen.site.context import SiteContext
from kb_gen.site.engines import HandwrittenPage

__all__ = ["page_link_findings"]

_REMARK = re.compile(
    r"Doc file '.*?' contains (?P<what>an? (?:absolute |unrecognized relative )?link '(?P<link>.*?)'.*?)\.?"
    r"(?: Did you mean '(?P<meant>.*)'\?)?",
    re.DOTALL,
)
_NOWHERE = "is not found among documentation files"


def page_link_findings(context: SiteContext, pages: Iterable[HandwrittenPage]) -> Iterator[Diagnostic]:
    """A warning for each link or picture of a hand-written page that leads nowhere, page by page."""
    sources = Sources(context.settings.root)
    addresses: set[str] | None = None
    for page in pages:
        for found in map(_REMARK.fullmatch, page.remarks):
            if found is None:
                continue
            addresses = _addresses(context) if addresses is None else addresses
            nowhere = _NOWHERE in found["what"]
            if nowhere and _leads_to_an_article(page, found["link"], addresses):
                continue
            yield warning(
                "broken-link",
                f"the link `{found['link']}` leads to no page or file" if nowhere else f"the page has {found['what']}",
                _place(context, page, found["link"], sources),
                f"did you mean `{found['meant']}`?" if found["meant"] else "correct the link, or add what is missing",
            )


def _addresses(context: SiteContext) -> set[str]:
    articles = context.targets.book.addresses.values()
    return {*articles, *(address.partition("/")[0] for address in articles)}


def _leads_to_an_article(page: HandwrittenPage, link: str, addresses: set[str]) -> bool:
    """Whether a link leads to a page that the site makes itself, of which MkDocs doesn't know."""
    path = unquote(urlsplit(urljoin(f"/{page.url}", link)).path).removeprefix("/")
    top, _, below = path.partition("/")
    address = below.removesuffix("index.html").strip("/")
    own = top in RESERVED or address.partition("/")[0] in RESERVED
    return own or path == "index.html" or not address or address in addresses


def _place(context: SiteContext, page: HandwrittenPage, link: str, sources: Sources) -> Place | None:
    root = context.settings.root
    if not page.source.is_relative_to(root):
        return None
    path = page.source.relative_to(root).as_posix()
    start = (sources(path) or "").find(link)
    return Place(path, start, start + len(link)) if start >= 0 else Place(path)
