"""All catalogs of a project, read and checked in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import collection_paused
from kb_gen.locales.catalogs import CatalogFile, Catalogs, CatalogSource, catalog_sources, catalogs_of, read_unchecked
from kb_gen.locales.checks.running import read_catalog, waiting_findings
from kb_gen.locales.checks.terms import term_findings, waiting_term_findings
from kb_gen.locales.protected_words import protected_words
from kb_gen.locales.protection import domain_syntaxes
from kb_gen.model import KnowledgeBase

__all__ = [
    "ReadAll",
    "WantedCatalogs",
    "check",
    "check_waiting",
    "gather_catalogs",
    "read_catalogs",
    "wanted_catalogs",
]

ReadAll = Callable[[Sequence[CatalogSource]], Iterable[CatalogFile]]
"""Gives what `read_catalog` makes of each of several files, in their order: from memory, or with other processes."""

_ONE_BY_ONE: ReadAll = partial(map, read_catalog)


@dataclass(frozen=True, slots=True)
class WantedCatalogs:
    """The files that the catalogs of some locales are put together from.

    Attributes:
        by_locale: each locale's, the ones that others override first.
        own: the project's own files, each once.
        findings: what is wrong with other files that tell how they are to be checked.
    """

    by_locale: Mapping[str, Sequence[CatalogSource]]
    own: tuple[CatalogSource, ...]
    findings: tuple[Diagnostic, ...] = ()


def wanted_catalogs(
    root: Path, kb: KnowledgeBase, locales: Sequence[str], translations: str = "translations"
) -> WantedCatalogs:
    """The files that the catalogs of `locales` come from. None of them is opened, only the list of protected words.

    Args:
        root: the project's root.
        kb: the knowledge base, which knows how each source writes its message templates.
        locales: BCP 47 tags; the source language may be among them.
        translations: the folder of the catalogs, relative to `root`.

    Raises:
        UnknownLocale: there is no such locale.
    """
    words, findings = protected_words(root, translations)
    by_locale = catalog_sources(root, locales, translations, domain_syntaxes(kb), words)
    distinct = dict.fromkeys(source for found in by_locale.values() for source in found)
    return WantedCatalogs(by_locale, tuple([source for source in distinct if source.root == root]), tuple(findings))


def gather_catalogs(
    wanted: WantedCatalogs, own: Mapping[CatalogSource, CatalogFile]
) -> tuple[Catalogs, list[Diagnostic]]:
    """The catalogs that were wanted, and everything that is wrong with them, with its place in the PO file.

    What is wrong is told of the locales' own catalogs, not of those that they fall back to, nor of the package's.

    Args:
        wanted: the files.
        own: what `read_catalog` makes of the project's own.
    """
    findings = [*wanted.findings, *(finding for source in _checked(wanted) for finding in own[source].findings)]
    distinct = {source for found in wanted.by_locale.values() for source in found}
    shipped = {source: read_unchecked(source) for source in distinct if source not in own}
    return catalogs_of(wanted.by_locale, {**own, **shipped}), findings


def _checked(wanted: WantedCatalogs) -> list[CatalogSource]:
    """The project's own catalogs of the locales themselves."""
    own = {*wanted.own}
    return [
        source for tag, found in wanted.by_locale.items() for source in found if source.tag == tag and source in own
    ]


def read_catalogs(
    root: Path,
    kb: KnowledgeBase,
    locales: Sequence[str],
    translations: str = "translations",
    read_all: ReadAll = _ONE_BY_ONE,
) -> tuple[Catalogs, list[Diagnostic]]:
    """The catalogs of `locales`, and everything that is wrong with them; see `gather_catalogs`.

    Args:
        root: the project's root.
        kb: the knowledge base, which knows how each source writes its message templates.
        locales: BCP 47 tags; the source language may be among them.
        translations: the folder of the catalogs, relative to `root`.
        read_all: reads the project's own files.

    Raises:
        UnknownLocale: there is no such locale.
    """
    wanted = wanted_catalogs(root, kb, locales, translations)
    with collection_paused():
        return gather_catalogs(wanted, dict(zip(wanted.own, read_all(wanted.own), strict=True)))


def check(
    root: Path, kb: KnowledgeBase, locales: Sequence[str], translations: str = "translations"
) -> list[Diagnostic]:
    """Everything that is wrong with the catalogs of `locales`, see `read_catalogs`; their terms are checked as well."""
    return [*read_catalogs(root, kb, locales, translations)[1], *term_findings(root, locales, translations)]


def check_waiting(
    root: Path, kb: KnowledgeBase, locales: Sequence[str], translations: str = "translations"
) -> list[Diagnostic]:
    """What would be wrong with the translations that wait for approval, were they approved; arguments as above."""
    with collection_paused():
        sources = _checked(wanted_catalogs(root, kb, locales, translations))
        findings = [finding for source in sources for finding in waiting_findings(source)]
    return [*findings, *waiting_term_findings(root, locales, translations)]
