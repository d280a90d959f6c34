"""A locale's lists and what its search and lookup know: groups of files, each made from few things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kb_gen.site.context import SiteContext
from kb_gen.site.engines import Engine
from kb_gen.site.kept_groups import KeptGroups, WrittenGroup
from kb_gen.site.list_groups import Everywhere, Group, LocaleLists
from kb_gen.site.outputs import Output, Written
from kb_gen.site.pages import TranslationProgress
from kb_gen.site.prints import version_at
from kb_gen.site.site_search import SiteSearch

__all__ = ["Lists", "ListsMadeFrom", "WrittenLists"]

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]")


class WrittenLists(NamedTuple):
    """A locale's lists as they were written: all files, and the URLs of those that are pages."""

    files: list[Written]
    pages: list[str]


@dataclass(frozen=True, slots=True)
class ListsMadeFrom:
    """What tells whether lists would be made of the same again.

    Attributes:
        version: what all lists of a locale depend on besides articles, by locale.
        articles: what each article is made from, by locale, in the knowledge base's order.
    """

    version: Mapping[str, bytes]
    articles: Mapping[str, Sequence[bytes]]


@dataclass(frozen=True)
class Lists:
    """The lists of a site.

    Attributes:
        context: the site.
        engine: puts the theme around pages.
        output: where the site is.
        everywhere: what lists of all locales have in common.
        progress: how far articles are translated, by locale.
        search: the site's search.
        cache: the folder for packs.
        made_from: tells what needn't be made again; without it, everything is made.
    """

    context: SiteContext
    engine: Engine
    output: Output
    everywhere: Everywhere
    progress: Mapping[str, TranslationProgress]
    search: SiteSearch
    cache: Path
    made_from: ListsMadeFrom | None

    def write(self, tag: str) -> WrittenLists:
        """Write a locale's lists, those that others have to do with included."""
        made_from = self.made_from
        version = version_at(made_from.version[tag], self.output) if made_from else None
        kept = KeptGroups(self.cache, f"lists-{_NOT_IN_NAMES.sub('-', tag)}", version, self.output)
        result = WrittenLists([], [])
        for group in self._groups(tag):
            written = kept.written(group.name, group.made_from, partial(self._made, group, kept))
            result.files.extend(written.files)
            result.pages.extend(written.pages)
        self.output.flush()
        kept.keep()
        return result

    def _made(self, group: Group, kept: KeptGroups) -> WrittenGroup:
        pages = [kept.publish(parts.url, self.engine.page(parts)) for parts in group.pages()]
        files = [kept.publish(asset.url, asset.data()) for asset in group.files()]
        return WrittenGroup((*pages, *files), tuple([page.url for page in pages]))

    def _groups(self, tag: str) -> Iterator[Group]:
        made_from = self.made_from
        return LocaleLists(
            self.context,
            self.context.locales[tag],
            self.engine,
            self.search,
            self.everywhere,
            self.progress,
            made_from.articles if made_from else {},
        ).groups()
