"""A project's catalogs, read for looking up: every locale's translations, by domain.

A locale looks in its own catalogs first, then in those of the locales it descends from (`de-AT`, `de`). The words of
the interface come with the package; a project's own `ui` catalog overrides them entry by entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import collection_paused, digest
from kb_gen.locales.plural_forms import PluralForms, plural_forms, standard_plural_forms
from kb_gen.locales.po import Lookup, lookup_key, read_lookup, read_po_text
from kb_gen.locales.tags import UnknownLocale, folder_name, locale_info, with_parents
from kb_gen.locales.units import UI_DOMAIN
from kb_gen.model import MessageSyntax

__all__ = [
    "MESSAGES",
    "Catalog",
    "CatalogFile",
    "CatalogSource",
    "Catalogs",
    "Said",
    "catalog_file",
    "catalog_path",
    "catalog_sources",
    "catalogs_of",
    "load_catalogs",
    "package_translations",
    "read_unchecked",
    "translated_locales",
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
        words: the names that translations keep.
    """

    root: Path
    path: str
    tag: str
    syntax: MessageSyntax = MessageSyntax.FORMATMESSAGE
    words: tuple[str, ...] = ()

    @property
    def domain(self) -> str:
        """The domain of the catalog."""
        return Path(self.path).stem


class Said(Struct, frozen=True, array_like=True):
    """What a catalog says, by lookup key.

    Attributes:
        texts: approved translations; an empty one is none.
        plurals: approved translations of texts that have a plural.
        outdated: the keys of entries that wait for a translator's approval.
    """

    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    outdated: frozenset[str] = frozenset()

    def said(self) -> Said:
        """This."""
        return self


_SAID = msgspec.msgpack.Decoder(Said)


class CatalogFile(Struct, frozen=True):
    """What one catalog says, and what is wrong with it. Any process may have it.

    Attributes:
        print: a digest of what it says; empty where there is no text to be had.
        findings: what is wrong with it, as far as it was looked at.
        sound_for: how message templates were read when no rule found anything wrong with any of the translations;
            None where one did, or where none was asked.
        plural_forms: the header's field of that name.
        encoded: what it says, for `said`.
    """

    print: bytes = b""
    findings: tuple[Diagnostic, ...] = ()
    sound_for: MessageSyntax | None = None
    plural_forms: str = ""
    encoded: bytes = b""

    def said(self) -> Said:
        """What the catalog says."""
        return _SAID.decode(self.encoded) if self.encoded else Said()


class Saying(Protocol):
    """Whatever knows what a catalog says."""

    def said(self) -> Said:
        """What the catalog says."""
        ...


@dataclass(frozen=True)
class Catalog:
    """One domain's translations into one locale. What it says is looked up when somebody asks for it.

    Attributes:
        layers: what its files say, the later of which override the earlier.
        forms: which form a number takes.
        sound_for: how message templates were read when no rule found anything wrong with any translation: each keeps
            what its source protects. None where that has to be looked at.
        print: a digest of all of this, the same wherever the same is said; empty where there is no catalog.
    """

    layers: tuple[Saying, ...] = field(default=(), compare=False)
    forms: PluralForms = field(default_factory=lambda: PluralForms(1, "0"))
    sound_for: MessageSyntax | None = None
    print: bytes = b""

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Approved translations, by lookup key; an empty one is none."""
        return self._said.texts

    @cached_property
    def plurals(self) -> Mapping[str, tuple[str, ...]]:
        """Approved translations of texts that have a plural, by lookup key."""
        return self._said.plurals

    @cached_property
    def outdated(self) -> frozenset[str]:
        """The lookup keys of entries that wait for a translator's approval."""
        return self._said.outdated

    @cached_property
    def _said(self) -> Said:
        with collection_paused():
            return _merged([layer.said() for layer in self.layers])

    def close(self) -> None:
        """Forget what it says until somebody asks again: all that a large project's catalogs say is much."""
        for name in ("texts", "plurals", "outdated", "_said"):
            self.__dict__.pop(name, None)

    def text(self, msgid: str, context: str | None = None) -> str:
        """The approved translation, or nothing."""
        found = self.texts.get(lookup_key(context, msgid) if context else msgid, "")
        return "" if found.isspace() else found

    def __reduce__(self) -> tuple[object, ...]:
        return Catalog, (self.layers, self.forms, self.sound_for, self.print)


@dataclass(frozen=True, slots=True)
class Catalogs:
    """All catalogs that were loaded. The value of a whole build: it is never changed, and any process may have it."""

    by_locale: Mapping[str, Mapping[str, Catalog]] = field(default_factory=dict)

    def catalog(self, tag: str, domain: str) -> Catalog:
        """A locale's catalog of a domain; an empty one where there is none."""
        return self.by_locale.get(tag, {}).get(domain) or Catalog()

    def __reduce__(self) -> tuple[type[Catalogs], tuple[dict[str, dict[str, Catalog]]]]:
        return Catalogs, ({tag: dict(domains) for tag, domains in self.by_locale.items()},)


def translated_locales(root: Path, translations: str = "translations") -> set[str]:
    """The BCP 47 tags of the locales that a project has catalogs of, whether or not its site is built in them."""
    found = set()
    for folder in (root / translations).glob(f"*/{MESSAGES}"):
        name = folder.parent.name
        try:
            known = folder_name(name.replace("_", "-")) == name
        except UnknownLocale:
            continue
        if known and any(folder.glob("*.po")):
            found.add(name.replace("_", "-"))
    return found


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
    root: Path,
    locales: Iterable[str],
    translations: str,
    syntaxes: Mapping[str, MessageSyntax],
    words: tuple[str, ...] = (),
) -> dict[str, list[CatalogSource]]:
    """The files that each locale's translations come from, the ones that others override first.

    Args:
        root: the project's root.
        locales: BCP 47 tags.
        translations: the folder of the catalogs, relative to `root`.
        syntaxes: how the message templates of each domain are written.
        words: the names that translations keep.

    Raises:
        UnknownLocale: there is no such locale.
    """
    tags = [locale_info(locale).tag for locale in locales]
    return {tag: list(_sources(root, tag, translations, syntaxes, words)) for tag in tags}


def _sources(
    root: Path, tag: str, translations: str, syntaxes: Mapping[str, MessageSyntax], words: tuple[str, ...]
) -> Iterator[CatalogSource]:
    shipped = package_translations()
    own = (root / translations).resolve() != shipped.resolve()
    for ancestor in reversed(with_parents(tag)):
        folder = f"{folder_name(ancestor)}/{MESSAGES}"
        if own and (shipped / folder / f"{UI_DOMAIN}.po").is_file():
            yield CatalogSource(shipped, f"{folder}/{UI_DOMAIN}.po", ancestor)
        here = root / translations / folder
        for file in sorted(here.glob("*.po")) if here.is_dir() else ():
            syntax = syntaxes.get(file.stem, MessageSyntax.FORMATMESSAGE)
            yield CatalogSource(root, catalog_path(translations, ancestor, file.stem), ancestor, syntax, words)


def read_unchecked(source: CatalogSource) -> CatalogFile:
    """A catalog with what is odd about the file itself."""
    text, findings = read_po_text(source.root, source.path)
    if text is None:
        return CatalogFile(findings=tuple(findings))
    lookup, odd = read_lookup(text, source.path)
    return catalog_file(lookup, (*findings, *odd))


def catalog_file(
    lookup: Lookup, findings: tuple[Diagnostic, ...], sound_for: MessageSyntax | None = None
) -> CatalogFile:
    """A file that could be read; what it says is encoded, as most who have it don't look into it.

    Args:
        lookup: what it says.
        findings: what is wrong with it.
        sound_for: see `CatalogFile`.
    """
    encoded = _ENCODER.encode((lookup.texts, lookup.plurals, sorted(lookup.outdated)))
    fields = dict(line.partition(":")[::2] for line in lookup.header.split("\n"))
    forms = fields.get("Plural-Forms", "").strip()
    # The rest of the header isn't part of the print: there, each update writes the time.
    return CatalogFile(digest(encoded), findings, sound_for, forms, encoded)


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
    layers: dict[str, list[CatalogFile]] = {}
    for source in sources:
        file = files[source]
        if file.print:
            layers.setdefault(source.domain, []).append(file)
    return MappingProxyType({domain: _catalog(found, tag) for domain, found in layers.items()})


def _catalog(layers: Sequence[CatalogFile], tag: str) -> Catalog:
    """One catalog of several, the later of which override the earlier."""
    sound = {file.sound_for for file in layers}
    sound_for = sound.pop() if len(sound) == 1 else None
    forms = plural_forms(layers[-1].plural_forms) or standard_plural_forms(tag)
    own = digest(_ENCODER.encode(([file.print for file in layers], str(forms), sound_for)))
    return Catalog(tuple(layers), forms, sound_for, own)


def _merged(layers: Sequence[Said]) -> Said:
    lowest = layers[0] if layers else Said()
    texts, plurals, outdated = lowest.texts, lowest.plurals, lowest.outdated
    for later in layers[1:]:
        texts = texts | {key: text for key, text in later.texts.items() if text}
        plurals = plurals | {key: forms for key, forms in later.plurals.items() if all(forms)}
        outdated = outdated | later.outdated
    waiting = {key for key in outdated if not texts.get(key) and not plurals.get(key)}
    return Said(texts, plurals, frozenset(waiting))
