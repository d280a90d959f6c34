"""Which files a preview watches, and what a change of each undoes."""

from __future__ import annotations

import asyncio
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

import kb_gen
from kb_gen.locales import package_translations
from kb_gen.preview.extents import Extent
from kb_gen.site.settings import Settings

__all__ = ["Changes", "Watched", "watch", "watched"]

_STEP = 50
"""Milliseconds without another change after which changes are told; editors write a file in several steps."""

_YAML = (".yml", ".yaml")
_CATALOGS = (".po", ".txt")


@dataclass(frozen=True, slots=True)
class Watched:
    """Folders and files that a preview watches.

    Attributes:
        root: the project's folder, from which paths are shown.
        content: the folder of the records.
        pages: the folder of hand-written pages, in `content`.
        translations: folders of catalogs.
        frame: further folders and files that decide on how pages look.
        program: the program's own folder, where it may change.
    """

    root: Path
    content: Path
    pages: Path
    translations: tuple[Path, ...]
    frame: tuple[Path, ...]
    program: Path | None = None

    def places(self) -> Iterator[Path]:
        """Every folder and file by itself."""
        yield self.content
        yield from self.translations
        yield from self.frame
        if self.program is not None:
            yield self.program

    def extent(self, path: Path) -> Extent | None:
        """What a change at `path` undoes; None where it doesn't matter."""
        if self.program is not None and path.is_relative_to(self.program):
            return Extent.PROGRAM
        if any(path.is_relative_to(place) for place in (self.pages, *self.frame)):
            return Extent.FRAME
        for folder, suffixes in ((self.content, _YAML), *((folder, _CATALOGS) for folder in self.translations)):
            if path.is_relative_to(folder):
                # What is no file may have been a folder that was moved, of whose files nothing is told.
                return Extent.CONTENT if path.suffix.lower() in suffixes or not path.is_file() else None
        return None

    def shown(self, path: Path) -> str:
        """`path` as its reader knows it."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def watched(settings: Settings) -> Watched:
    """What the preview of a project watches."""
    translations = [settings.root / settings.translations]
    program = Path(kb_gen.__file__).parent
    installed = program.is_relative_to(sysconfig.get_path("purelib"))
    if not installed and package_translations() not in translations:
        translations.append(package_translations())
    return Watched(
        root=settings.root,
        content=settings.root / settings.content,
        pages=settings.pages,
        translations=tuple(translations),
        frame=(settings.config_file, *settings.site_code),
        program=None if installed else program,
    )


class Changes:
    """Changes that no build has taken up yet. Belongs to one event loop."""

    def __init__(self) -> None:
        self._extents: dict[Path, Extent] = {}
        self._some = asyncio.Event()

    def add(self, extents: Mapping[Path, Extent]) -> None:
        """Note changed paths, and what each undoes."""
        self._extents |= extents
        if self._extents:
            self._some.set()

    async def take(self) -> Mapping[Path, Extent]:
        """All changes since the last call, once there are any."""
        await self._some.wait()
        self._some.clear()
        taken, self._extents = self._extents, {}
        return taken


class _Relevant(DefaultFilter):
    """Passes over what editors leave beside a file, and what doesn't matter to the site."""

    def __init__(self, extent: Callable[[Path], Extent | None]) -> None:
        super().__init__()
        self._extent = extent

    def __call__(self, change: Change, path: str) -> bool:
        return super().__call__(change, path) and self._extent(Path(path)) is not None


async def watch(places: Watched, changes: Changes, stop: asyncio.Event) -> None:
    """Note changes of watched files until `stop` is set.

    Folders may come and go meanwhile: the folders that hold them are watched too, though not what else is in those.
    """
    while not stop.is_set():
        end = asyncio.Event()
        stopping = asyncio.create_task(stop.wait())
        watching = [
            asyncio.create_task(_watch_inside(places, changes, end)),
            asyncio.create_task(_watch_around(places, changes, end)),
        ]
        try:
            await asyncio.wait((stopping, *watching), return_when=asyncio.FIRST_COMPLETED)
        finally:
            end.set()
            stopping.cancel()
        for outcome in await asyncio.gather(*watching, return_exceptions=True):
            # A folder that went after it was seen: look again what there is.
            if isinstance(outcome, Exception) and not isinstance(outcome, FileNotFoundError):
                raise outcome


async def _watch_inside(places: Watched, changes: Changes, end: asyncio.Event) -> None:
    folders = [place for place in places.places() if place.is_dir()]
    if not folders:
        await end.wait()
        return
    relevant = _Relevant(places.extent)
    async for found in awatch(*folders, watch_filter=relevant, step=_STEP, stop_event=end):
        paths = {Path(path) for _, path in found}
        changes.add({path: places.extent(path) or Extent.CONTENT for path in paths})


async def _watch_around(places: Watched, changes: Changes, end: asyncio.Event) -> None:
    """Watch files that are replaced as a whole; ends when a folder has appeared, gone or been replaced."""
    own = frozenset(places.places())
    folders = {place.parent for place in own if place.parent.is_dir()}
    relevant = _Relevant(lambda path: places.extent(path) if path in own else None)
    async for found in awatch(*folders, watch_filter=relevant, step=_STEP, stop_event=end, recursive=False):
        kinds = {Path(path): kind for kind, path in found if kind is not Change.modified or Path(path).is_file()}
        changes.add({path: max(places.extent(path) or Extent.FRAME, Extent.FRAME) for path in kinds})
        if any(not path.is_file() for path in kinds):
            return
