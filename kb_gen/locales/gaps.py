"""Where a locale has no translation to show: for those who want none of their articles to have a gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.locales.catalogs import catalog_path
from kb_gen.locales.localizer import Localizer
from kb_gen.locales.passages import Passage, State
from kb_gen.locales.po import PoEntry, lookup_key, read_po_file
from kb_gen.locales.tags import with_parents
from kb_gen.locales.units import Unit, localize_record
from kb_gen.model import KnowledgeBase

__all__ = ["translation_gaps"]

_ABSENT = "run `kb-gen i18n update`, which adds the missing text to the catalog, and translate it"
_EMPTY = "translate this entry, and the others of the article that are empty or marked as fuzzy"
_FUZZY = "correct this translation, whose source text has changed, and take its mark `fuzzy` away"
_LOSSY = "correct this translation: it lacks a part that it has to keep, and isn't shown"


def translation_gaps(kb: KnowledgeBase, localizer: Localizer, root: Path, translations: str) -> Iterator[Diagnostic]:
    """Every article that isn't completely translated, with the first of its texts that has no translation.

    Args:
        kb: the knowledge base.
        localizer: what shows it in a locale.
        root: the project's root.
        translations: the folder of the catalogs, relative to `root`.
    """
    # Articles come source by source, and each source has a catalog of its own.
    entries = lru_cache(maxsize=16)(lambda path: _entries(root, path))
    for entry in kb.entries:
        gaps: list[Unit] = []

        def note(unit: Unit, gaps: list[Unit] = gaps) -> Passage:
            passage = localizer.translate(unit)
            if passage.state in {State.MISSING, State.OUTDATED}:
                gaps.append(unit)
            return passage

        tag = localizer.locale.tag
        coverage = localize_record(entry, kb, note, tag).coverage
        if coverage.complete:
            continue
        paths = [catalog_path(translations, each, gaps[0].domain) for each in with_parents(tag)]
        place, help = _first(gaps[0], {path: entries(path) for path in paths})  # noqa: A001
        message = (
            f"{entry.title} is not completely translated into {tag}: {coverage.missing} missing, "
            f"{coverage.outdated} outdated of {coverage.total}"
        )
        sources = tuple(Place(path, label="the source text") for path in dict.fromkeys((gaps[0].path, entry.path)))
        yield error("incomplete-translation", message, place or sources[0], help, sources if place else sources[1:])


def _first(unit: Unit, catalogs: Mapping[str, Mapping[str, PoEntry] | None]) -> tuple[Place | None, str]:
    """Where a translation is missing, and what to do there; the locale's own catalog comes first."""
    key = lookup_key(unit.context, unit.msgid)
    for path, entries in catalogs.items():
        entry = entries.get(key) if entries else None
        if entry is not None:
            start, end = entry.msgstr_at[0]
            waiting = any(text.strip() for text in entry.msgstr)
            return Place(path, start, end), _FUZZY if entry.fuzzy else _LOSSY if waiting else _EMPTY
    there = next((path for path, entries in catalogs.items() if entries is not None), None)
    return (Place(there) if there else None), _ABSENT


def _entries(root: Path, path: str) -> Mapping[str, PoEntry] | None:
    """A catalog's entries by lookup key; None where there is no catalog to be read."""
    catalog, _ = read_po_file(root, path)
    return {lookup_key(entry.context, entry.msgid): entry for entry in catalog.entries} if catalog else None
