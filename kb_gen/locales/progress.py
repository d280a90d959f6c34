"""How much of a knowledge base is translated into a locale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb_gen.locales.catalogs import Catalogs, package_translations
from kb_gen.locales.localizer import Localizer
from kb_gen.locales.passages import Coverage, Passage, State, coverage_of
from kb_gen.locales.po import read_po_file
from kb_gen.locales.units import UI_DOMAIN, Unit, UnitKind, localize_record, shared_units
from kb_gen.model import KnowledgeBase

__all__ = ["DomainStatus", "LocaleStatus", "status"]


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
class LocaleStatus:
    """What is translated into one locale, by catalog. Message templates don't count."""

    locale: str
    domains: tuple[DomainStatus, ...]

    @property
    def total(self) -> DomainStatus:
        """All catalogs together, under an empty name."""
        return DomainStatus(
            "",
            sum((domain.coverage for domain in self.domains), Coverage()),
            sum(domain.words for domain in self.domains),
            sum(domain.translated_words for domain in self.domains),
        )


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
    seen: dict[str, dict[tuple[str, str], Passage]] = {}

    def note(unit: Unit) -> Passage:
        passage = localizer.translate(unit)
        if unit.kind is UnitKind.TEXT:
            seen.setdefault(unit.domain, {})[unit.context, unit.msgid] = passage
        return passage

    shared_units(kb, note)
    for entry in kb.entries:
        localize_record(entry, kb, note, localizer.locale.tag)
    domains = [
        _domain(domain, ((msgid, passage.state) for (_, msgid), passage in passages.items()))
        for domain, passages in sorted(seen.items())
    ]
    interface = _domain(UI_DOMAIN, ((msgid, localizer.ui_state(msgid)) for msgid in _interface_words()))
    return LocaleStatus(localizer.locale.tag, (*domains, interface))


def _interface_words() -> tuple[str, ...]:
    template, _ = read_po_file(package_translations(), f"templates/{UI_DOMAIN}.pot")
    return tuple(entry.msgid for entry in template.entries) if template else ()


def _domain(domain: str, states: Iterable[tuple[str, State]]) -> DomainStatus:
    counted = [(len(msgid.split()), state) for msgid, state in states if state is not State.SOURCE]
    coverage = coverage_of(Passage("", "und", state) for _, state in counted)
    translated = sum(words for words, state in counted if state is State.TRANSLATED)
    return DomainStatus(domain, coverage, sum(words for words, _ in counted), translated)
