"""What a build leaves for the next one in the same process, so that a small change costs little.

Nothing here is ever out of date by itself: each thing is kept together with all that it was made from, and is made
again when any of that differs. The exception is the theme's frame, which depends on files that only the theme, its
plugins and MkDocs know; whoever builds again says when one of those may have changed. And the site's vocabulary, by
which the search takes compound words apart, is gathered anew only when something changes that all articles share.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from kb_gen.load import CACHE_FOLDER, FileResult, read_file
from kb_gen.locales import SHARED_DOMAIN, UI_DOMAIN, CatalogFile, CatalogSource, read_catalog, record_domain
from kb_gen.markup import parse_event_target
from kb_gen.model import Entry, Identity
from kb_gen.site.context import SiteContext
from kb_gen.site.engine_choice import EngineInput, engine_input, kept_engine
from kb_gen.site.engines import Asset, Engine, HandwrittenPage, PageParts, SearchEntry
from kb_gen.site.kept_pages import PageMemory
from kb_gen.site.search import site_texts
from kb_gen.site.terms import gather_vocabulary
from kb_gen.site.worker import MadePage, neighbour

__all__ = ["Ingredients", "Kept"]

T = TypeVar("T")


class PageKey(NamedTuple):
    """An article in a locale, which is named by its BCP 47 tag."""

    locale: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class Ingredients:
    """All that an article's page is made from, apart from what it shares with every other of its locale."""

    shared: int
    entry: Entry
    before: Identity | None
    after: Identity | None
    others: tuple[object, ...]


class Kept:
    """What earlier builds found out. One for each project and output folder, and for one build at a time."""

    def __init__(self) -> None:
        self._files: dict[Hashable, tuple[Hashable, Any]] = {}
        self._same: dict[Hashable, Any] = {}
        self._shared: dict[str, tuple[int, object]] = {}
        self._count = 0
        self._engine: tuple[EngineInput, _KeptEngine] | None = None
        self._vocabulary: tuple[Hashable, frozenset[str]] | None = None
        self._pages: dict[PageKey, tuple[Ingredients, MadePage]] = {}

    def forget_frame(self) -> None:
        """Forget what depends on the theme, on hand-written pages and on MkDocs' configuration."""
        self._engine = None

    def read_file(self, root: Path, path: str) -> FileResult:
        """As `kb_gen.load.read_file`."""
        return self._of_file(root / path, (path,), lambda: read_file(root, path))

    def read_catalog(self, source: CatalogSource) -> CatalogFile:
        """As `kb_gen.locales.read_catalog`."""
        return self._of_file(source.root / source.path, (source,), lambda: read_catalog(source))

    def engine(self, context: SiteContext) -> Engine:
        """The engine for a site."""
        wanted = engine_input(context)
        if self._engine is None or self._engine[0] != wanted:
            self._engine = wanted, _KeptEngine(kept_engine(wanted, context.settings.root / CACHE_FOLDER))
        return self._engine[1]

    def vocabulary(self, context: SiteContext) -> frozenset[str]:
        """The words of a site, or of one that differed from it in single articles only."""
        shared = tuple(self._shared_by(tag, context) for tag in context.locales)
        if self._vocabulary is None or self._vocabulary[0] != shared:
            self._vocabulary = shared, gather_vocabulary(site_texts(context))
        return self._vocabulary[1]

    def ingredients(self, tag: str, context: SiteContext) -> Iterator[Ingredients]:
        """What each article's page in a locale is made from, in the knowledge base's order."""
        shared = self._shared_by(tag, context)
        entries = context.kb.entries
        for position, entry in enumerate(entries):
            before, after = neighbour(entries, position, -1), neighbour(entries, position, 1)
            yield Ingredients(
                shared,
                entry,
                before.identity if before else None,
                after.identity if after else None,
                tuple(self._others(entry, tag, context)),
            )

    def pages(self, context: SiteContext) -> PageMemory:
        """The pages that the last build made of a site."""
        return _Remembered(self, context, self._pages)

    def keep_pages(self, pages: Mapping[PageKey, tuple[Ingredients, MadePage]]) -> None:
        """Keep these pages, all of a site's, and no others."""
        self._pages = dict(pages)

    def _others(self, entry: Entry, tag: str, context: SiteContext) -> Iterator[object]:
        """The article's catalog; then the articles that it shows the summary of, with theirs."""
        yield self._catalog(tag, record_domain(entry.record, context.kb), context)
        for reference in entry.record.related:
            parsed = parse_event_target(reference.removeprefix("event:"))
            target = context.targets.find(*parsed) if parsed else None
            if target is not None and target.entry is not None:
                yield target.entry
                yield self._catalog(tag, record_domain(target.entry.record, context.kb), context)

    def _shared_by(self, tag: str, context: SiteContext) -> int:
        """A number for what all pages of a locale share; the same as long as that is."""
        kb, targets = context.kb, context.targets
        shared = (
            context.settings,
            id(self.engine(context)),
            (kb.products, kb.categories, kb.snippets, kb.paths),
            [(entry.identity, targets.book[entry.identity]) for entry in kb.entries],
            targets.book.shared,
            self._catalog(tag, UI_DOMAIN, context),
            self._catalog(tag, SHARED_DOMAIN, context),
        )
        found = self._shared.get(tag)
        if found is None or found[1] != shared:
            self._count += 1
            found = self._shared[tag] = self._count, shared
        return found[0]

    def _catalog(self, tag: str, domain: str, context: SiteContext) -> object:
        """A catalog; the same object as in the last build if nothing in it has changed, which is fast to compare."""
        catalog = context.catalogs.catalog(tag, domain)
        kept = self._same.get((tag, domain))
        if kept is None or (kept is not catalog and kept != catalog):
            kept = self._same[tag, domain] = catalog
        return kept

    def _of_file(self, file: Path, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """What `make` makes of a file, or has made of it as it is."""
        # Taken first: if the file changes meanwhile, what is kept is thrown away the next time.
        state = _state(file)
        found = self._files.get(key)
        if state is None or found is None or found[0] != state:
            found = self._files[key] = state, make()
        result: T = found[1]
        return result


def _state(file: Path) -> Hashable:
    """What differs whenever a file's content does."""
    try:
        status = os.stat(file)  # noqa: PTH116 - thousands of them in a row
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class _Remembered:
    """The pages of a site as the last build in this process made them."""

    def __init__(self, kept: Kept, context: SiteContext, known: Mapping[PageKey, tuple[Ingredients, MadePage]]) -> None:
        self._kept = kept
        self._known = known
        self._made_from = {tag: list(kept.ingredients(tag, context)) for tag in context.locales}

    def recall(self) -> dict[str, list[MadePage | None]]:
        """What pages yielded that were made from the same; their files are as they were then."""
        return {tag: [self._find(tag, one) for one in made_from] for tag, made_from in self._made_from.items()}

    def _find(self, tag: str, made_from: Ingredients) -> MadePage | None:
        found = self._known.get(PageKey(tag, made_from.entry.identity))
        if found is None or found[0] != made_from:
            return None
        result = found[1]
        return replace(result, written=tuple([file._replace(changed=False) for file in result.written]))

    @property
    def prints(self) -> None:
        """None: what pages are made from is known by the things themselves."""

    def prepare(self) -> None:
        """Nothing: what pages are made from is known already."""

    def keep(self, pages: Mapping[str, Sequence[MadePage]]) -> None:
        """Keep what these pages yielded, all of a site's, and no others."""
        self._kept.keep_pages(
            {
                PageKey(tag, one.entry.identity): (one, page)
                for tag, own in pages.items()
                for one, page in zip(self._made_from[tag], own, strict=True)
            }
        )


class _KeptEngine:
    """An engine that renders hand-written pages once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._handwritten: tuple[HandwrittenPage, ...] | None = None

    def page(self, parts: PageParts) -> bytes:
        return self._engine.page(parts)

    def handwritten(self) -> Iterator[HandwrittenPage]:
        if self._handwritten is None:
            self._handwritten = tuple(self._engine.handwritten())
        return iter(self._handwritten)

    def assets(self) -> Iterator[Asset]:
        return self._engine.assets()

    def inline_scripts(self) -> frozenset[str]:
        return self._engine.inline_scripts()

    def search_document(self, entry: SearchEntry) -> bytes:
        return self._engine.search_document(entry)

    def search_files(self, locale: str, entries: Callable[[], Iterator[SearchEntry | bytes]]) -> Iterator[Asset]:
        return self._engine.search_files(locale, entries)

    def not_found(self, bodies: Mapping[str, str]) -> bytes:
        return self._engine.not_found(bodies)

    def evidence(self) -> bytes | None:
        return self._engine.evidence()
