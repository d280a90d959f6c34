"""Templates and catalogs on disk: written when something in them changes, and never when they can't be read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity, error, warning
from kb_gen.load.writing import write_atomically
from kb_gen.locales.catalogs import MESSAGES, catalog_path, package_translations
from kb_gen.locales.headers import CREATED, catalog_header, creation_date, template_header, with_field
from kb_gen.locales.interface import extract_interface, owns_interface
from kb_gen.locales.localizer import INTERFACE_LANGUAGE
from kb_gen.locales.merging import Changes, dropped_entries, merge
from kb_gen.locales.po import Key, PoEntry, PoFile, read_po_file, write_po
from kb_gen.locales.tags import folder_name, locale_info, with_parents
from kb_gen.locales.templates import Template, extract
from kb_gen.locales.units import UI_DOMAIN
from kb_gen.model import KnowledgeBase

__all__ = [
    "CatalogUpdate",
    "locales_without_catalogs",
    "read_templates",
    "stale_templates",
    "template_path",
    "update",
    "write_templates",
]

_MOST_NAMED = 8


def template_path(translations: str, domain: str) -> str:
    """Where a domain's template is, relative to the project's root, with `/`."""
    return f"{translations}/templates/{domain}.pot"


def write_templates(
    root: Path, kb: KnowledgeBase, project: str = "Knowledge base", translations: str = "translations"
) -> tuple[str, ...]:
    """Write the templates of a project; those whose content is the same stay untouched, date included.

    The template of the interface's words is written in this package's own source tree only. Templates of domains that
    are no more are removed.

    Args:
        root: the project's root.
        kb: the knowledge base to extract from.
        project: the name that the headers give the project.
        translations: the folder of the catalogs, relative to `root`.

    Returns:
        The paths of the files that were written or removed, relative to `root`.
    """
    changes = _template_changes(root, kb, project, translations)
    for path, content in changes.items():
        if content is None:
            (root / path).unlink()
        else:
            write_atomically(root / path, content)
    return tuple(changes)


def stale_templates(
    root: Path, kb: KnowledgeBase, project: str = "Knowledge base", translations: str = "translations"
) -> list[Diagnostic]:
    """A warning if the templates on disk aren't those that `write_templates` would write; same arguments."""
    domains = [Path(path).stem for path in _template_changes(root, kb, project, translations)]
    if not domains:
        return []
    more = f" and {len(domains) - _MOST_NAMED} more" if len(domains) > _MOST_NAMED else ""
    message = f"the templates of these catalogs don't match the content: {', '.join(domains[:_MOST_NAMED])}{more}"
    help_text = "run `kb-gen i18n update`; until then, changed texts count as missing"
    return [warning("stale-templates", message, Place(f"{translations}/templates"), help=help_text)]


def _template_changes(root: Path, kb: KnowledgeBase, project: str, translations: str) -> dict[str, bytes | None]:
    """The bytes of templates that don't have them yet, by path; None for those that are to be removed."""
    templates = extract(kb)
    if owns_interface(root):
        templates[UI_DOMAIN] = extract_interface(root)
    created = creation_date()
    changes: dict[str, bytes | None] = {}
    for domain, template in sorted(templates.items()):
        path = template_path(translations, domain)
        content = _template_bytes(root, path, template, project, created)
        if content is not None:
            changes[path] = content
    folder = root / translations / "templates"
    for file in sorted(folder.glob("*.pot")):
        if file.stem not in {*templates, UI_DOMAIN} and b'"X-Generator: kb-gen\\n"' in file.read_bytes()[:4096]:
            changes[template_path(translations, file.stem)] = None
    return changes


def _template_bytes(root: Path, path: str, template: Template, project: str, created: str) -> bytes | None:
    """A template's bytes; None if the file has them already, be it with another date."""
    header = template_header(project, template.domain, created)
    file = root / path
    if file.exists():
        before, _ = read_po_file(root, path)
        dated = with_field(header, CREATED, before.fields.get(CREATED, created)) if before else header
        if file.read_bytes() == write_po(PoFile(dated, template.entries)):
            return None
    return write_po(PoFile(header, template.entries))


def read_templates(root: Path, translations: str = "translations") -> tuple[dict[str, PoFile], list[Diagnostic]]:
    """The templates of a project, by domain, and what is odd about them."""
    templates: dict[str, PoFile] = {}
    findings: list[Diagnostic] = []
    for file in sorted((root / translations / "templates").glob("*.pot")):
        template, odd = read_po_file(root, template_path(translations, file.stem))
        findings.extend(odd)
        if template is not None and not _unusable(odd):
            templates[file.stem] = template
    return templates, findings


@dataclass(frozen=True, slots=True)
class CatalogUpdate:
    """What an update did to one file. `written` is False where it was up to date."""

    domain: str
    path: str
    changes: Changes
    written: bool


@dataclass(frozen=True, slots=True)
class _Work:
    """A catalog to update: its template, and what it holds, None where it is new."""

    domain: str
    path: str
    template: PoFile
    catalog: PoFile | None


def update(
    root: Path, locale: str, translations: str = "translations"
) -> tuple[tuple[CatalogUpdate, ...], list[Diagnostic]]:
    """Bring a locale's catalogs up to date with the templates; a new locale gets its files.

    A catalog with an error in it stays as it is, and the error is reported.

    Args:
        root: the project's root.
        locale: the BCP 47 tag of the locale.
        translations: the folder of the catalogs, relative to `root`.

    Raises:
        UnknownLocale: there is no such locale.
        OSError: a file can't be written; those before it are.
    """
    tag = locale_info(locale).tag
    templates, findings = read_templates(root, translations)
    if not templates and not findings:
        place = Place(f"{translations}/templates")
        return (), [error("no-templates", "there are no templates to update from", place, "run `kb-gen i18n update`")]
    works, leftover, more = _gathered(root, tag, translations, templates)
    moved = _moved(works, leftover)
    done = tuple(_updated(root, tag, work, moved) for work in works)
    return done, findings + more


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


def _unusable(findings: list[Diagnostic]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _gathered(
    root: Path, tag: str, translations: str, templates: Mapping[str, PoFile]
) -> tuple[list[_Work], list[PoFile], list[Diagnostic]]:
    """The catalogs to update, those whose source is gone, and what is wrong with either."""
    works: list[_Work] = []
    leftover: list[PoFile] = []
    findings: list[Diagnostic] = []
    folder = root / translations / folder_name(tag) / MESSAGES
    present = {file.stem for file in folder.glob("*.po")}
    known = dict(templates)
    if UI_DOMAIN not in known and (UI_DOMAIN in present or not _ships_interface(tag)):
        known |= _shipped_interface()
    for domain in sorted({*known, *present}):
        path = catalog_path(translations, tag, domain)
        catalog, odd = read_po_file(root, path) if domain in present else (None, [])
        # A byte order mark is gone as soon as the catalog is written.
        odd = [finding for finding in odd if finding.code != "catalog-byte-order-mark"]
        findings.extend(odd)
        if _unusable(odd):
            continue
        if domain in known:
            works.append(_Work(domain, path, known[domain], catalog))
        elif catalog is not None and not _has_template(root, translations, domain):
            leftover.append(catalog)
            findings.append(_without_template(path))
    return works, leftover, findings


def _has_template(root: Path, translations: str, domain: str) -> bool:
    """Whether a template is there that couldn't be read, or comes with the package."""
    return domain == UI_DOMAIN or (root / template_path(translations, domain)).exists()


def _ships_interface(tag: str) -> bool:
    """Whether the package has the interface's words in a locale; for any other, a project translates them itself."""
    if locale_info(tag).language == INTERFACE_LANGUAGE:
        return True
    folders = [package_translations() / folder_name(parent) for parent in with_parents(tag)]
    return any((folder / MESSAGES / f"{UI_DOMAIN}.po").is_file() for folder in folders)


def _shipped_interface() -> dict[str, PoFile]:
    template, odd = read_po_file(package_translations(), f"templates/{UI_DOMAIN}.pot")
    return {UI_DOMAIN: template} if template is not None and not odd else {}


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


def _updated(root: Path, tag: str, work: _Work, moved: Mapping[Key, PoEntry]) -> CatalogUpdate:
    before = work.catalog or PoFile()
    empty = work.template.header or template_header("Knowledge base", work.domain, creation_date())
    header = before.header or catalog_header(empty, tag, creation_date())
    merged = merge(work.template, before, header, moved)
    content = write_po(merged.catalog)
    file = root / work.path
    written = work.catalog is None or content != file.read_bytes()
    if written:
        write_atomically(file, content)
    return CatalogUpdate(work.domain, work.path, merged.changes, written)
