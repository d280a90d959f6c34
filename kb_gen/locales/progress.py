"""How much of a knowledge base is translated into a locale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb_gen.locales.catalogs import Catalogs, package_translations
from kb_gen.locales.localizer import Localizer
from kb_gen.locales.passages import Coverage, Passage, State, coverage_of
from kb_gen.locales.po import read_po_file
from kb_gen.locales.units import (
    SHARED_DOMAIN,
    UI_DOMAIN,
    Unit,
    UnitKind,
    localize_record,
    shared_units,
    source_domain,
)
from kb_gen.model import Entry, KnowledgeBase

__all__ = ["ArticleGaps", "DomainStatus", "LocaleStatus", "ProductStatus", "status"]

_Key = tuple[str, str]
_States = dict[_Key, State]


@dataclass(frozen=True, slots=True)
class DomainStatus:
    """What of one catalog is translated.

    Attributes:
        domain: the catalog.
        coverage: its units; every text counts once, however many articles show it.
        words: words of the source texts that are to be translated.
        translated_words: those of them whose text has an approved translation.
    """

    domain: str
    coverage: Coverage
    words: int
    translated_words: int


@dataclass(frozen=True, slots=True)
class ProductStatus:
    """What of one product's own texts is translated; what articles share belongs to no product.

    Attributes:
        name: the product's name; empty for what articles share, and the words of the interface.
        domains: its share of each catalog. A text that records of two products have counts in both.
    """

    name: str
    domains: tuple[DomainStatus, ...]

    @property
    def total(self) -> DomainStatus:
        """All of its catalogs together, under an empty name."""
        return _together(self.domains)


@dataclass(frozen=True, slots=True)
class ArticleGaps:
    """An article that isn't completely translated.

    Attributes:
        title: its source and ID.
        product: the product's name.
        path: the record's file.
        coverage: its units, each text once, shared ones included.
        first: the first text that isn't translated, as its readers meet them.
    """

    title: str
    product: str
    path: str
    coverage: Coverage
    first: str

    @property
    def gaps(self) -> int:
        """How many of its texts aren't translated."""
        return self.coverage.total - self.coverage.translated


@dataclass(frozen=True, slots=True)
class LocaleStatus:
    """What is translated into one locale. Message templates don't count.

    Attributes:
        locale: its BCP 47 tag.
        domains: each catalog.
        products: the same by product, by name; what articles share comes last.
        articles: the articles that aren't complete, those that lack least first.
        complete: how many articles are.
    """

    locale: str
    domains: tuple[DomainStatus, ...]
    products: tuple[ProductStatus, ...]
    articles: tuple[ArticleGaps, ...]
    complete: int

    @property
    def total(self) -> DomainStatus:
        """All catalogs together, under an empty name."""
        return _together(self.domains)


def status(kb: KnowledgeBase, catalogs: Catalogs, locale: str, source_language: str = "en") -> LocaleStatus:
    """How much is translated into `locale`; the source language has nothing to translate but the interface.

    Args:
        kb: the knowledge base.
        catalogs: the loaded catalogs, of `locale` at least.
        locale: a BCP 47 tag.
        source_language: the BCP 47 tag of the language the records are written in.

    Raises:
        UnknownLocale: there is no such locale.
    """
    localizer = Localizer(kb, catalogs, locale, source_language)
    walk = _Walk(kb, localizer)
    shared_units(kb, walk.shared)
    gaps = [found for entry in kb.entries if (found := walk.article(entry))]
    interface = {("", msgid): localizer.ui_state(msgid) for msgid in _interface_words()}
    return LocaleStatus(
        localizer.locale.tag,
        (*(_domain(domain, states) for domain, states in sorted(walk.domains.items())), _domain(UI_DOMAIN, interface)),
        tuple(walk.products(interface)),
        tuple(sorted(gaps, key=lambda article: article.gaps)),
        len(kb.entries) - len(gaps),
    )


class _Walk:
    """Units as they are met, with what is known of their translation."""

    def __init__(self, kb: KnowledgeBase, localizer: Localizer) -> None:
        self.domains: dict[str, _States] = {}
        self._kb = kb
        self._localizer = localizer
        self._by_product: dict[str, dict[str, _States]] = {}
        self._owners: dict[str, list[str]] = {}
        for key, product in kb.products.items():
            for name, source in product.sources.items():
                self._owners.setdefault(source_domain(name, source.address), []).append(key)

    def shared(self, unit: Unit) -> Passage:
        """Takes a unit that belongs to no record: those of a source are its products'."""
        passage = self._localizer.translate(unit)
        for product in self._owners.get(unit.domain, ()):
            self._note(unit, passage, product)
        if unit.domain == SHARED_DOMAIN:
            self._note(unit, passage, "")
        return passage

    def article(self, entry: Entry) -> ArticleGaps | None:
        """Takes a record's units; gives what it lacks, if anything."""
        own: dict[tuple[str, _Key], State] = {}

        def note(unit: Unit) -> Passage:
            passage = self._localizer.translate(unit)
            self._note(unit, passage, entry.record.product if unit.domain != SHARED_DOMAIN else "")
            if unit.kind is UnitKind.TEXT:
                own[unit.domain, (unit.context, unit.msgid)] = passage.state
            return passage

        localize_record(entry, self._kb, note, self._localizer.locale.tag)
        lacking = {State.MISSING, State.OUTDATED}
        first = next((msgid for (_, (_, msgid)), state in own.items() if state in lacking), None)
        if first is None:
            return None
        return ArticleGaps(entry.title, self._name(entry.record.product), entry.path, _coverage(own.values()), first)

    def products(self, interface: _States) -> Iterator[ProductStatus]:
        """What was taken, by product."""
        named = sorted((self._name(key), key) for key in self._by_product if key)
        for name, key in named:
            yield ProductStatus(name, _domains(self._by_product[key]))
        yield ProductStatus("", (*_domains(self._by_product.get("", {})), _domain(UI_DOMAIN, interface)))

    def _note(self, unit: Unit, passage: Passage, product: str) -> None:
        if unit.kind is UnitKind.TEXT:
            key = unit.context, unit.msgid
            self.domains.setdefault(unit.domain, {})[key] = passage.state
            self._by_product.setdefault(product, {}).setdefault(unit.domain, {})[key] = passage.state

    def _name(self, product: str) -> str:
        known = self._kb.products.get(product)
        return known.name if known else product


def _interface_words() -> tuple[str, ...]:
    template, _ = read_po_file(package_translations(), f"templates/{UI_DOMAIN}.pot")
    return tuple(entry.msgid for entry in template.entries) if template else ()


def _domains(found: Mapping[str, _States]) -> tuple[DomainStatus, ...]:
    return tuple(_domain(domain, states) for domain, states in sorted(found.items()))


def _domain(domain: str, states: _States) -> DomainStatus:
    counted = [(len(msgid.split()), state) for (_, msgid), state in states.items() if state is not State.SOURCE]
    translated = sum(words for words, state in counted if state is State.TRANSLATED)
    return DomainStatus(domain, _coverage(states.values()), sum(words for words, _ in counted), translated)


def _coverage(states: Iterable[State]) -> Coverage:
    return coverage_of(Passage("", "und", state) for state in states)


def _together(domains: Iterable[DomainStatus]) -> DomainStatus:
    found = tuple(domains)
    return DomainStatus(
        "",
        sum((domain.coverage for domain in found), Coverage()),
        sum(domain.words for domain in found),
        sum(domain.translated_words for domain in found),
    )
