"""The approved translations of a project as units of a TMX file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_gen.locales.catalogs import CatalogSource, catalog_sources
from kb_gen.locales.memory.loading import catalog_memory
from kb_gen.locales.memory.remembered import Remembered, Standing
from kb_gen.locales.memory.tmx_reading import CONTEXT, DOMAIN, TmxUnit
from kb_gen.locales.memory.tmx_writing import unwritable
from kb_gen.locales.tags import locale_info
from kb_gen.locales.unit_ids import unit_id

__all__ = ["Exported", "export_memory"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What a project's catalogs give for a TMX file.

    Attributes:
        units: the units, in the order of the catalogs.
        unwritable: the units with a character that XML can't hold, which are left out.
    """

    units: tuple[TmxUnit, ...]
    unwritable: tuple[TmxUnit, ...]


def export_memory(root: Path, tags: Sequence[str], translations: str = "translations") -> Exported:
    """The approved translations of a project's own catalogs: a unit for each text, with all locales that have it.

    TMX knows no plural: each form of a translation becomes a unit of its own, beside the source's form.

    Args:
        root: the project's root.
        tags: the BCP 47 tags of the locales.
        translations: the folder of the catalogs, relative to `root`.

    Raises:
        UnknownLocale: there is no such locale.
    """
    gathered: dict[tuple[str, str | None, str, int], _Gathered] = {}
    for tag, source in _own_sources(root, tags, translations):
        for known in catalog_memory(source):
            if known.standing is Standing.APPROVED:
                for form, (text, target) in enumerate(_pairs(known)):
                    key = (known.domain, known.context, text, form)
                    gathered.setdefault(key, _Gathered(known, {})).targets[tag] = target
    units = [_unit(key[2], key[3], found) for key, found in gathered.items()]
    return Exported(
        tuple(unit for unit in units if not unwritable(unit)), tuple(unit for unit in units if unwritable(unit))
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A text as it was first met, and its translations."""

    known: Remembered
    targets: dict[str, str]


def _own_sources(root: Path, tags: Sequence[str], translations: str) -> Iterator[tuple[str, CatalogSource]]:
    """The project's catalogs of the locales themselves."""
    by_locale: Mapping[str, Sequence[CatalogSource]] = catalog_sources(root, tags, translations, {})
    for tag in dict.fromkeys(locale_info(tag).tag for tag in tags):
        yield from ((tag, source) for source in by_locale[tag] if source.root == root and source.tag == tag)


def _pairs(known: Remembered) -> Iterator[tuple[str, str]]:
    """The texts of a translation beside the form of the source text that each belongs to."""
    for form, target in enumerate(known.targets):
        yield known.source if known.plural is None or form == 0 else known.plural, target


def _unit(text: str, form: int, found: _Gathered) -> TmxUnit:
    known = found.known
    name = unit_id(known.domain, known.context, known.source)
    properties = {DOMAIN: known.domain} | ({CONTEXT: known.context} if known.context is not None else {})
    return TmxUnit(text, found.targets, 0, f"{name}-{form}" if known.plural else name, known.place, properties)
