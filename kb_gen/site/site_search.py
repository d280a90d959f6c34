"""How readers search a site: through the theme's own index, or through shards and bundles where that would be too big.

Where the theme's index isn't used, it is written all the same, empty: the theme loads it, and takes from it what
separates words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset, Engine, SearchEntry
from kb_gen.site.fulltext import Findable, Indexing, pagefind_program, reader_file
from kb_gen.site.headers import WEBASSEMBLY

__all__ = ["SiteSearch", "search_program"]


def search_program(context: SiteContext) -> Path | None:
    """The program that a site's full-text search is made with, if it needs one.

    Raises:
        MissingPagefindError: if it needs Pagefind and that isn't installed.
    """
    return pagefind_program() if context.search == "pagefind" else None


class SiteSearch:
    """The search of a site.

    Args:
        context: the site.
        entries: everything that can be found, by locale.
        indexing: its full-text index, if it has one.
    """

    def __init__(
        self, context: SiteContext, entries: Mapping[str, Sequence[Findable]], indexing: Indexing | None
    ) -> None:
        self._context = context
        self._entries = entries
        self._indexing = indexing

    def files(self, site: LocaleSite, engine: Engine) -> Iterator[Asset]:
        """What a locale's search consists of, besides the bundles of its full-text index and the shards of `exact`.

        Args:
            site: the locale.
            engine: the site's engine.
        """
        if self._context.search == "material":
            own = [entry for entry in self._entries[site.tag] if isinstance(entry, (SearchEntry, bytes))]
            yield from engine.search_files(site.tag, lambda: iter(own))
            return
        yield from engine.search_files(site.tag, lambda: iter(()))
        yield reader_file(site.localizer, self._indexing.bundles(site.tag) if self._indexing else ())

    @property
    def script_sources(self) -> tuple[str, ...]:
        """What the search needs of the Content-Security-Policy."""
        return (WEBASSEMBLY,) if self._indexing else ()
