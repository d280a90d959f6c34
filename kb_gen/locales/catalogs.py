"""A project's catalogs, read for looking up: every locale's translations, by domain.

A locale looks in its own catalogs first, then in those of the locales it descends from (`de-AT`, `de`). The words of
the interface come with the package; a project's own `ui` catalog overrides them entry by entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import collection_paused
from kb_gen.locales.plural_forms import PluralForms, plural_forms, standard_plural_forms
from kb_gen.locales.po import Lookup, lookup_key, read_lookup, read_po_text
from kb_gen.locales.tags import folder_name, locale_info, with_parents
from kb_gen.locales.units import UI_DOMAIN

__all__ = ["MESSAGES", "Catalog", "Catalogs", "catalog_path", "load_catalogs", "package_translations"]

MESSAGES = "LC_MESSAGES"
"""The folder between a locale's and its catalogs, as gettext has it."""


def package_translations() -> Path:
    """The folder of the catalogs that come with the package; beside the package in a source tree."""
    package = Path(__file__).parent.parent
    shipped = package / "translations"
    return shipped if shipped.is_dir() else package.parent / "translations"


def catalog_path(translations: str, tag: str, domain: str) -> str:
    """Where a locale's catalog of a domain is, relative to the project's root, with `/`."""
    return f"{translations}/{folder_name(tag)}/{MESSAGES}/{domain}.po"


@dataclass(frozen=True, slots=True)
class Catalog:
    """One domain's translations into one locale, by lookup key.

    Attributes:
        texts: approved translations; an empty one is none.
        plurals: approved translations of texts that have a plural.
        outdated: the keys of entries that wait for a translator's approval.
        forms: which form a number takes.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outdated: frozenset[str] = frozenset()
    forms: PluralForms = field(default_factory=lambda: PluralForms(1, "0"))

    def text(self, msgid: str, context: str | None = None) -> str:
        """The approved translation, or nothing."""
        found = self.texts.get(lookup_key(context, msgid), "")
        return "" if found.isspace() else found


@dataclass(frozen=True, slots=True)
class Catalogs:
    """All catalogs that were loaded. The value of a whole build: it is never changed, and any process may have it."""

    by_locale: Mapping[str, Mapping[str, Catalog]] = field(default_factory=dict)

    def catalog(self, tag: str, domain: str) -> Catalog:
        """A locale's catalog of a domain; an empty one where there is none."""
        return self.by_locale.get(tag, {}).get(domain) or Catalog()

    def __reduce__(self) -> tuple[type[Catalogs], tuple[dict[str, dict[str, Catalog]]]]:
        return Catalogs, ({tag: dict(domains) for tag, domains in self.by_locale.items()},)


def load_catalogs(
    root: Path, locales: Sequence[str], translations: str = "translations"
) -> tuple[Catalogs, list[Diagnostic]]:
    """Read the catalogs of `locales`.

    Args:
        root: the project's root.
        locales: BCP 47 tags; the source language may be among them.
        translations: the folder of the catalogs, relative to `root`.

    Raises:
        UnknownLocale: there is no such locale.
    """
    findings: list[Diagnostic] = []
    loaded: dict[str, Mapping[str, Catalog]] = {}
    with collection_paused():
        for locale in locales:
            tag = locale_info(locale).tag
            domains, more = _load_locale(root, tag, translations)
            loaded[tag] = MappingProxyType(domains)
            findings.extend(more)
    return Catalogs(MappingProxyType(loaded)), findings


def _load_locale(root: Path, tag: str, translations: str) -> tuple[dict[str, Catalog], list[Diagnostic]]:
    findings: list[Diagnostic] = []
    layers: dict[str, list[Lookup]] = {}
    for base, path in _sources(root, tag, translations):
        text, odd = read_po_text(base, path)
        findings.extend(odd)
        if text is not None:
            lookup, odd = read_lookup(text, path)
            findings.extend(odd)
            layers.setdefault(Path(path).stem, []).append(lookup)
    return {domain: _merged(lookups, tag) for domain, lookups in layers.items()}, findings


def _sources(root: Path, tag: str, translations: str) -> Iterator[tuple[Path, str]]:
    """The files that a locale's translations come from, the ones that others override first."""
    shipped = package_translations()
    own = (root / translations).resolve() != shipped.resolve()
    for ancestor in reversed(with_parents(tag)):
        folder = f"{folder_name(ancestor)}/{MESSAGES}"
        if own and (shipped / folder / f"{UI_DOMAIN}.po").is_file():
            yield shipped, f"{folder}/{UI_DOMAIN}.po"
        here = root / translations / folder
        for name in sorted(file.name for file in here.glob("*.po")) if here.is_dir() else ():
            yield root, f"{translations}/{folder}/{name}"


def _merged(lookups: Sequence[Lookup], tag: str) -> Catalog:
    """One catalog of several, the later of which override the earlier."""
    texts, plurals, outdated = lookups[0].texts, lookups[0].plurals, lookups[0].outdated
    for later in lookups[1:]:
        texts = texts | {key: text for key, text in later.texts.items() if text}
        plurals = plurals | {key: forms for key, forms in later.plurals.items() if all(forms)}
        outdated = outdated | later.outdated
    waiting = {key for key in outdated if not texts.get(key) and not plurals.get(key)}
    fields = dict(line.partition(":")[::2] for line in lookups[-1].header.split("\n"))
    forms = plural_forms(fields.get("Plural-Forms", "").strip()) or standard_plural_forms(tag)
    return Catalog(texts, plurals, frozenset(waiting), forms)
