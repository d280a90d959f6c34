"""A locale's memory, from all of its catalogs and the TMX files of the project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import collection_paused
from kb_gen.locales.catalogs import CatalogSource, catalog_sources
from kb_gen.locales.glossary.noting import TERM_NOTE
from kb_gen.locales.memory.files import file_memory, memory_files
from kb_gen.locales.memory.matching import Memory
from kb_gen.locales.memory.remembered import Remembered, Standing
from kb_gen.locales.merging import SUGGESTED
from kb_gen.locales.po import PoEntry, quick_lookup, read_po, read_po_text
from kb_gen.locales.tags import locale_info
from kb_gen.locales.unit_ids import is_address

__all__ = ["catalog_memory", "load_memory"]

_NOTE = "#. "


def load_memory(
    root: Path, tag: str, translations: str = "translations", source_tag: str = "en"
) -> tuple[Memory, list[Diagnostic]]:
    """What was ever translated into a locale, and what is odd about the TMX files among its sources.

    Approved translations of all domains, obsolete ones as well, those of the locales it descends from, and TMX files.
    What is wrong with catalogs isn't told: that is for the check.

    Args:
        root: the project's root.
        tag: the BCP 47 tag of the locale.
        translations: the folder of the catalogs, relative to `root`.
        source_tag: the BCP 47 tag of the language of the source texts.

    Raises:
        UnknownLocale: there is no such locale.
    """
    locale = locale_info(tag).tag
    sources = catalog_sources(root, [locale], translations, {})[locale]
    with collection_paused():
        # A locale's own catalogs come last there; here, the nearest is to be offered first.
        remembered = [known for source in reversed(sources) for known in catalog_memory(source)]
        findings: list[Diagnostic] = []
        for path in memory_files(root, translations):
            more, odd = file_memory(root, path, source_tag, locale)
            remembered += more
            findings += odd
    return Memory(remembered), findings


def catalog_memory(source: CatalogSource) -> Iterator[Remembered]:
    """The approved translations of a catalog, the obsolete ones among them last."""
    text, _ = read_po_text(source.root, source.path)
    if text is None:
        return
    domain = source.domain
    text = text.replace("\r\n", "\n")
    quick = quick_lookup(text)
    if quick is None or quick.lookup.plurals:
        catalog, _ = read_po(text, source.path)
        yield from _approved(catalog.entries, domain)
        yield from _approved(catalog.obsolete, domain)
        return
    for (key, translation), notes in zip(quick.lookup.texts.items(), quick.notes, strict=True):
        if translation and not translation.isspace():
            context, separator, msgid = key.rpartition("\x04")
            place = _first_note(notes)
            yield Remembered(msgid, (translation,), domain, place, context if separator else None)
    yield from _obsolete(text, domain, source.path)


def _first_note(notes: str) -> str:
    """What extraction says first of an entry with these comment lines; they may begin with others' obsolete ones."""
    own = notes[max(notes.rfind("\n#~"), 0) :]
    return _place(line[len(_NOTE) :] for line in own.split("\n") if line.startswith(_NOTE)) if _NOTE in own else ""


def _place(extracted: Iterable[str]) -> str:
    """What an entry is, where extraction says that.

    Interface words may have no such note. Where a translation was once suggested from, terms and addresses are none.
    """
    others = (note for note in extracted if not (note.startswith((SUGGESTED, TERM_NOTE)) or is_address(note)))
    return next(others, "")


def _obsolete(text: str, domain: str, path: str) -> Iterator[Remembered]:
    """The obsolete entries of a well-formed catalog; the rest of it isn't read once more."""
    first = text.find("\n#~")
    if first >= 0:
        # An entry's comments stand before it, without an empty line between them.
        catalog, _ = read_po(text[max(text.rfind("\n\n", 0, first), 0) :], path)
        yield from _approved(catalog.obsolete, domain)


def _approved(entries: tuple[PoEntry, ...], domain: str) -> Iterator[Remembered]:
    for entry in entries:
        if entry.translated and not entry.fuzzy:
            place = _place(entry.extracted)
            standing = Standing.OBSOLETE if entry.obsolete else Standing.APPROVED
            yield Remembered(entry.msgid, entry.msgstr, domain, place, entry.context, entry.msgid_plural, standing)
