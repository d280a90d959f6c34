"""TMX files as sources of a memory: those of a project, and one to be taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.load import digest, write_pieces_atomically
from kb_gen.locales.memory.remembered import Remembered, Standing
from kb_gen.locales.memory.tmx_reading import CONTEXT, RefusedUnit, TmxUnit, read_tmx
from kb_gen.locales.memory.tmx_writing import write_tmx
from kb_gen.locales.xml_places import XmlPlaces

__all__ = ["MEMORY_FOLDER", "Imported", "file_memory", "import_tmx", "memory_files"]

MEMORY_FOLDER = "memory"
"""The folder of TMX files, in that of the catalogs."""


def memory_files(root: Path, translations: str) -> list[str]:
    """The TMX files of a project, relative to `root`, in a fixed order."""
    folder = root / translations / MEMORY_FOLDER
    names = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
    return [f"{translations}/{MEMORY_FOLDER}/{name}" for name in names if name.lower().endswith(".tmx")]


def file_memory(root: Path, path: str, source_tag: str, tag: str) -> tuple[list[Remembered], list[Diagnostic]]:
    """What a TMX file remembers of one locale, and what of it can't be used.

    Args:
        root: the folder that `path` is relative to.
        path: the file, with `/`.
        source_tag: the BCP 47 tag of the source language.
        tag: that of the locale.
    """
    remembered: list[Remembered] = []
    refused: list[RefusedUnit] = []
    name = Path(path).name
    if not (root / path).resolve().is_relative_to(root.resolve()):
        help_text = "copy the file into the folder, in the place of the link"
        return [], [error("outside-tree", "the file leads out of the project's folder", Place(path), help_text)]
    try:
        with (root / path).open("rb") as stream:
            for piece in read_tmx(stream, source_tag, [tag]):
                for unit in piece.units:
                    if isinstance(unit, TmxUnit):
                        context = unit.properties.get(CONTEXT)
                        known = Remembered(unit.source, (unit.targets[tag],), name, "", context, None, Standing.FILE)
                        remembered.append(known)
                    else:
                        refused.append(unit)
    except OSError as reason:
        return [], [_unreadable(path, reason)]
    return remembered, _findings(root, path, refused)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a TMX file.

    Attributes:
        path: the file that was written, relative to the project's root; empty if none was.
        units: how many units it holds.
        repeated: how many were left out because the file says the same twice.
        passed_over: how many were left out because they aren't in the project's languages.
        findings: what couldn't be used, and why.
    """

    path: str
    units: int
    repeated: int
    passed_over: int
    findings: tuple[Diagnostic, ...]


def import_tmx(
    root: Path,
    file: Path,
    source_tag: str,
    tags: Sequence[str],
    translations: str = "translations",
    advance: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Take a TMX file into a project's memory: the units in its languages, written anew, whatever the encoding.

    Nothing is written if the file can't be read to its end, or holds nothing of use. A file of the same name that was
    taken in before is replaced. The file may be of any size: it is read and written unit by unit.

    Args:
        root: the project's root.
        file: the TMX file.
        source_tag: the BCP 47 tag of the source language.
        tags: those of the locales.
        translations: the folder of the catalogs, relative to `root`.
        advance: is told how many bytes have been read.

    Raises:
        OSError: a file can't be read or written.
    """
    path = f"{translations}/{MEMORY_FOLDER}/{file.stem}.tmx"
    taking = _Taking(source_tag, tags, advance)
    try:
        with file.open("rb") as stream:
            write_pieces_atomically(root / path, write_tmx(taking.units(stream), source_tag))
    except _NothingTaken:
        path = ""
    findings = _findings(root, _shown(root, file), taking.refused)
    return Imported(path, taking.taken, taking.repeated, taking.passed_over, tuple(findings))


class _NothingTaken(Exception):  # noqa: N818 - it says what is the case
    """A file that nothing is to be written of."""


class _Taking:
    """Units on their way from one file into another."""

    def __init__(self, source_tag: str, tags: Sequence[str], advance: Callable[[int], None]) -> None:
        self._source_tag = source_tag
        self._tags = tags
        self._advance = advance
        self._seen: set[bytes] = set()
        self.refused: list[RefusedUnit] = []
        self.taken = self.repeated = self.passed_over = 0

    def units(self, stream: BinaryIO) -> Iterator[TmxUnit]:
        """The units of use, each once.

        Raises:
            _NothingTaken: there is none, or the file breaks off.
        """
        for piece in read_tmx(stream, self._source_tag, self._tags):
            self._advance(piece.read)
            self.passed_over += piece.passed_over
            for unit in piece.units:
                if isinstance(unit, RefusedUnit):
                    self.refused.append(unit)
                elif self._is_new(unit):
                    self.taken += 1
                    yield unit
        if not self.taken or any(unit.fatal for unit in self.refused):
            raise _NothingTaken

    def _is_new(self, unit: TmxUnit) -> bool:
        said = digest(repr((unit.source, unit.targets, unit.properties)).encode("utf-8", "surrogatepass"))
        self.repeated += said in self._seen
        is_new = said not in self._seen
        self._seen.add(said)
        return is_new


def _shown(root: Path, file: Path) -> str:
    """A file's name as places have it: relative to the project's root if it is there."""
    full, top = file.resolve(), root.resolve()
    return (full.relative_to(top) if full.is_relative_to(top) else full).as_posix()


def _findings(root: Path, path: str, refused: Sequence[RefusedUnit]) -> list[Diagnostic]:
    if not refused:
        return []
    places = XmlPlaces(root, path)
    return [_finding(unit, places) for unit in refused]


def _finding(unit: RefusedUnit, places: XmlPlaces) -> Diagnostic:
    place, where = places.place(unit.line, unit.column), places.words(unit.line)
    if unit.fatal:
        help_text = "let the program that made the file write it again, as TMX 1.4"
        return error("memory-file", f"the translation memory can't be read: {unit.reason}{where}", place, help_text)
    return warning("memory-unit", f"this unit is left out: {unit.reason}{where}", place)


def _unreadable(path: str, reason: OSError) -> Diagnostic:
    words = (reason.strerror or type(reason).__name__).lower()
    help_text = "mend or remove it, or give yourself the right to read it"
    return error("unreadable-file", f"the translation memory can't be read: {words}", Place(path), help_text)
