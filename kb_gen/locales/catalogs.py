"""A project's catalogs, read for looking up: every locale's translations, by domain.

A locale looks in its own catalogs first, then in those of the locales it descends from (`de-AT`, `de`). The words of
the interface come with the package; a project's own `ui` catalog overrides them entry by entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import collection_paused
from kb_gen.locales.plural_forms import PluralForms, plural_forms, standard_plural_forms
from kb_gen.locales.po import Lookup, lookup_key, read_lookup, read_po_text
from kb_gen.locales.tags import folder_name, locale_info, with_parents
from kb_gen.locales.units import UI_DOMAIN
from kb_gen.model import MessageSyntax

__all__ = [
    "MESSAGES",
    "Catalog",
    "CatalogFile",
    "CatalogSource",
    "Catalogs",
    "catalog_path",
    "catalog_sources",
    "catalogs_of",
    "load_catalogs",
    "lookup_print",
    "package_translations",
    "read_unchecked",
]

_ENCODER = msgspec.msgpack.Encoder()

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


class CatalogSource(NamedTuple):
    """A file that translations come from, with all that reading and checking it depends on.

    Attributes:
        root: the folder that `path` is relative to, and that the file must not lead out of.
        path: the catalog, with `/`.
        tag: the BCP 47 tag of its locale.
        syntax: how the message templates of its domain are written.
    """

    root: Path
    path: str
    tag: str
    syntax: MessageSyntax = MessageSyntax.FORMATMESSAGE

    @property
    def domain(self) -> str:
        """The domain of the catalog."""
        return Path(self.path).stem


class CatalogFile(Struct, frozen=True):
    """What one catalog says, and what is wrong with it. Any process may have it.

    Attributes:
        lookup: what it says; None where there is no text to be had.
        findings: what is wrong with it, as far as it was looked at.
        sound_for: how message templates were read when no rule found anything wrong with any of the translations;
            None where one did, or where none was asked.
        print: a digest of what it says.
    """

    lookup: Lookup | None
    findings: tuple[Diagnostic, ...] = ()
    sound_for: MessageSyntax | None = None
    print: bytes = b""


@dataclass(frozen=True, slots=True)
class Catalog:
    """One domain's translations into one locale, by lookup key.

    Attributes:
        texts: approved translations; an empty one is none.
        plurals: approved translations of texts that have a plural.
        outdated: the keys of entries that wait for a translator's approval.
        forms: which form a number takes.
        sound_for: how message templates were read when no rule found anything wrong with any translation: each keeps
            what its source protects. None where that has to be looked at.
        print: a digest of all of this, the same wherever the same is said; empty where there is no catalog.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outdated: frozenset[str] = frozenset()
    forms: PluralForms = field(default_factory=lambda: PluralForms(1, "0"))
    sound_for: MessageSyntax | None = None
    print: bytes = b""

    def text(self, msgid: str, context: str | None = None) -> str:
        """The approved translation, or nothing."""
        found = self.texts.get(lookup_key(context, msgid) if context else msgid, "")
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
    """Read the catalogs of `locales`, and don't check them: the findings are about files that can't be read.

    Args:
        root: the project's root.
        locales: BCP 47 tags; the source language may be among them.
        translations: the folder of the catalogs, relative to `root`.

    Raises:
        UnknownLocale: there is no such locale.
    """
    sources = catalog_sources(root, locales, translations, {})
    with collection_paused():
        files = {source: read_unchecked(source) for found in sources.values() for source in found}
        findings = [finding for found in sources.values() for source in found for finding in files[source].findings]
        return catalogs_of(sources, files), findings


def catalog_sources(
    root: Path, locales: Iterable[str], translations: str, syntaxes: Mapping[str, MessageSyntax]
) -> dict[str, list[CatalogSource]]:
    """The files that each locale's translations come from, the ones that others override first.

    Args:
        root: the project's root.
        locales: BCP 47 tags.
        translations: the folder of the catalogs, relative to `root`.
        syntaxes: how the message templates of each domain are written.

    Raises:
        UnknownLocale: there is no such locale.
    """
    tags = [locale_info(locale).tag for locale in locales]
    return {tag: list(_sources(root, tag, translations, syntaxes)) for tag in tags}


def _sources(root: Path, tag: str, translations: str, syntaxes: Mapping[str, MessageSyntax]) -> Iterator[CatalogSource]:
    shipped = package_translations()
    own = (root / translations).resolve() != shipped.resolve()
    for ancestor in reversed(with_parents(tag)):
        folder = f"{folder_name(ancestor)}/{MESSAGES}"
        if own and (shipped / folder / f"{UI_DOMAIN}.po").is_file():
            yield CatalogSource(shipped, f"{folder}/{UI_DOMAIN}.po", ancestor)
        here = root / translations / folder
        for file in sorted(here.glob("*.po")) if here.is_dir() else ():
            syntax = syntaxes.get(file.stem, MessageSyntax.FORMATMESSAGE)
            yield CatalogSource(root, catalog_path(translations, ancestor, file.stem), ancestor, syntax)


def read_unchecked(source: CatalogSource) -> CatalogFile:
    """A catalog with what is odd about the file itself."""
    text, findings = read_po_text(source.root, source.path)
    if text is None:
        return CatalogFile(None, tuple(findings))
    lookup, odd = read_lookup(text, source.path)
    return CatalogFile(lookup, (*findings, *odd), print=lookup_print(lookup))


def lookup_print(lookup: Lookup) -> bytes:
    """A digest of what a catalog says; its header, in which every update writes the time, isn't part of it."""
    return _digest((lookup.texts, lookup.plurals, sorted(lookup.outdated)))


def _digest(value: object) -> bytes:
    return hashlib.blake2b(_ENCODER.encode(value), digest_size=16).digest()


def catalogs_of(sources: Mapping[str, Sequence[CatalogSource]], files: Mapping[CatalogSource, CatalogFile]) -> Catalogs:
    """The catalogs of several locales, put together from what their files say.

    Args:
        sources: each locale's files, as `catalog_sources` gives them.
        files: what each of them says.
    """
    return Catalogs(MappingProxyType({tag: _locale(found, files, tag) for tag, found in sources.items()}))


def _locale(
    sources: Iterable[CatalogSource], files: Mapping[CatalogSource, CatalogFile], tag: str
) -> Mapping[str, Catalog]:
    layers: dict[str, list[tuple[CatalogFile, Lookup]]] = {}
    for source in sources:
        file = files[source]
        if file.lookup is not None:
            layers.setdefault(source.domain, []).append((file, file.lookup))
    return MappingProxyType({domain: _merged(found, tag) for domain, found in layers.items()})


def _merged(layers: Sequence[tuple[CatalogFile, Lookup]], tag: str) -> Catalog:
    """One catalog of several, the later of which override the earlier."""
    (lowest, lookup), *upper = layers
    texts, plurals, outdated, sound_for = lookup.texts, lookup.plurals, lookup.outdated, lowest.sound_for
    for file, later in upper:
        texts = texts | {key: text for key, text in later.texts.items() if text}
        plurals = plurals | {key: forms for key, forms in later.plurals.items() if all(forms)}
        outdated = outdated | later.outdated
        sound_for = sound_for if sound_for is file.sound_for else None
    waiting = {key for key in outdated if not texts.get(key) and not plurals.get(key)}
    fields = dict(line.partition(":")[::2] for line in layers[-1][1].header.split("\n"))
    forms = plural_forms(fields.get("Plural-Forms", "").strip()) or standard_plural_forms(tag)
    own = _digest(([file.print for file, _ in layers], str(forms), sound_for))
    return Catalog(texts, plurals, frozenset(waiting), forms, sound_for, own)
