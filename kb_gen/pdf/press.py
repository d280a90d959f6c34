"""Files are made side by side, each in a process that ends with it: Typst keeps in memory what it has set.

So the memory of a run is bounded by what is made at one time, however many files there are.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock, Thread
from typing import Literal, Protocol

from msgspec import Struct

from kb_gen.document import Targets, Volume
from kb_gen.interrupts import ignore_interrupts, interrupts_held
from kb_gen.load import digest
from kb_gen.locales import Catalogs, Localizer
from kb_gen.model import KnowledgeBase
from kb_gen.pdf.book import Bookbinder
from kb_gen.pdf.destination import Destination
from kb_gen.pdf.edition import Edition, PdfError
from kb_gen.pdf.kept import KeptFile, keep_files, kept_files
from kb_gen.pdf.making import Problem, ProblemKind, Sheet, SheetKind, make, manuscript
from kb_gen.pdf.typesetting import CannotBeSet, further_families, load, require

__all__ = ["Library", "Printed", "Progress", "StartMethod", "State", "print_sheets"]

StartMethod = Literal["fork", "spawn"]
"""How a process begins: with what this one holds, or with nothing."""

_MOST_AT_ONCE = 500
"""Articles that are in the making at one time, unless somebody asks for more processes: that takes some 1.3 GiB."""

_BATCH = 24
"""Files of single articles that a process makes one after the other."""


_STEPS = 3
"""Of a file: its data are written, they are set, and it is finished."""


class State(StrEnum):
    """What became of a file."""

    MADE = "made"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Printed(Struct, frozen=True):
    """How printing a file ended.

    Attributes:
        url: which it is.
        state: what became of it.
        pages: how many it has.
        size: its bytes.
        stamp: how it was left.
        print: what it was made from.
        problems: what of it couldn't be printed.
    """

    url: str
    state: State
    pages: int = 0
    size: int = 0
    stamp: bytes = b""
    print: bytes = b""
    problems: tuple[Problem, ...] = ()


class Progress(Protocol):
    """Told how far printing is."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins that counts to `total`."""
        ...

    def advance(self, count: int) -> None:
        """So much more of the stage is done."""
        ...


@dataclass(frozen=True)
class Library:
    """What files are made from.

    Attributes:
        kb: the knowledge base.
        catalogs: its translations.
        source_locale: the language that records are written in.
        editions: what the files of each language are to be like, by locale.
        targets: every event that can be referred to.
        volumes: the volumes in each language that files of that language may refer to.
        root: the project's folder.
    """

    kb: KnowledgeBase
    catalogs: Catalogs
    targets: Targets
    source_locale: str
    editions: Mapping[str, Edition]
    volumes: Mapping[str, tuple[Volume, ...]]
    root: Path

    def binder(self, locale: str) -> Bookbinder:
        """Puts together the files of a locale."""
        edition = self.editions[locale]
        localizer = Localizer(self.kb, self.catalogs, locale, self.source_locale)
        families = tuple(further_families(edition.fonts, locale))
        return Bookbinder(self.kb, localizer, self.targets, self.volumes[locale], edition, families)


def print_sheets(
    sheets: Sequence[Sheet],
    library: Library,
    destination: Destination,
    *,
    jobs: int | None = None,
    start: StartMethod = "fork",
    progress: Progress | None = None,
) -> list[Printed]:
    """Make files, as far as they aren't there as they would become.

    Args:
        sheets: the files.
        library: what they are made from.
        destination: where they go.
        jobs: how many processes work at a time; as many as there are processors, and as memory allows, by default.
        start: how processes begin: `spawn` where this one has threads that are at work.
        progress: is told how far this is.

    Returns:
        How each file ended, in the order of `sheets`.

    Raises:
        PdfError: what it takes isn't installed, or damaged.
        OSError: a file can't be written.
    """
    require()
    known = kept_files(library.root, destination.describe())
    if progress:
        progress.stage("Making PDF files", sum(sheet.weight for sheet in sheets))
    found: dict[str, Printed] = {}
    for printed in _printed(list(_batches(sheets)), library, destination, known, jobs, start):
        if isinstance(printed, Printed):
            found[printed.url] = printed
        elif progress:
            progress.advance(printed)
    files = {**known, **{url: _kept(each) for url, each in found.items() if each.state is not State.FAILED}}
    keep_files(library.root, destination.describe(), files)
    return [found[sheet.url] for sheet in sheets]


def _kept(printed: Printed) -> KeptFile:
    return KeptFile(printed.print, printed.stamp, printed.pages, printed.size, printed.problems)


def _batches(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, ...]]:
    """What a process makes: a volume, or some files of single articles in one language."""
    alone: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.kind is not SheetKind.ARTICLE:
            yield (sheet,)
            continue
        waiting = alone.setdefault(sheet.locale, [])
        waiting.append(sheet)
        if len(waiting) == _BATCH:
            yield tuple(waiting)
            waiting.clear()
    yield from (tuple(waiting) for waiting in alone.values() if waiting)


def _articles(batch: Iterable[Sheet]) -> int:
    return sum(sheet.weight for sheet in batch)


@dataclass(frozen=True, slots=True)
class _Press:
    """A process at work, and what it tells."""

    batch: tuple[Sheet, ...]
    process: BaseProcess
    told: Connection


def _printed(
    batches: Sequence[tuple[Sheet, ...]],
    library: Library,
    destination: Destination,
    known: Mapping[str, KeptFile],
    jobs: int | None,
    start: StartMethod,
) -> Iterator[Printed | int]:
    """Have batches done side by side, the large ones first; numbers say how many articles more are done."""
    waiting = deque(sorted(batches, key=_articles, reverse=True))
    most = jobs or os.cpu_count() or 1
    presses: dict[Connection, _Press] = {}
    try:
        while waiting or presses:
            while waiting and len(presses) < most:
                busy = sum(_articles(press.batch) for press in presses.values())
                if presses and jobs is None and busy + _articles(waiting[0]) > _MOST_AT_ONCE:
                    break
                press = _start(waiting.popleft(), library, destination, known, start)
                presses[press.told] = press
            for told in wait(list(presses)):
                assert isinstance(told, Connection)
                message = _message(told)
                if isinstance(message, int):
                    yield message
                else:
                    yield from _ended(presses.pop(told), message, beside=len(presses))
    finally:
        for press in presses.values():
            press.process.terminate()
            press.process.join()


def _start(
    batch: tuple[Sheet, ...],
    library: Library,
    destination: Destination,
    known: Mapping[str, KeptFile],
    start: StartMethod,
) -> _Press:
    # Which differ in their types alone.
    context = get_context("fork") if start in get_all_start_methods() and start == "fork" else get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    own = {sheet.url: known[sheet.url] for sheet in batch if sheet.url in known}
    process = context.Process(target=_work, args=(batch, library, destination, own, sender), daemon=True)
    with interrupts_held():
        process.start()
    # So that its end is seen if the process dies.
    sender.close()
    return _Press(batch, process, receiver)


_Message = int | list[Printed] | OSError | PdfError
"""What a process tells: how many articles more are done; and in the end, what it has made, or why it couldn't."""


def _message(told: Connection) -> _Message:
    try:
        message: _Message = told.recv()
    except EOFError:
        return []
    return message


def _ended(press: _Press, outcome: list[Printed] | OSError | PdfError, beside: int) -> Iterator[Printed]:
    """What a process has made, beside which so many others are at work."""
    press.process.join()
    press.told.close()
    if isinstance(outcome, (OSError, PdfError)):
        raise outcome
    yield from outcome
    code = press.process.exitcode or 0
    ended = f"its process was ended by signal {-code}, as where memory runs out" if code < 0 else "its process failed"
    kind = ProblemKind.CROWDED if beside else ProblemKind.FILE
    for sheet in press.batch[len(outcome) :]:
        yield Printed(sheet.url, State.FAILED, problems=(Problem(kind, ended),))


def _work(
    batch: tuple[Sheet, ...],
    library: Library,
    destination: Destination,
    known: Mapping[str, KeptFile],
    told: Connection,
) -> None:
    """In a process of its own: make the files of a batch."""
    ignore_interrupts()
    writing = Lock()
    Thread(target=_end_with_parent, args=(writing,), daemon=True).start()
    try:
        binder = library.binder(batch[0].locale)
        done = [
            _print(sheet, binder, destination, known.get(sheet.url), writing, _Steps(sheet.weight, told))
            for sheet in batch
        ]
        destination.flush()
        told.send(done)
    except (OSError, PdfError) as failure:
        # Where there is nobody to tell it any more, that is the failure.
        with suppress(BrokenPipeError):
            told.send(failure)
    told.close()
    # Without looking after what belongs to the process that this one was forked from.
    os._exit(0)


def _end_with_parent(writing: Lock) -> None:
    """Wait for the process that wants the files to end, if it is killed; but leave no half of a file behind."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        writing.acquire()
        os._exit(1)


class _Steps:
    """Tells how far a file is: a volume takes seconds. Its steps count for as many articles each.

    Args:
        weight: how many articles the file counts for.
        told: the end at which that is told.
    """

    def __init__(self, weight: int, told: Connection) -> None:
        self._left = weight
        self._step = weight // _STEPS
        self._told = told

    def done(self) -> None:
        """One of several steps is done."""
        if self._step:
            self._told.send(self._step)
            self._left -= self._step

    def all_done(self) -> None:
        """No step is left."""
        self._told.send(self._left)
        self._left = self._step = 0


def _print(
    sheet: Sheet,
    binder: Bookbinder,
    destination: Destination,
    known: KeptFile | None,
    writing: Lock,
    steps: _Steps,
) -> Printed:
    printed = _printed_sheet(sheet, binder, destination, known, writing, steps.done)
    steps.all_done()
    return printed


def _printed_sheet(
    sheet: Sheet,
    binder: Bookbinder,
    destination: Destination,
    known: KeptFile | None,
    writing: Lock,
    step_done: Callable[[], None],
) -> Printed:
    fonts = _print_of_fonts(binder.edition.fonts)
    written = manuscript(sheet, binder)
    step_done()
    made_from = digest(written.made_from + fonts)
    if known and known.print == made_from and destination.stamp(sheet.url) == known.stamp:
        return Printed(sheet.url, State.UNCHANGED, known.pages, known.size, known.stamp, made_from, known.problems)
    load()
    try:
        made = make(written, binder, step_done)
    except CannotBeSet as reason:
        return Printed(sheet.url, State.FAILED, problems=(Problem(ProblemKind.FILE, str(reason)),))
    with writing:
        stamp = destination.publish(sheet.url, made.data)
    return Printed(sheet.url, State.MADE, made.pages, len(made.data), stamp, made_from, made.problems)


def _print_of_fonts(folder: Path | None) -> bytes:
    """What differs whenever other fonts are used."""
    if folder is None:
        return b""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return b"".join(digest(file.read_bytes()) for file in files)
