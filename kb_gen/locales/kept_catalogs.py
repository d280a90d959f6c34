"""What catalogs say and what is wrong with them, kept from one run to the next.

One pack has all heads: what there is to know of each catalog without looking into it. A further pack for each catalog,
named by the print of what it says, is read when somebody looks up a text, so that most builds never read it. The rules
are those of `kb_gen.load.cache`: whatever isn't certain is read from the catalog again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.load import FileState, digest, format_version, is_settled, read_pack, remove_packs, write_pack
from kb_gen.locales.catalogs import CatalogFile, CatalogSource, Said
from kb_gen.locales.checks import checked_catalog, read_catalog
from kb_gen.locales.po import read_po_bytes
from kb_gen.model import MessageSyntax

__all__ = ["CatalogHead", "KeptCatalog", "catalog_heads", "head_of", "is_as_it_was", "keep_heads", "kept_catalog"]

_HEADS = "catalogs.heads"
_HEADS_MAGIC = b"kb-gen heads\r\n\r\n"
_TEXTS_MAGIC = b"kb-gen texts\r\n\r\n"
_NAMES = re.compile(r"[0-9a-f]{32}\.texts")

_PACKAGES = ("diagnostics", "load", "locales", "markup", "messages", "model")
"""Our own code that decides on what is said of a catalog."""
_LIBRARIES = ("Babel", "markdown-it-py")

_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class CatalogHead(Struct, frozen=True, array_like=True):
    """What there is to know of a catalog without looking into it.

    Attributes:
        path: the catalog, relative to the project's root, with `/`.
        tag: the BCP 47 tag of its locale.
        syntax: how the message templates of its domain are written.
        words: a digest of the names that translations keep.
        state: the file as it was when it was read, or before.
        settled: whether the file surely holds the same as long as it is in that state.
        digest: of what it held; empty if it couldn't be read.
        file: what is wrong with it; and what it says, where that couldn't be kept.
    """

    path: str
    tag: str
    syntax: MessageSyntax
    words: bytes
    state: FileState
    settled: bool
    digest: bytes
    file: CatalogFile


class KeptCatalog(CatalogFile, frozen=True):
    """A catalog whose texts lie in a pack.

    Attributes:
        folder: where the packs lie.
        source: the catalog itself.
    """

    folder: Path = Path()
    source: CatalogSource = CatalogSource(Path(), "", "")

    def said(self) -> Said:
        """What the catalog says; if the pack is gone or damaged, what it says by now."""
        found = _read_texts(self.folder, self.print)
        if found is None:
            again = read_catalog(self.source)
            _write_texts(self.folder, again)
            return again.said()
        return found


_HEAD_LIST = msgspec.msgpack.Decoder(list[CatalogHead])
_SAID = msgspec.msgpack.Decoder(Said)
_ENCODER = msgspec.msgpack.Encoder()


def catalog_heads(root: Path, folder: Path, words: tuple[str, ...]) -> dict[CatalogSource, CatalogHead]:
    """What an earlier run kept of a project's catalogs: nothing where that can't be trusted.

    Args:
        root: the project's root.
        folder: where the packs lie.
        words: the names that translations keep; of heads from before another was added, nothing is known.
    """
    version = format_version(_PACKAGES, _LIBRARIES)
    payload = read_pack(folder, _HEADS, _HEADS_MAGIC, version) if version is not None else None
    try:
        heads = _HEAD_LIST.decode(payload) if payload is not None else []
    except _DOUBTS:
        return {}
    known = _words_digest(words)
    return {
        CatalogSource(root, head.path, head.tag, head.syntax, words): head
        for head in heads
        if head.words == known and _is_sound(head)
    }


def _is_sound(head: CatalogHead) -> bool:
    """Whether such a file may have such a head: what the types don't say, but later stages rely on."""
    return bool(head.file.print) and all(
        finding.place is not None
        and finding.place.path == head.path
        and 0 <= (finding.place.start or 0) <= (finding.place.end or finding.place.start or 0)
        for finding in head.file.findings
    )


def is_as_it_was(source: CatalogSource, head: CatalogHead, folder: Path) -> bool:
    """Whether a catalog surely has the head that was kept. The catalog isn't opened.

    Args:
        source: the catalog.
        head: its head.
        folder: where the packs lie.
    """
    return head.settled and head.state == _state(source) and _has_texts(folder, head.file)


def head_of(source: CatalogSource, before: CatalogHead | None, folder: Path, taken: int) -> CatalogHead:
    """A catalog's head, made from the catalog as it is; what it says is put into a pack.

    Args:
        source: the catalog.
        before: the head that was kept.
        folder: where the packs lie.
        taken: a time before the catalog is looked at, in nanoseconds since 1970.
    """
    # First the state: if the file changes meanwhile, it is in another one the next time.
    state, words = _state(source), _words_digest(source.words)
    data = read_po_bytes(source.root, source.path)
    if state is None or not isinstance(data, bytes):
        state = state or FileState(source.path, 0, 0, 0, 0)
        return CatalogHead(source.path, source.tag, source.syntax, words, state, False, b"", read_catalog(source))
    held = digest(data)
    if before is not None and before.digest == held and _has_texts(folder, before.file):
        file = before.file
    else:
        file = checked_catalog(data, source)
        _write_texts(folder, file)
        if _has_texts(folder, file):
            file = msgspec.structs.replace(file, encoded=b"")
    settled = is_settled(state, taken)
    return CatalogHead(source.path, source.tag, source.syntax, words, state, settled, held, file)


def kept_catalog(source: CatalogSource, head: CatalogHead, folder: Path) -> CatalogFile:
    """The catalog that has this head.

    Args:
        source: the catalog.
        head: its head.
        folder: where the packs lie.
    """
    file = head.file
    if not file.print or file.encoded:
        return file
    return KeptCatalog(file.print, file.findings, file.sound_for, file.plural_forms, folder=folder, source=source)


def keep_heads(folder: Path, before: Iterable[CatalogHead], heads: Iterable[CatalogHead]) -> None:
    """Keep these heads, all of a project's, and the texts of no other catalogs.

    Args:
        folder: where the packs lie.
        before: the heads that are kept already.
        heads: those to keep.
    """
    version = format_version(_PACKAGES, _LIBRARIES)
    keep = [head for head in heads if head.digest and head.file.print and not head.file.encoded]
    if version is not None and keep != list(before):
        write_pack(folder, _HEADS, _HEADS_MAGIC, version, _ENCODER.encode(keep))
    remove_packs(folder, _NAMES, {_name(head.file.print) for head in keep})


def _state(source: CatalogSource) -> FileState | None:
    """The state of the file that `read_po_bytes` would read; None where it would read none."""
    file = source.root / source.path
    try:
        if not file.resolve(strict=True).is_relative_to(source.root.resolve()):
            return None
        status = os.stat(file)  # noqa: PTH116 - as for records
    except OSError:
        return None
    return FileState(source.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _words_digest(words: tuple[str, ...]) -> bytes:
    return digest(_ENCODER.encode(words)) if words else b""


def _name(print_: bytes) -> str:
    return f"{print_.hex()}.texts"


def _has_texts(folder: Path, file: CatalogFile) -> bool:
    return (folder / _name(file.print)).is_file()


def _read_texts(folder: Path, print_: bytes) -> Said | None:
    version = format_version(_PACKAGES, _LIBRARIES)
    payload = read_pack(folder, _name(print_), _TEXTS_MAGIC, version) if version is not None else None
    try:
        return _SAID.decode(payload) if payload is not None else None
    except _DOUBTS:
        return None


def _write_texts(folder: Path, file: CatalogFile) -> None:
    version = format_version(_PACKAGES, _LIBRARIES)
    if version is not None and file.print:
        write_pack(folder, _name(file.print), _TEXTS_MAGIC, version, file.encoded)
