"""The theme's frame, kept from one build to the next: a build that finds it loads neither theme nor MkDocs.

`kept_engine` is an engine that answers from packs in the project's cache folder. For what it doesn't find there, such
as the shell of a layout that no page had before, it makes the real engine, and keeps the answer. Any process may do
that: each answer is a pack of its own.

Nothing is used unless the evidence of all that the frame was made from is confirmed, see `kb_gen.site.evidence`; and
nothing is kept where a plugin, an extension or a template may depend on more, see `provenance`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from kb_gen.load import digest, read_pack, remove_packs, write_pack
from kb_gen.site.engines import Asset, Engine, HandwrittenPage, LocaleShape, PageParts, SearchEntry
from kb_gen.site.engines.inline_scripts import scripts_in
from kb_gen.site.engines.mkdocs.layouts import Layouts, LocaleLayouts, link_folders
from kb_gen.site.engines.mkdocs.search import SearchSettings, index_document, search_assets
from kb_gen.site.engines.mkdocs.shells import Shell, fill, slot_values
from kb_gen.site.evidence import (
    Installation,
    ProjectEvidence,
    confirm,
    evidence_of,
    installation,
    is_installed,
)

if TYPE_CHECKING:  # what a warm build does without
    from kb_gen.site.engines.mkdocs.engine import MkDocsEngine

__all__ = ["frame_stands", "kept_engine"]

T = TypeVar("T")

_FRAME = b"kb-gen frame\r\n"
_PART = b"kb-gen part of a frame\r\n"
_FRAME_NAME = "frame"
_PARTS = re.compile(r"(?:pages|assets|not-found|[0-9a-f]{16})\.part")
_LAYOUTS_KEPT = 2000
"""Far more than a site has layouts; a bound for sites whose tables of contents are all different."""

# Whatever an encoder may say of texts that UTF-8 can't hold, and a decoder of bytes that it didn't encode.
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class _Locale(Struct, frozen=True, array_like=True):
    home: str
    pages: tuple[str, ...]
    search: SearchSettings


class _Frame(Struct, frozen=True, array_like=True):
    """What every page of a site has to do with.

    Attributes:
        project: evidence of the configuration and the hand-written pages.
        templates: evidence of the user's own templates.
        programs: evidence of the theme and of all that renders it.
        site_url: the site's own absolute address, or nothing.
        locales: the site's locales, by tag.
    """

    project: ProjectEvidence
    templates: ProjectEvidence
    programs: Installation
    site_url: str
    locales: dict[str, _Locale]

    def confirmed(self) -> _Frame | None:
        """The frame with its evidence as it is now; None if anything differs from what it was made from."""
        if not is_installed(self.programs):
            return None
        project, templates = confirm(self.project), confirm(self.templates)
        if project is None or templates is None:
            return None
        return msgspec.structs.replace(self, project=project, templates=templates)

    def version(self, key: bytes) -> bytes:
        """16 bytes that differ wherever a part of this frame could be another."""
        return digest(
            b"".join((key, self.project.summary(), self.templates.summary(), digest(_ENCODER.encode(self.programs))))
        )

    def layouts(self) -> Layouts:
        return Layouts(
            self.site_url,
            {
                tag: LocaleLayouts(one.home, frozenset(one.pages), link_folders((one.home, *one.pages)))
                for tag, one in self.locales.items()
            },
        )


class _Evidence(Struct, frozen=True, array_like=True):
    """What names a frame: the key and the version of its packs."""

    key: bytes
    version: bytes


class _Shell(Struct, frozen=True, array_like=True):
    pieces: tuple[bytes, ...]
    slots: tuple[tuple[int, str], ...]
    scripts: tuple[str, ...]


class _Page(Struct, frozen=True, array_like=True):
    """A hand-written page, its inline scripts, and what MkDocs warned of."""

    locale: str
    url: str
    title: str
    source: str
    html: bytes
    search: tuple[SearchEntry, ...]
    scripts: tuple[str, ...]
    remarks: tuple[str, ...]


class _Asset(Struct, frozen=True, array_like=True):
    """A file of the site: its content where the engine has made it, or where it lies."""

    url: str
    content: bytes | None
    path: str | None


class _NotFound(Struct, frozen=True, array_like=True):
    bodies: bytes
    html: bytes
    scripts: tuple[str, ...]


_ENCODER = msgspec.msgpack.Encoder()


def kept_engine(
    config_file: Path, locales: tuple[LocaleShape, ...], key: bytes, cache: Path, make: Callable[[], MkDocsEngine]
) -> Engine:
    """An engine that answers as the one that `make` makes, from what is kept in a cache folder where that will do.

    Args:
        config_file: the project's `mkdocs.yml`.
        locales: the site's locales.
        key: differs wherever `make` makes another engine of the same files.
        cache: the folder for packs.
        make: makes the real engine.
    """
    key = digest(key)
    frame = _read_frame(cache, key)
    if frame is not None:
        return _KeptFrame(frame, _Store(cache, frame, key), make)
    # Late: this is what loads MkDocs.
    from kb_gen.site.engines.mkdocs.provenance import provenance  # noqa: PLC0415

    origin = provenance(config_file)
    before = origin and (evidence_of(origin.frame(locales)), evidence_of(origin.templates))
    engine = make()
    if not before or before[0] is None or before[1] is None:
        return engine
    own = before[1].trees[0].path if before[1].trees else None
    programs = installation([folder for folder in engine.theme_folders if str(folder) != own])
    if programs is None or confirm(before[0]) is None or confirm(before[1]) is None:
        return engine
    frame = _Frame(before[0], before[1], programs, engine.layouts.site_url, _locales(engine))
    remove_packs(cache, _PARTS, ())
    _write_frame(cache, key, frame)
    return _KeptFrame(frame, _Store(cache, frame, key), make, engine)


def frame_stands(evidence: bytes, cache: Path) -> bool:
    """Whether the engine whose `Engine.evidence` this is would answer the same again.

    Args:
        evidence: what it gave, in this or another process.
        cache: the folder for packs.
    """
    try:
        known = msgspec.msgpack.decode(evidence, type=_Evidence)
    except _DOUBTS:
        return False
    frame = _read_frame(cache, known.key)
    return frame is not None and frame.version(known.key) == known.version


def _locales(engine: MkDocsEngine) -> dict[str, _Locale]:
    return {
        tag: _Locale(one.home, tuple(sorted(one.pages)), engine.search_settings[tag])
        for tag, one in engine.layouts.locales.items()
    }


def _read_frame(cache: Path, key: bytes) -> _Frame | None:
    payload = read_pack(cache, _FRAME_NAME, _FRAME, key)
    if payload is None:
        return None
    try:
        frame = msgspec.msgpack.decode(payload, type=_Frame)
    except _DOUBTS:
        return None
    confirmed = frame.confirmed()
    if confirmed is not None and confirmed != frame:
        # Files that had to be read to know them are known by their states the next time.
        _write_frame(cache, key, confirmed)
    return confirmed


def _write_frame(cache: Path, key: bytes, frame: _Frame) -> None:
    try:
        write_pack(cache, _FRAME_NAME, _FRAME, key, _ENCODER.encode(frame))
    except _DOUBTS:
        return


class _Store:
    """The parts of one frame in a cache folder."""

    def __init__(self, cache: Path, frame: _Frame, key: bytes) -> None:
        self._cache = cache
        self._frame = frame
        self._key = key
        self._version = frame.version(key)
        self._room = _LAYOUTS_KEPT - _count(cache)
        self._closed = False

    def read(self, name: str, kind: type[T]) -> T | None:
        """A part; None where there is none, or none of this frame."""
        payload = read_pack(self._cache, f"{name}.part", _PART, self._version)
        if payload is None:
            return None
        try:
            return msgspec.msgpack.decode(payload, type=kind)
        except _DOUBTS:
            return None

    def write(self, name: str, part: object) -> None:
        """Keep a part, unless it may come from templates that were changed after the frame was made."""
        if self._closed or self._room <= 0 or confirm(self._frame.templates) is None:
            return
        self._room -= 1
        try:
            write_pack(self._cache, f"{name}.part", _PART, self._version, _ENCODER.encode(part))
        except _DOUBTS:
            return

    def evidence(self) -> bytes | None:
        """What names the frame, unless it is in doubt."""
        return None if self._closed else _ENCODER.encode(_Evidence(self._key, self._version))

    def doubt(self) -> None:
        """Keep nothing more if the project isn't what it was when the frame was made."""
        self._closed = self._closed or confirm(self._frame.project) is None


def _count(cache: Path) -> int:
    try:
        return sum(_PARTS.fullmatch(name) is not None for name in os.listdir(cache))  # noqa: PTH208 - names only
    except OSError:
        return 0


class _KeptFrame:
    """An engine that answers from a store; the real one is made for the first answer that isn't there.

    Instances survive `fork`.
    """

    def __init__(
        self, frame: _Frame, store: _Store, make: Callable[[], MkDocsEngine], engine: MkDocsEngine | None = None
    ) -> None:
        self._store = store
        self._make = make
        self._engine = engine
        self._layouts = frame.layouts()
        self._search = {tag: one.search for tag, one in frame.locales.items()}
        self._shells: dict[tuple[object, ...], Shell] = {}
        self._scripts: set[str] = set()

    def page(self, parts: PageParts) -> bytes:
        layout = self._layouts.of(parts)
        shell = self._shells.get(layout) or self._shell(layout, parts)
        home = self._layouts.locales[parts.locale].home
        return fill(shell, slot_values(parts, self._layouts.site_url, home))

    def handwritten(self) -> Iterator[HandwrittenPage]:
        pages = self._store.read("pages", tuple[_Page, ...])
        if pages is None:
            pages = tuple(map(_kept_page, self._real().handwritten()))
            self._store.write("pages", pages)
        for page in pages:
            self._scripts.update(page.scripts)
            source = Path(page.source)
            yield HandwrittenPage(page.locale, page.url, page.title, source, page.html, page.search, page.remarks)

    def assets(self) -> Iterator[Asset]:
        assets = self._store.read("assets", tuple[_Asset, ...])
        if assets is None:
            assets = tuple(map(_kept_asset, self._real().assets()))
            # Which files there are is looked up this late.
            self._store.doubt()
            self._store.write("assets", assets)
        for asset in assets:
            yield Asset(asset.url, Path(asset.path or "") if asset.content is None else asset.content)

    def inline_scripts(self) -> frozenset[str]:
        for parts in self._layouts.typical_pages():
            self.page(parts)
        return frozenset(self._scripts)

    def search_document(self, entry: SearchEntry) -> bytes:
        return index_document(entry)

    def search_files(self, locale: str, entries: Callable[[], Iterator[SearchEntry | bytes]]) -> Iterator[Asset]:
        return search_assets(self._search[locale], locale, entries())

    def not_found(self, bodies: Mapping[str, str]) -> bytes:
        wanted = digest(_ENCODER.encode(list(bodies.items())))
        page = self._store.read("not-found", _NotFound)
        if page is None or page.bodies != wanted:
            html = self._real().not_found(bodies)
            page = _NotFound(wanted, html, _scripts(html))
            self._store.write("not-found", page)
        self._scripts.update(page.scripts)
        return page.html

    def evidence(self) -> bytes | None:
        return self._store.evidence()

    def _shell(self, layout: tuple[object, ...], parts: PageParts) -> Shell:
        name = _name(layout)
        kept = self._store.read(name, _Shell) if name else None
        if kept is None:
            rendered, scripts = self._real().shell(parts)
            kept = _Shell(rendered.pieces, rendered.slots, tuple(sorted(scripts)))
            if name:
                self._store.write(name, kept)
        self._scripts.update(kept.scripts)
        shell = Shell(kept.pieces, kept.slots)
        if len(self._shells) >= _LAYOUTS_KEPT:
            del self._shells[next(iter(self._shells))]
        self._shells[layout] = shell
        return shell

    def _real(self) -> MkDocsEngine:
        if self._engine is None:
            self._engine = self._make()
            self._store.doubt()
        return self._engine


def _name(layout: tuple[object, ...]) -> str | None:
    """The name of a layout's shell in the store."""
    try:
        return digest(_ENCODER.encode(layout)).hex()[:16]
    except _DOUBTS:
        return None


def _kept_page(page: HandwrittenPage) -> _Page:
    return _Page(
        page.locale,
        page.url,
        page.title,
        str(page.source),
        page.html,
        page.search,
        _scripts(page.html),
        page.remarks,
    )


def _kept_asset(asset: Asset) -> _Asset:
    if isinstance(asset.content, bytes):
        return _Asset(asset.url, asset.content, None)
    return _Asset(asset.url, None, str(asset.content))


def _scripts(html: bytes) -> tuple[str, ...]:
    return tuple(sorted(scripts_in(html.decode())))
