"""A workbench at work: one thread looks and writes, while others type in their browsers and write the same files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec
from watchfiles import awatch

from kb_gen.diagnostics import full, unstyled
from kb_gen.load import Sources
from kb_gen.load.open_files import is_being_written
from kb_gen.locales import Outcome, Unit
from kb_gen.preview.workbench import details, listing
from kb_gen.preview.workbench.bench import Bench, Progress, Unknown
from kb_gen.preview.workbench.journal import Text
from kb_gen.preview.workbench.shelf import Changed, Signature, signature
from kb_gen.preview.workbench.suggestions import Advice
from kb_gen.preview.workbench.views import (
    ArticleView,
    DraftView,
    EntryText,
    Home,
    Page,
    SaveView,
    Suggestion,
    UnitView,
)
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.settings import Settings

__all__ = ["Busy", "Session"]

T = TypeVar("T")

_QUIET = 0.15
"""Seconds in which a file that was written by somebody else has to stay as it is before it is read."""

_DOUBT = 2.0
"""The same for a file that looks as if somebody were in the middle of writing it."""

_PATIENCE = 30.0
_STEP = 0.03

_LOOK = 1000
"""Milliseconds after which catalogs are looked at though nobody has told of a change."""

_SETTLED_RECORDS = 400
"""Milliseconds without another change of a record after which they are read again."""


class Busy(Exception):  # noqa: N818 - says what is the case
    """Another program writes a catalog again and again; the message says which."""


class Session:
    """A project's workbench in one locale. Belongs to one event loop.

    Attributes:
        settings: the project.
        tag: the locale's BCP 47 tag.
        problem: what has gone wrong, if anything has.
    """

    def __init__(self, settings: Settings, tag: str, translator: str = "") -> None:
        self.settings = settings
        self.tag = tag
        self.problem = ""
        self._translator = translator
        self._progress = Progress()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="workbench")
        self._bench: Bench | None = None
        self._opened = False
        self._version = 0
        self._closed = False
        self._next = asyncio.Event()
        self._taking_over = asyncio.Lock()
        self._advising = ThreadPoolExecutor(1, thread_name_prefix="suggestions")
        self._advice: Future[Advice] = Future()

    async def open(self) -> None:
        """Read the project. What goes wrong is told to the browsers."""
        try:
            self._bench = bench = await self._run(
                lambda: Bench(self.settings, self.tag, self._translator, self._progress)
            )
            for domain in bench.shelf.domains():
                await self._take_over(domain)
            self._opened = True
            self._advising.submit(self._load_advice)
        except (ConfigurationError, OSError, Busy) as reason:
            self.problem = str(reason)
        except Exception as reason:  # The browser is told, where the translator looks.
            self.problem = _breakdown(reason)
        self._tell()

    def _load_advice(self) -> None:
        try:
            self._advice.set_result(Advice(self.settings, self.tag))
        except Exception as reason:
            # Whoever asks for suggestions gets none, and translates all the same.
            self._advice.set_exception(reason)
            raise

    def hang_up(self) -> None:
        """Tell browsers nothing more."""
        self._closed = True
        self._tell()

    async def close(self) -> None:
        """End the session, when nobody asks for anything any more: what was saved is in the catalogs once more."""
        bench = self._bench
        try:
            if bench is not None:
                for domain in bench.unsettled():
                    await self._take_over(domain)
                await self._run(bench.close)
        except (Busy, OSError):
            # The journal stays as it is, and the next session looks at it.
            pass
        finally:
            self._advising.shutdown(cancel_futures=True)
            self._thread.shutdown()

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _on_bench(self, work: Callable[[Bench], T]) -> T:
        """Have something done by the thread, again if a catalog has changed meanwhile."""
        end = time.monotonic() + _PATIENCE
        while True:
            bench = self._bench
            if bench is None:
                raise Busy(self.problem or "the project is still being read")
            try:
                return await self._run(lambda: work(bench))  # noqa: B023 - called before there is another
            except Changed as changed:
                if time.monotonic() > end:
                    raise Busy(f"{changed} is written again and again by another program") from changed
                await self._take_over(str(changed))

    # News

    @property
    def returned(self) -> int:
        """How many translations were put back so far."""
        return self._bench.returned if self._bench else 0

    @property
    def version(self) -> int:
        """A number that grows with every change of what there is to see."""
        return self._version

    def _tell(self) -> None:
        self._version += 1
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

    async def versions(self) -> AsyncIterator[int]:
        """The present version and each that follows; one that is replaced before it is asked for is left out."""
        seen = -1
        while not self._closed:
            if self._version == seen:
                await self._next.wait()
            else:
                seen = self._version
                yield seen

    # Other programs

    async def _take_over(self, domain: str) -> None:
        """Take over a catalog that somebody else has written, once it is whole."""
        async with self._taking_over:
            bench = self._bench
            if bench is None or not await self._run(lambda: bench.is_changed(domain)):
                return
            end = time.monotonic() + _PATIENCE
            file = self.settings.root / bench.shelf.path(domain)
            while time.monotonic() < end:
                rested = await _unchanged(file, _QUIET, end)
                if time.monotonic() >= end:
                    break
                doubtful = await self._run(lambda: bench.shelf.is_doubtful(domain))
                if doubtful and not await _stays(file, rested, _DOUBT, end):
                    # It was in the middle of it, then: what is there now may be whole.
                    continue
                # At the start there is nothing to compare a file with: it may always be a part of one.
                unsure = doubtful or not self._opened
                if (
                    unsure
                    and time.time() - rested[0] / 1e9 < _PATIENCE
                    and await asyncio.to_thread(is_being_written, file)
                ):
                    continue
                try:
                    await self._run(lambda: bench.absorb(domain, rested))  # noqa: B023 - called at once
                except Changed:
                    continue
                self.problem = ""
                self._tell()
                return
        raise Busy(f"{domain} is written again and again by another program")

    async def watch(self, stop: asyncio.Event) -> None:
        """Notice what other programs write, until `stop` is set."""
        await asyncio.gather(self._watch_catalogs(stop), self._watch_content(stop))

    async def _watch_catalogs(self, stop: asyncio.Event) -> None:
        while self._bench is None and not self.problem and not stop.is_set():
            await asyncio.sleep(_STEP)
        bench = self._bench
        if bench is None:
            await stop.wait()
            return
        # The folder of all catalogs: that of a locale may go and come back, as git switches branches.
        every = self.settings.root / self.settings.translations
        known: dict[str, Signature] = {}
        # Some file systems tell of no changes, and none tells of those before it was asked: so the files are looked at
        # now and then as well.
        async for _ in awatch(every, step=20, debounce=200, stop_event=stop, rust_timeout=_LOOK, yield_on_timeout=True):
            folder = bench.shelf.folder
            names = {*bench.shelf.domains(), *(file.stem for file in folder.glob("*.po"))}
            now = {name: signature(folder / f"{name}.po") for name in names if not name.startswith(".")}
            try:
                for domain in sorted(name for name, state in now.items() if known.get(name) != state):
                    await self._take_over(domain)
                    known[domain] = now[domain]
            except (Busy, OSError) as reason:
                self.problem = str(reason)
                self._tell()

    async def _watch_content(self, stop: asyncio.Event) -> None:
        content = self.settings.root / self.settings.content
        if not content.is_dir():
            await stop.wait()
            return
        async for _ in awatch(content, step=_SETTLED_RECORDS, debounce=2000, stop_event=stop):
            bench = self._bench
            if bench is not None:
                try:
                    await self._run(bench.read_content)
                    self.problem = ""
                except (ConfigurationError, OSError) as reason:
                    self.problem = str(reason)
                except Exception as reason:  # The last good state stays, until the cause is mended.
                    self.problem = _breakdown(reason)
                self._tell()

    # What browsers ask for

    async def home(self) -> Home:
        """What there is, or how far the opening is."""
        if not self._opened:
            return Home(False, self._progress.stage, self._progress.share, self.problem, self._version)
        return await self._on_bench(self._home)

    def _home(self, bench: Bench) -> Home:
        conflicts = [
            name
            for domain, key in bench.conflicts
            if (name := bench.name_of(domain, key.context or "", key.msgid)) in bench.index.numbers
        ]
        return Home(
            ready=True,
            problem=self.problem,
            version=self._version,
            counts=bench.counts(range(len(bench.index.units))),
            articles=len(bench.kb.entries),
            domains=listing.domains(bench),
            returned=bench.returned,
            errors=bench.problems,
            broken=[line for domain in bench.shelf.domains() for line in details.problem_lines(bench, domain)],
            conflicts=conflicts,
        )

    async def articles(self, query: str, state: str, start: int, count: int) -> Page:
        """See `listing.articles`."""
        return await self._on_bench(lambda bench: listing.articles(bench, query, state, start, count))

    async def search(self, query: str, state: str, domain: str, start: int, count: int) -> Page:
        """See `listing.search`."""
        return await self._on_bench(lambda bench: listing.search(bench, query, state, domain, start, count))

    async def article(self, address: str) -> ArticleView:
        """See `details.article_view`."""
        return await self._on_bench(lambda bench: details.article_view(bench, address))

    async def unit(self, name: str) -> UnitView:
        """See `details.unit_view`."""
        return await self._on_bench(lambda bench: details.unit_view(bench, name))

    async def suggestions(self, name: str) -> list[Suggestion]:
        """Translations of the same or a similar text."""
        unit, plural = await self._on_bench(lambda bench: _asked(bench, name))
        return await self._advise(lambda advice: advice.suggestions(unit, plural))

    async def _advise(self, work: Callable[[Advice], T]) -> T:
        """Have something done by the thread of the memory, which has to be loaded first."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._advising, lambda: work(self._advice.result()))

    async def page(self, address: str, drafts: Mapping[str, str]) -> bytes:
        """An article's page, with drafts by unit."""
        return await self._on_bench(lambda bench: bench.page(bench.place(address), drafts).html)

    async def asset(self, url: str) -> bytes | Path:
        """A file that pages load.

        Raises:
            Unknown: there is none.
        """
        bench = self._bench
        if bench is None or url not in bench.assets:
            raise Unknown(url)
        return bench.assets[url]

    async def draft(self, address: str, name: str, msgstr: tuple[str, ...], drafts: Mapping[str, str]) -> DraftView:
        """A draft of a unit on the page of an article, and what is wrong with it."""

        def work(bench: Bench) -> DraftView:
            html = bench.page(bench.place(address), drafts).html.decode() if address else ""
            found = details.findings(bench, name, msgstr) if name else []
            return DraftView(html, found, details.terms(bench, name, msgstr[0]) if name and msgstr else [])

        return await self._on_bench(work)

    async def save(self, name: str, text: EntryText, before: EntryText) -> SaveView:
        """Save a translation. It is on the disk when the outcome says so.

        One that a check finds an error in is saved as one that waits for review: readers wouldn't see it anyway, and
        other programs refuse a catalog that says it is approved.
        """
        view = await self._on_bench(lambda bench: self._save(bench, name, text, before))
        if view.outcome == Outcome.SAVED.value:
            self._tell()
            if view.entry is not None and not view.entry.fuzzy:
                unit, plural = await self._on_bench(lambda bench: _asked(bench, name))
                self._advising.submit(lambda: self._advice.result().learn(unit, text.msgstr, plural))
        return view

    def _save(self, bench: Bench, name: str, text: EntryText, before: EntryText) -> SaveView:
        number = bench.number(name)
        if not text.fuzzy and details.has_errors(bench, name, text.msgstr):
            text = msgspec.structs.replace(text, fuzzy=True)
        try:
            edited, findings = bench.save(number, details.text_of(text), details.text_of(before))
        except OSError as reason:
            return SaveView(Outcome.NOT_WRITTEN.value, None, str(reason))
        except UnicodeEncodeError:
            return SaveView(Outcome.NOT_WRITTEN.value, None, "the translation holds half of a character")
        if edited is None:
            lines = full(findings, Sources(self.settings.root), unstyled)
            return SaveView(Outcome.NOT_WRITTEN.value, None, "\n".join(lines))
        entry = details.entry_text(Text.of(edited.entry)) if edited.entry else None
        row = listing.unit_row(bench, number)
        return SaveView(edited.outcome.value, entry, "", row.state, row.refused)

    async def settle(self, name: str) -> None:
        """Leave a conflict as the catalog has it."""
        await self._on_bench(lambda bench: bench.settle(bench.number(name)))
        self._tell()


def _breakdown(reason: Exception) -> str:
    """What went wrong that nobody has thought of: a template of the project's own that fails, for example."""
    return f"the project can't be shown: {type(reason).__name__}: {reason}"


async def _unchanged(file: Path, seconds: float, end: float) -> Signature:
    """Wait until nobody has written a file for so long, and give its state since then."""
    while True:
        seen = signature(file)
        if await _stays(file, seen, seconds, end) or time.monotonic() >= end:
            return seen


async def _stays(file: Path, state: Signature, seconds: float, end: float) -> bool:
    """Wait until nobody has written a file for so long; whether nobody has meanwhile."""
    # It may have rested for long.
    since = time.monotonic() - min(max(time.time() - state[0] / 1e9, 0), seconds)
    while time.monotonic() < end:
        if signature(file) != state:
            return False
        if time.monotonic() - since >= seconds:
            return True
        await asyncio.sleep(_STEP)
    return False


def _asked(bench: Bench, name: str) -> tuple[Unit, str | None]:
    """A unit, and its source text's plural form, if it has one."""
    number = bench.number(name)
    entry = bench.entry(number)
    return bench.index.units[number], entry.msgid_plural if entry else None
