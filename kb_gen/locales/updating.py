"""Catalogs brought up to date on disk: written when something in them changes, and never when they can't be read whole.

Somebody may be at work in a catalog meanwhile. What is written replaces what was read and nothing else: a catalog that
has changed in between is brought up to date anew.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity, error, warning
from kb_gen.load import replace_atomically, write_atomically
from kb_gen.locales.candidates import Suggesting
from kb_gen.locales.catalogs import (
    MESSAGES,
    Catalog,
    CatalogSource,
    catalog_path,
    catalog_sources,
    package_translations,
    read_unchecked,
)
from kb_gen.locales.checks.headers import check_charset, check_empty
from kb_gen.locales.glossary import Glossary, with_terms
from kb_gen.locales.headers import catalog_header, creation_date, template_header
from kb_gen.locales.localizer import INTERFACE_LANGUAGE
from kb_gen.locales.locks import locked_catalog
from kb_gen.locales.merging import Aids, Changes, dropped_entries, merge
from kb_gen.locales.po import Key, PoEntry, PoFile, po_text, read_po, read_po_bytes, read_po_file, write_po
from kb_gen.locales.slight_changes import NOTHING_SLIGHT, Declared, SlightChange
from kb_gen.locales.tags import folder_name, locale_info, with_parents
from kb_gen.locales.template_files import TemplatePlan, read_templates, template_path
from kb_gen.locales.templates import addressed
from kb_gen.locales.units import UI_DOMAIN

__all__ = ["CatalogUpdate", "UpdateOrder", "locales_without_catalogs", "planned_update", "update"]

_ATTEMPTS = 20
"""How often somebody else may save a catalog while it is brought up to date."""


@dataclass(frozen=True, slots=True)
class UpdateOrder:
    """What an update is to go by, besides templates and catalogs.

    Attributes:
        translations: the folder of the catalogs, relative to the project's root.
        workbench: the address of the translators' workbench; empty for none.
        templates: the templates, as far as they are known without reading them.
        declared: the changes that are none for translators, by domain.
        memory: what remembers translations of other texts, if anything does.
        fill: whether entries that the catalogs had without a translation are offered remembered ones, too.
        glossary: the terms that entries name in their comments.
    """

    translations: str = "translations"
    workbench: str = ""
    templates: TemplatePlan = field(default_factory=TemplatePlan)
    declared: Mapping[str, Declared] = field(default_factory=dict)
    memory: Suggesting | None = None
    fill: bool = False
    glossary: Glossary | None = None


@dataclass(frozen=True, slots=True)
class CatalogUpdate:
    """What an update does to one file.

    Attributes:
        domain: the catalog's domain.
        path: the file, relative to the project's root, with `/`.
        changes: what is done to its messages.
        slight: what becomes of changes that were declared to be slight.
        before: what the file held; None where there was none.
        content: what it is to hold.
    """

    domain: str
    path: str
    changes: Changes
    slight: tuple[SlightChange, ...] = ()
    before: bytes | None = field(default=None, repr=False)
    content: bytes = field(default=b"", repr=False)

    @property
    def written(self) -> bool:
        """Whether the file changes; not where it was up to date."""
        return self.content != self.before


@dataclass(frozen=True, slots=True)
class _Work:
    """A catalog to update: its template, what its file holds, and what that says; None where it is new.

    `below` are the files that serve where it says nothing: those of the locales that its own descends from, and the
    package's.
    """

    domain: str
    path: str
    template: PoFile
    data: bytes | None
    catalog: PoFile | None
    below: tuple[CatalogSource, ...]


_ORDER = UpdateOrder()


def update(root: Path, locale: str, order: UpdateOrder = _ORDER) -> tuple[tuple[CatalogUpdate, ...], list[Diagnostic]]:
    """Bring a locale's catalogs up to date with the templates; a new locale gets its files.

    A catalog with an error in it stays as it is, and the error is reported; so does one that can't be written.

    Args:
        root: the project's root.
        locale: the BCP 47 tag of the locale.
        order: what else there is to go by.

    Raises:
        UnknownLocale: there is no such locale.
    """
    works, moved, findings = _gathered(root, locale, order)
    tag = locale_info(locale).tag
    done: list[CatalogUpdate] = []
    for work in works:
        written, wrong = _written(root, work, lambda work: _planned(tag, work, moved, order))
        done += [written] if written else []
        findings += wrong
    return tuple(done), findings


def planned_update(
    root: Path, locale: str, order: UpdateOrder = _ORDER
) -> tuple[tuple[CatalogUpdate, ...], list[Diagnostic]]:
    """What `update` would do, without doing it; arguments and errors are the same."""
    works, moved, findings = _gathered(root, locale, order)
    tag = locale_info(locale).tag
    return tuple([_planned(tag, work, moved, order) for work in works]), findings


def locales_without_catalogs(
    root: Path, locales: Sequence[str], translations: str = "translations"
) -> list[Diagnostic]:
    """A warning for each of `locales` for which a project has no catalog, nor one for a locale it descends from.

    Raises:
        UnknownLocale: there is no such locale.
    """
    findings = []
    for locale in locales:
        tag = locale_info(locale).tag
        folders = [f"{translations}/{folder_name(parent)}/{MESSAGES}" for parent in with_parents(tag)]
        if not any(next((root / folder).glob("*.po"), None) for folder in folders):
            message = f"there are no catalogs for {tag}, so no article is translated"
            help_text = f"run `kb-gen i18n update --locale {tag}`, which writes them"
            findings.append(warning("no-catalogs", message, Place(folders[0]), help=help_text))
    return findings


def _gathered(
    root: Path, locale: str, order: UpdateOrder
) -> tuple[list[_Work], Mapping[Key, PoEntry], list[Diagnostic]]:
    """The catalogs to update, the translations that are free, and what is wrong with either."""
    tag, translations = locale_info(locale).tag, order.translations
    known, findings = read_templates(root, translations, order.templates)
    if not known and not findings:
        place = Place(f"{translations}/templates")
        missing = error("no-templates", "there are no templates to update from", place, "run `kb-gen i18n update`")
        return [], {}, [missing]
    works: list[_Work] = []
    leftover: list[PoFile] = []
    present = {file.stem for file in (root / translations / folder_name(tag) / MESSAGES).glob("*.po")}
    if UI_DOMAIN not in known and (UI_DOMAIN in present or not _ships_interface(tag)):
        known |= _shipped_interface(order.workbench)
    below = _sources_below(root, tag, translations)
    for domain in sorted({*known, *present}):
        path = catalog_path(translations, tag, domain)
        if domain not in present:
            works.append(_Work(domain, path, known[domain], None, None, below.get(domain, ())))
            continue
        data, catalog, odd = _read_whole(root, path)
        findings.extend(odd)
        if catalog is None:
            continue
        if domain in known:
            works.append(_Work(domain, path, known[domain], data, catalog, below.get(domain, ())))
        elif not _has_template(root, order, domain):
            leftover.append(catalog)
            findings.append(_without_template(path))
    return works, _moved(works, leftover), findings


def _sources_below(root: Path, tag: str, translations: str) -> Mapping[str, tuple[CatalogSource, ...]]:
    """The files that serve where a locale's own catalogs say nothing, by domain."""
    found: dict[str, tuple[CatalogSource, ...]] = {}
    for source in catalog_sources(root, (tag,), translations, {})[tag]:
        if (source.root, source.path) != (root, catalog_path(translations, tag, source.domain)):
            found[source.domain] = (*found.get(source.domain, ()), source)
    return found


def _read_whole(root: Path, path: str) -> tuple[bytes | None, PoFile | None, list[Diagnostic]]:
    """What a catalog holds, what that says, and what is odd about it; it says nothing where it can't be read whole."""
    data = read_po_bytes(root, path)
    if isinstance(data, Diagnostic):
        return None, None, [data]
    text, unreadable = po_text(data, path)
    if text is None:
        return data, None, unreadable
    catalog, odd = read_po(text, path)
    # A byte order mark is gone as soon as the catalog is written.
    findings = [finding for finding in (*unreadable, *odd) if finding.code != "catalog-byte-order-mark"]
    findings += (*check_empty(text, path), *check_charset(catalog, text, path))
    if catalog.header is None and not findings:
        findings.append(_without_header(path))
    unusable = any(finding.severity is Severity.ERROR for finding in findings)
    return data, None if unusable else catalog, findings


def _without_header(path: str) -> Diagnostic:
    return warning(
        "catalog-header",
        "the catalog has no header",
        Place(path),
        help="an update writes one; see that nothing else was lost with it",
    )


def _written(
    root: Path, work: _Work, planned: Callable[[_Work], CatalogUpdate]
) -> tuple[CatalogUpdate | None, list[Diagnostic]]:
    """An update that is done, and what is wrong with the catalog if somebody has saved another one meanwhile."""
    for _ in range(_ATTEMPTS):
        plan = planned(work)
        if not plan.written:
            return plan, []
        try:
            with locked_catalog(root, work.path):
                if _replaced(root / work.path, plan):
                    return plan, []
        except OSError as reason:
            return None, [_not_written(work.path, reason)]
        data, catalog, odd = _read_whole(root, work.path)
        if catalog is None:
            return None, odd
        work = replace(work, data=data, catalog=catalog)
    message = "the catalog is written again and again by another program"
    return None, [error("catalog-busy", message, Place(work.path), "close it in the other program, and try again")]


def _not_written(path: str, reason: OSError) -> Diagnostic:
    return error(
        "catalog-not-written",
        f"the catalog can't be written: {(reason.strerror or type(reason).__name__).lower()}",
        Place(path),
        help="give yourself the right to write it, or close it in the program that keeps it, and update again",
    )


def _replaced(file: Path, plan: CatalogUpdate) -> bool:
    """Whether the file holds what was planned; not if it is another one than the plan was made for."""
    if plan.before is None:
        if file.exists():
            return False
        write_atomically(file, plan.content)
        return True
    try:
        if not os.access(file, os.W_OK):
            # A file beside it could take its place nevertheless.
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        return replace_atomically(file, plan.before, plan.content)
    except FileNotFoundError:
        # Somebody has removed it since: nothing that was in it is wanted.
        return False


def _has_template(root: Path, order: UpdateOrder, domain: str) -> bool:
    """Whether a template is there that couldn't be read, or comes with the package."""
    path = template_path(order.translations, domain)
    return domain == UI_DOMAIN or (order.templates.changes.get(path, b"") is not None and (root / path).exists())


def _ships_interface(tag: str) -> bool:
    """Whether the package has the interface's words in a locale; for any other, a project translates them itself."""
    if locale_info(tag).language == INTERFACE_LANGUAGE:
        return True
    folders = [package_translations() / folder_name(parent) for parent in with_parents(tag)]
    return any((folder / MESSAGES / f"{UI_DOMAIN}.po").is_file() for folder in folders)


def _shipped_interface(workbench: str) -> dict[str, PoFile]:
    template, odd = read_po_file(package_translations(), f"templates/{UI_DOMAIN}.pot")
    if template is None or odd:
        return {}
    entries = tuple([addressed(entry, UI_DOMAIN, workbench) for entry in template.entries])
    return {UI_DOMAIN: replace(template, entries=entries)}


def _without_template(path: str) -> Diagnostic:
    return warning(
        "catalog-without-template",
        "no template belongs to this catalog: its event source is gone or has another address",
        Place(path),
        help="translations that other catalogs need are carried over; delete the file when nothing else is of use",
    )


def _moved(works: list[_Work], leftover: list[PoFile]) -> dict[Key, PoEntry]:
    """Approved translations that their own catalog has no more use for: a text that has become a shared step."""
    free = [entry for work in works if work.catalog for entry in dropped_entries(work.catalog, work.template)]
    free += [entry for catalog in leftover for entry in catalog.entries]
    return {entry.key: entry for entry in reversed(free) if entry.translated and not entry.fuzzy}


def _planned(tag: str, work: _Work, moved: Mapping[Key, PoEntry], order: UpdateOrder) -> CatalogUpdate:
    before = work.catalog or PoFile()
    empty = work.template.header or template_header("Knowledge base", work.domain, creation_date())
    header = before.header or catalog_header(empty, tag, creation_date())
    declared = order.declared.get(work.domain, NOTHING_SLIGHT)
    served = _served(work.below) if order.memory else frozenset()
    aids = Aids(tag, work.domain, moved, declared, order.memory, order.fill, served)
    merged = merge(with_terms(work.template, order.glossary), before, header, aids)
    content = write_po(merged.catalog)
    return CatalogUpdate(work.domain, work.path, merged.changes, merged.slight, work.data, content)


def _served(below: Sequence[CatalogSource]) -> frozenset[str]:
    """The lookup keys of the texts that files have an approved translation of."""
    said = Catalog(tuple(map(read_unchecked, below)))
    texts = (key for key, text in said.texts.items() if text and not text.isspace())
    plurals = (key for key, forms in said.plurals.items() if all(form.strip() for form in forms))
    return frozenset((*texts, *plurals))
