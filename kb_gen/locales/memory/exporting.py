"""The translations that a project has approved as units of a TMX file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_gen.locales.catalogs import CatalogSource, catalog_sources
from kb_gen.locales.memory.loading import catalog_memory
from kb_gen.locales.memory.remembered import Remembered, Standing
from kb_gen.locales.memory.tmx_reading import CONTEXT, DOMAIN, STANDING, TmxUnit
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
        obsolete: how many units there are, written or not, whose text isn't in use any more.
    """

    units: tuple[TmxUnit, ...]
    unwritable: tuple[TmxUnit, ...]
    obsolete: int = 0


def export_memory(
    root: Path, tags: Sequence[str], translations: str = "translations", *, obsolete: bool = False
) -> Exported:
    """The approved translations of a project's own catalogs: a unit for each text, with all locales that have it.

    TMX knows no plural: each form of a translation becomes a unit of its own, beside the source's form.

    Args:
        root: the project's root.
        tags: the BCP 47 tags of the locales.
        translations: the folder of the catalogs, relative to `root`.
        obsolete: whether texts that aren't in use any more are among them, behind the others.

    Raises:
        UnknownLocale: there is no such locale.
    """
    in_use: dict[tuple[str, str | None, str, int], _Gathered] = {}
    gone: dict[tuple[str, str | None, str, int], _Gathered] = {}
    for tag, source in _own_sources(root, tags, translations):
        for known in catalog_memory(source):
            gathered = gone if known.standing is Standing.OBSOLETE else in_use
            for form, (text, target) in enumerate(_pairs(known)):
                key = (known.domain, known.context, text, form)
                gathered.setdefault(key, _Gathered(known, {})).targets[tag] = target
    chosen = (*in_use.items(), *gone.items()) if obsolete else in_use.items()
    units = [_unit(key[2], key[3], found) for key, found in chosen]
    return Exported(
        tuple(unit for unit in units if not unwritable(unit)),
        tuple(unit for unit in units if unwritable(unit)),
        len(gone),
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
    if known.standing is Standing.OBSOLETE:
        # It may be in use in another locale, whose unit has the name.
        name, properties = f"{name}-obsolete", {**properties, STANDING: "obsolete"}
    return TmxUnit(text, found.targets, 0, f"{name}-{form}" if known.plural else name, known.place, properties)
