"""The site from the project's files, in one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace as changed
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from kb_gen.diagnostics import Diagnostic, Severity, in_order
from kb_gen.document import find_targets
from kb_gen.load import CACHE_FOLDER, collection_paused
from kb_gen.locales import Coverage, translation_gaps
from kb_gen.markup import parse_event_target
from kb_gen.model import slug, source_address
from kb_gen.site.apart import apart
from kb_gen.site.api import site_files
from kb_gen.site.context import SiteContext, page_address, page_url, site_context
from kb_gen.site.engines import Alternate, Asset, ConfigurationError, SearchEntry
from kb_gen.site.fulltext import Findable, Indexing, IndexRecord, Portion, Shelf, Shelved
from kb_gen.site.headers import header_files
from kb_gen.site.kept import Kept
from kb_gen.site.kept_groups import KeptGroups, WrittenGroup
from kb_gen.site.kept_pages import KeptPages, PageMemory
from kb_gen.site.last_build import BuildInputs, Ordered, build_inputs, is_edit, keep_outcome
from kb_gen.site.list_groups import Everywhere
from kb_gen.site.lists import Lists, ListsMadeFrom, WrittenLists
from kb_gen.site.outcome import Outcome
from kb_gen.site.outputs import Disk, Look, Output, Publication, Written
from kb_gen.site.page_links import page_link_findings
from kb_gen.site.pages import TranslationProgress, not_found_body, redirect_page, root_page, translation_progress
from kb_gen.site.printing import Printer, StartMethod
from kb_gen.site.prints import article_prints, list_versions, program_version, version_at
from kb_gen.site.progress import Clock, Progress, Timing
from kb_gen.site.reading import Project, read_project
from kb_gen.site.settings import Settings
from kb_gen.site.site_search import SiteSearch, search_program
from kb_gen.site.sitemap import SitemapPage, sitemap_files, sitemap_made_from
from kb_gen.site.theme import theme_assets
from kb_gen.site.told import Event, events_of, listed_events
from kb_gen.site.worker import MadePage, PageMaker, batches, make_pages
from kb_gen.site.workers import Processes, Workers, shared

__all__ = ["build_site", "look_through"]

_FEW = 60
"""So many articles are made sooner than the processes that would share the work."""

_MANY = 20_000
"""With more events than this, lists are made by one process, and nothing beside them: half a gigabyte less at 50,000,
for five seconds."""

_LARGE = 80_000_000
"""With more bytes of records than this, pages are made by a process of its own: half a gigabyte less at 50,000."""


@collection_paused()
def build_site(  # noqa: PLR0913 - nearly all have to be named
    settings: Settings,
    output: Output | None = None,
    *,
    strict: bool = False,
    replace: bool = False,
    jobs: int | None = None,
    workers: Workers | None = None,
    progress: Progress | None = None,
    kept: Kept | None = None,
    inputs: BuildInputs | None = None,
    printer: Printer | None = None,
) -> Outcome:
    """Build the whole site.

    Nothing is written if there are errors. Files that don't change aren't touched; files that no longer belong to the
    site are removed at the end.

    Args:
        settings: what to build.
        output: where to; the folder `settings.site_dir` by default.
        strict: whether missing and outdated translations, and warnings, keep the site from being built.
        replace: whether the output may be taken over even though something else has written to it.
        jobs: how many processes of this machine work at a time; as many as there are processors by default.
        workers: who reads records and makes articles, if not these processes.
        progress: is told how far the build is.
        kept: what earlier builds of this site left, and what this one leaves for the next.
        inputs: what there is to read, for callers that have looked.
        printer: makes PDF files, if the settings ask for them.

    Raises:
        ConfigurationError: if the project's `mkdocs.yml` can't be used, or the project lies in the output.
        PagefindError: if the search needs Pagefind, and that isn't installed or fails.
        ForeignFolderError: if the output holds what kb-gen didn't write, and `replace` isn't set.
        OutputError: if the output can't be reached, read or written; of a folder, OSError.
    """
    clock = Clock(progress)
    output = output or Disk(settings.site_dir)
    _refuse_the_project(settings, output)
    count = jobs or os.cpu_count() or 1
    if count > 1:
        output.look_ahead()
    inputs = inputs or build_inputs(settings)
    here = workers is None
    # Beside the threads that talk with a cluster, no process is forked.
    own = Processes(count if here else 1)
    shelf = Shelf(settings.root / CACHE_FOLDER)
    asked = Ordered(settings, strict, output)
    order = _Order(settings, output, strict, replace, jobs, own, workers or own, kept, inputs, printer, shelf)
    # What only pages are made of is let go of before the index takes as much memory again. An edit takes little of it,
    # and would wait for what the processes have to tell each other.
    is_alone = here and kept is None and own.count > 1
    if (
        is_alone
        and isinstance(output, Disk)
        and _is_large(settings, inputs)
        and not (output.folder.is_dir() and is_edit(asked, inputs))
    ):
        made, disk = _made_apart(order, output, clock, progress)
        order = order._replace(output=disk)
    else:
        made = _made(order, clock)
    if isinstance(made, Outcome):
        return made
    publication = made.publication
    if made.program:
        indexing = _indexing(order, made.program, made.search)
        made = made._replace(search={})
        clock.stage("Indexing")
        with _indexed(order, indexing, publication):
            pass
    clock.stage("Removing what is gone")
    publication.removed = order.output.withdraw(publication.files)
    outcome = Outcome(
        settings,
        made.diagnostics,
        failed=False,
        pages=made.pages,
        publication=publication,
        coverage=made.coverage,
    )
    if kept is None:
        keep_outcome(asked, outcome, inputs, made.used, made.evidence)
    return changed(outcome, timings=clock.timings())


_Travelling: TypeAlias = SearchEntry | IndexRecord | bytes | tuple[int, int, int, bytes]
"""What can be found on its way from one process to another: of what is shelved, all but the shelf."""


class _Order(NamedTuple):
    """What is to be built, see `build_site`.

    Attributes:
        jobs: as asked for.
        own: processes of this machine.
        workers: who reads records and makes articles.
        shelf: where what the full-text search is told of pages is put.
    """

    settings: Settings
    output: Output
    strict: bool
    replace: bool
    jobs: int | None
    own: Processes
    workers: Workers
    kept: Kept | None
    inputs: BuildInputs
    printer: Printer | None
    shelf: Shelf


class _Made(NamedTuple):
    """A site but for its full-text index.

    Attributes:
        diagnostics: what is wrong.
        publication: what was written.
        pages: how many pages articles have.
        coverage: how much is translated, by locale.
        used: further files that were used.
        evidence: `Engine.evidence`.
        program: what makes the full-text index; None if there is none, or if it is made.
        search: what that index is made of, by locale.
    """

    diagnostics: tuple[Diagnostic, ...]
    publication: Publication
    pages: int
    coverage: Mapping[str, Coverage]
    used: Sequence[Path]
    evidence: bytes | None
    program: Path | None
    search: Mapping[str, Sequence[Findable]]


def _made(order: _Order, clock: Clock) -> _Made | Outcome:
    """Everything but the full-text index; an outcome where nothing could be made."""
    settings, output, strict, kept = order.settings, order.output, order.strict, order.kept
    clock.stage("Reading records and catalogs")
    project = read_project(settings, order.workers, kept, order.inputs.content)
    context = _context(settings, project)
    diagnostics = _findings(project, context, strict)
    if _blocked(diagnostics, strict):
        return Outcome(settings, diagnostics, failed=True, timings=clock.timings())
    program = search_program(context)
    clock.stage("Preparing the theme")
    build = _Build(context, output, kept or Kept(), None if kept else project, order.shelf)
    diagnostics = tuple(in_order((*diagnostics, *page_link_findings(context, build.pages))))
    if _blocked(diagnostics, strict):
        return Outcome(settings, diagnostics, failed=True, timings=clock.timings())
    output.claim(order.replace)
    keep = build.records(order.workers, clock)
    if order.printer:
        start: StartMethod = "fork" if order.workers is order.own else "spawn"
        diagnostics = (*diagnostics, *build.pdf_files(order.printer, order.jobs, start, clock))
    clock.stage("Writing lists and the theme's files")
    build.handwritten()
    indexing = _indexing(order, program, build.search) if program else None
    # After an edit, lists are made by one process, and the index of few words by others.
    is_small = build.made <= _FEW and len(build.events) <= _MANY
    beside = indexing if is_small and order.own.count > 1 else None
    with _indexed(order, beside, build.publication) if beside else nullcontext():
        build.lists(SiteSearch(context, build.search, indexing), order.own, keep)
        clock.stage("Writing data")
        build.everything_else()
        build.told.clear()
        if beside:
            clock.stage("Indexing")
    return _Made(
        diagnostics,
        build.publication,
        len(project.kb.entries) * len(settings.locales),
        {tag: progress.total for tag, progress in build.progress.items()},
        [*build.copied, *([program] if program else [])],
        build.engine.evidence(),
        None if beside else program,
        build.search if program and not beside else {},
    )


@contextmanager
def _indexed(order: _Order, indexing: Indexing, publication: Publication) -> Iterator[None]:
    """Make the full-text index; other processes begin with it before what is done in this context.

    Raises:
        PagefindError: if Pagefind fails.
    """
    with order.own.executor(indexing) as executor:
        parts = [executor.submit(_write_bundles, portion) for portion in indexing.portions()]
        yield
        for part in parts:
            for file in part.result():
                publication.add(file)


def _indexing(order: _Order, program: Path, search: Mapping[str, Sequence[Findable]]) -> Indexing:
    return Indexing(order.output, program, order.settings.root / CACHE_FOLDER, search)


def _is_large(settings: Settings, inputs: BuildInputs) -> bool:
    """Whether there will be a full-text index that takes much memory."""
    return settings.search in {"auto", "pagefind"} and sum(file.size for file in inputs.content.files) > _LARGE


def _made_apart(order: _Order, disk: Disk, clock: Clock, progress: Progress | None) -> tuple[_Made | Outcome, Disk]:
    """The same by another process; and the output, as that has left it."""
    order.shelf.open()
    try:
        made, search, rest, timings = apart(_make_apart, (order, disk), progress)
    finally:
        disk.leave()
    disk = Disk.resumed(disk.folder, rest)
    clock.include(timings)
    if isinstance(made, Outcome):
        return made, disk
    found = {
        tag: [Shelved(one[0], order.shelf, *one[1:]) if isinstance(one, tuple) else one for one in own]
        for tag, own in search.items()
    }
    return made._replace(search=found), disk


def _make_apart(
    ordered: tuple[_Order, Disk], progress: Progress
) -> tuple[_Made | Outcome, Mapping[str, Sequence[_Travelling]], Look, tuple[Timing, ...]]:
    """Task: everything but the full-text index; what that is made of, and what else there is in the output.

    The shelf stays where it is.
    """
    order, disk = ordered
    clock = Clock(progress)
    made = _made(order, clock)
    if isinstance(made, Outcome):
        return made, {}, Look(), made.timings
    search = {
        tag: [(one.key, one.start, one.length, one.state) if isinstance(one, Shelved) else one for one in own]
        for tag, own in made.search.items()
    }
    return made._replace(search={}), search, disk.rest(made.publication.files), clock.timings()


def _refuse_the_project(settings: Settings, output: Output) -> None:
    """Make sure that nothing of the project is taken for what an earlier build has left in the output."""
    folders = (settings.root / settings.content, settings.root / settings.translations, *settings.site_code)
    reason = ""
    if any(output.holds(path) for path in (*folders, settings.config_file)):
        reason = f"the site can't go into {output.describe()}, where the project is; choose a folder of its own"
    elif own := next(filter(output.is_inside, (*folders, settings.root / CACHE_FOLDER)), None):
        reason = f"the site can't go into {output.describe()}, which belongs to {own}; choose a folder of its own"
    if reason:
        raise ConfigurationError(settings.config_file, reason)


@collection_paused()
def look_through(settings: Settings, *, strict: bool = False) -> Outcome:
    """What keeps a site from being built, without building it: `Outcome.failed` is what `build_site` would give.

    What is read is kept, so that a build that follows has little to read.

    Args:
        settings: what would be built.
        strict: whether missing and outdated translations, and warnings, keep the site from being built.

    Raises:
        PagefindError: if the search needs Pagefind, and that isn't installed.
    """
    project = read_project(settings, Processes(os.cpu_count() or 1))
    context = _context(settings, project)
    diagnostics = _findings(project, context, strict)
    if not _blocked(diagnostics, strict):
        search_program(context)
        if strict:
            # Only then do their links matter.
            pages = Kept().engine(context).handwritten()
            diagnostics = tuple(in_order((*diagnostics, *page_link_findings(context, pages))))
    return Outcome(settings, diagnostics, _blocked(diagnostics, strict))


def _context(settings: Settings, project: Project) -> SiteContext:
    return site_context(settings, project.kb, find_targets(project.kb), project.catalogs)


def _findings(project: Project, context: SiteContext, strict: bool) -> tuple[Diagnostic, ...]:
    return (*project.diagnostics, *(_gaps(context) if strict else ()))


def _blocked(diagnostics: Iterable[Diagnostic], strict: bool) -> bool:
    """Whether any finding keeps the site from being built."""
    blocking = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in blocking for finding in diagnostics)


def _gaps(context: SiteContext) -> Iterator[Diagnostic]:
    """Every article that isn't completely translated, as a strict build's errors."""
    settings = context.settings
    for site in context.locales.values():
        yield from translation_gaps(context.kb, site.localizer, settings.root, settings.translations)


class _Build:
    """One build: publishes page after page and remembers what lists and indexes need."""

    def __init__(self, context: SiteContext, output: Output, kept: Kept, project: Project | None, shelf: Shelf) -> None:
        self.project = project
        self.context = context
        self.output = output
        self.kept = kept
        self.engine = kept.engine(context)
        self.pages = list(self.engine.handwritten())
        self.publication = Publication()
        self.shelf = shelf
        self.progress: dict[str, TranslationProgress] = {}
        self.search: dict[str, list[Findable]] = {}
        self.told: dict[str, list[bytes]] = {}
        self.sitemap: list[SitemapPage] = []
        self.made = 0
        self.copied: list[Path] = []
        self.prints: Mapping[str, Sequence[bytes]] | None = None

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What lists say of the events in all locales."""
        return tuple(events_of(self.context))

    def put(self, url: str, content: bytes | Path) -> None:
        self.publication.add(self.write(url, content))

    def write(self, url: str, content: bytes | Path) -> Written:
        return Written(url, *self.output.publish(url, content))

    def assets(self, assets: Iterable[Asset]) -> None:
        for asset in assets:
            self.put(asset.url, asset.content)
            if isinstance(asset.content, Path):
                self.copied.append(asset.content)

    def records(self, workers: Workers, clock: Clock) -> Callable[[], None]:
        """Record pages in all locales. Gives what keeps them for the next build, to be called when there is time."""
        context = self.context
        clock.stage("Comparing with the last build")
        vocabulary = self.project.vocabulary if self.project else self.kept.vocabulary(context)
        memory = self._memory(vocabulary)
        found = memory.recall()
        missing = {tag: [place for place, page in enumerate(own) if page is None] for tag, own in found.items()}
        count = self.made = sum(map(len, missing.values()))
        clock.stage("Writing articles", count)
        maker = PageMaker(context, self.engine, self.output, vocabulary)
        for result in make_pages(
            maker, list(batches(missing)), workers if count > _FEW else Processes(1), memory.prepare
        ):
            for position, made in zip(result.chunk.positions, MadePage.of(result.pages, self.shelf), strict=True):
                found[result.chunk.locale][position] = made
            clock.advance(len(result.pages))
        pages = {tag: [page for page in own if page is not None] for tag, own in found.items()}
        for tag, own in pages.items():
            for page in own:
                for written in page.written:
                    self.publication.add(written)
            self.search[tag] = [page.search for page in own if page.search is not None]
            self.told[tag] = [page.told for page in own]
            self.progress[tag] = self._progress(own)
        self.prints = memory.prints
        return partial(memory.keep, pages)

    def _progress(self, pages: Sequence[MadePage]) -> TranslationProgress:
        """How far the articles of a locale are translated."""
        events = self.events
        articles = ((event.identity, event.address, page.coverage) for event, page in zip(events, pages, strict=True))
        return translation_progress(articles, lambda place: next(listed_events([events[place]], [pages[place].told])))

    def _memory(self, vocabulary: frozenset[str]) -> PageMemory:
        """What knows the pages of the last build."""
        if self.project is None:
            return self.kept.pages(self.context)
        context, settings = self.context, self.context.settings
        prints = partial(article_prints, context, self.engine, self.project.facts)
        folder = settings.root / CACHE_FOLDER / "pages"
        return KeptPages(folder, self.output, context.kb.entries, context.locales, prints, vocabulary, self.shelf)

    def pdf_files(self, printer: Printer, jobs: int | None, start: StartMethod, clock: Clock) -> tuple[Diagnostic, ...]:
        """PDF files; gives what couldn't be printed."""
        settings = self.context.settings
        # Fonts become part of these files.
        if settings.pdf_fonts:
            self.copied += sorted(file for file in (settings.root / settings.pdf_fonts).rglob("*") if file.is_file())
        printed = printer.print(self.context, self.output, jobs, start, clock)
        for file in printed.written:
            self.publication.add(file)
        return printed.diagnostics

    def handwritten(self) -> None:
        """Pages that authors wrote in Markdown."""
        context = self.context
        written = self.pages
        urls = {page.url for page in written}
        for page in written:
            self.put(page.url, page.html)
            self.search[page.locale] += page.search
            own = page.url.partition("/")[2]
            alternates = (
                Alternate(tag, name, f"{path}/{own}")
                for tag, path, name in context.alternate_names
                if f"{path}/{own}" in urls
            )
            self.sitemap.append(SitemapPage(page.url, None, tuple(alternates)))

    def lists(self, search: SiteSearch, workers: Workers, meanwhile: Callable[[], None]) -> None:
        """Lists and search, the locales side by side; all that takes no knowledge of lists in the meantime."""
        context = self.context
        cache = context.settings.root / CACHE_FOLDER
        everywhere = Everywhere(self.events, self.told, context)
        lists = Lists(context, self.engine, self.output, everywhere, self.progress, search, cache, self._made_from())
        # After an edit, there is less to do than it takes to fork a process; and of a large site, each process would
        # copy all that it looks at.
        side_by_side = self.made > _FEW and len(self.events) <= _MANY
        with (workers if side_by_side else Processes(1)).executor(lists) as executor:
            parts = [(tag, executor.submit(_write_lists, tag)) for tag in context.locales]
            self.theme_files(search)
            meanwhile()
            for tag, part in parts:
                written = part.result()
                for file in written.files:
                    self.publication.add(file)
                path = context.locales[tag].path
                self.sitemap += [
                    SitemapPage(url, None, context.alternates(page_address(path, url))) for url in written.pages
                ]

    def _made_from(self) -> ListsMadeFrom | None:
        """What tells whether lists would be made of the same again, where that can be told."""
        versions = list_versions(self.context, self.engine)
        return ListsMadeFrom(versions, self.prints) if versions and self.prints else None

    def everything_else(self) -> None:
        """Data, and what needs to know of all pages."""
        self._redirects()
        self.assets(site_files(self.context))
        self._sitemap()

    def _sitemap(self) -> None:
        """The sitemap, which most edits leave as it is."""
        context, program = self.context, program_version()
        version = version_at(program, self.output) if program and self.project else None
        kept = KeptGroups(context.settings.root / CACHE_FOLDER, "sitemap", version, self.output)
        made_from = sitemap_made_from(context, self.sitemap)
        for file in kept.written("sitemap", made_from, partial(self._written_sitemap, kept)).files:
            self.publication.add(file)
        kept.keep()

    def _written_sitemap(self, kept: KeptGroups) -> WrittenGroup:
        files = sitemap_files(self.context, self.sitemap)
        return WrittenGroup(tuple([kept.publish(file.url, file.data()) for file in files]))

    def theme_files(self, search: SiteSearch) -> None:
        """Static files, and what browsers and servers ask for."""
        context = self.context
        self.assets(self.engine.assets())
        self.assets(theme_assets())
        self.put("index.html", root_page(context).encode())
        base = urlsplit(context.settings.site_url).path or "/"
        bodies = {tag: not_found_body(site, base) for tag, site in context.locales.items()}
        self.put("404.html", self.engine.not_found(bodies))
        self.assets(header_files(self.engine.inline_scripts(), search.script_sources))

    def _redirects(self) -> None:
        """A page at every former address, unless something else lives there now."""
        for entry in self.context.kb.entries:
            for former in entry.record.former:
                parsed = parse_event_target(former)
                if parsed is None:
                    continue
                old = f"{source_address(parsed[0])}/{slug(parsed[1])}"
                for tag, site in self.context.locales.items():
                    url = page_url(site.path, old)
                    if url not in self.publication.files:
                        address = self.context.targets.book[entry.identity]
                        self.put(url, redirect_page(self.context, tag, address, entry.title).encode())


def _write_lists(tag: str) -> WrittenLists:
    """Task: a locale's lists."""
    lists: Lists = shared()
    return lists.write(tag)


def _write_bundles(portion: Portion) -> list[Written]:
    """Task: some bundles of the full-text index."""
    indexing: Indexing = shared()
    return indexing.write(portion)
