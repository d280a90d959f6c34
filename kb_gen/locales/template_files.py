"""Templates on disk: written when what there is to translate changes, or what is said about it, and never else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity, warning
from kb_gen.load.writing import write_atomically
from kb_gen.locales.headers import CREATED, creation_date, template_header, with_field
from kb_gen.locales.interface import extract_interface, owns_interface
from kb_gen.locales.po import PoFile, po_text, read_po, read_po_bytes, write_po
from kb_gen.locales.templates import Template, addressed, extract
from kb_gen.locales.units import UI_DOMAIN
from kb_gen.model import KnowledgeBase

__all__ = [
    "TemplatePlan",
    "planned_templates",
    "read_templates",
    "stale_templates",
    "template_path",
    "write_changes",
    "write_templates",
]

_MOST_NAMED = 8
_BEGINNING = 4096
"""Bytes of a file in which its header is."""

_CREATED = re.compile(rb'"POT-Creation-Date: ([^"\\]+)\\n"')


def template_path(translations: str, domain: str) -> str:
    """Where a domain's template is, relative to the project's root, with `/`."""
    return f"{translations}/templates/{domain}.pot"


def write_templates(
    root: Path,
    kb: KnowledgeBase,
    project: str = "Knowledge base",
    translations: str = "translations",
    workbench: str = "",
) -> tuple[str, ...]:
    """Write the templates of a project; those that have their content already stay untouched.

    Arguments are those of `planned_templates`.

    Returns:
        The paths of the files that were written or removed, relative to `root`.

    Raises:
        OSError: a file can't be written; those before it are.
    """
    changes = planned_templates(root, kb, project, translations, workbench).changes
    write_changes(root, changes)
    return tuple(changes)


def stale_templates(
    root: Path,
    kb: KnowledgeBase,
    project: str = "Knowledge base",
    translations: str = "translations",
    workbench: str = "",
) -> list[Diagnostic]:
    """A warning if the templates on disk aren't those that `write_templates` would write; same arguments."""
    domains = [Path(path).stem for path in planned_templates(root, kb, project, translations, workbench).changes]
    if not domains:
        return []
    more = f" and {len(domains) - _MOST_NAMED} more" if len(domains) > _MOST_NAMED else ""
    message = f"the templates of these catalogs don't match the content: {', '.join(domains[:_MOST_NAMED])}{more}"
    help_text = "run `kb-gen i18n update`; until then, changed texts count as missing"
    return [warning("stale-templates", message, Place(f"{translations}/templates"), help=help_text)]


@dataclass(frozen=True, slots=True)
class TemplatePlan:
    """The templates that a project is to have.

    Attributes:
        templates: what they say, by domain.
        changes: the bytes of those that don't have them yet, by path; None for those that are to be removed.
    """

    templates: Mapping[str, PoFile] = field(default_factory=dict)
    changes: Mapping[str, bytes | None] = field(default_factory=dict)


_NO_PLAN = TemplatePlan()


def planned_templates(
    root: Path,
    kb: KnowledgeBase,
    project: str = "Knowledge base",
    translations: str = "translations",
    workbench: str = "",
) -> TemplatePlan:
    """The templates that a project is to have, and how they differ from those on disk.

    A template of the interface's words is kept in this package's own source tree only. Templates of domains that are
    no more go.

    Args:
        root: the project's root.
        kb: the knowledge base to extract from.
        project: the name that the headers give the project.
        translations: the folder of the catalogs, relative to `root`.
        workbench: the address of the translators' workbench, to which texts are linked; empty for none.
    """
    templates = extract(kb, workbench)
    if owns_interface(root):
        templates[UI_DOMAIN] = _addressed(extract_interface(root), workbench)
    created = creation_date()
    files: dict[str, PoFile] = {}
    changes: dict[str, bytes | None] = {}
    for domain, template in sorted(templates.items()):
        path = template_path(translations, domain)
        before = _content(root / path)
        files[domain] = _dated(before, path, PoFile(template_header(project, domain, created), template.entries))
        content = write_po(files[domain])
        if content != before:
            changes[path] = content
    folder = root / translations / "templates"
    for file in sorted(folder.glob("*.pot")):
        if file.stem not in {*templates, UI_DOMAIN} and _is_ours(file):
            changes[template_path(translations, file.stem)] = None
    return TemplatePlan(files, changes)


def write_changes(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Write or remove files: their bytes by path, None for those that go.

    Raises:
        OSError: a file can't be written; those before it are.
    """
    for path, content in changes.items():
        if content is None:
            (root / path).unlink()
        else:
            write_atomically(root / path, content)


def _addressed(template: Template, workbench: str) -> Template:
    entries = tuple(addressed(entry, template.domain, workbench) for entry in template.entries)
    return Template(template.domain, entries)


def _is_ours(file: Path) -> bool:
    return file.is_file() and b'"X-Generator: kb-gen\\n"' in file.read_bytes()[:_BEGINNING]


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _dated(before: bytes | None, path: str, template: PoFile) -> PoFile:
    """A template with the line ends of its file, and with its date as long as the texts are the same.

    What is said about them may change, and their order.
    """
    found = _CREATED.search(before[:_BEGINNING]) if before else None
    if before is None or found is None or template.header is None:
        return template
    ended = replace(template, line_end="\r\n" if b"\r\n" in before[:_BEGINNING] else "\n")
    dated = replace(ended, header=with_field(template.header, CREATED, found[1].decode("ascii", "replace")))
    if write_po(dated) == before:
        return dated
    known, _ = _read(before, path)
    return dated if known is not None and _texts(known) == _texts(template) else ended


def _texts(template: PoFile) -> set[tuple[str | None, str, str | None]]:
    return {(entry.context, entry.msgid, entry.msgid_plural) for entry in template.entries}


def read_templates(
    root: Path, translations: str = "translations", plan: TemplatePlan = _NO_PLAN
) -> tuple[dict[str, PoFile], list[Diagnostic]]:
    """The templates of a project, by domain, and what is odd about them.

    Args:
        root: the project's root.
        translations: the folder of the catalogs, relative to `root`.
        plan: what is known of them already, be it written or not.
    """
    templates: dict[str, PoFile] = dict(plan.templates)
    findings: list[Diagnostic] = []
    for file in sorted((root / translations / "templates").glob("*.pot")):
        path = template_path(translations, file.stem)
        if file.stem in templates or path in plan.changes:
            continue
        data = read_po_bytes(root, path)
        template, odd = (None, [data]) if isinstance(data, Diagnostic) else _read(data, path)
        findings.extend(odd)
        if template is not None and not any(finding.severity is Severity.ERROR for finding in odd):
            templates[file.stem] = template
    return templates, findings


def _read(data: bytes, path: str) -> tuple[PoFile | None, list[Diagnostic]]:
    text, unreadable = po_text(data, path)
    if text is None:
        return None, unreadable
    template, odd = read_po(text, path)
    return template, [*unreadable, *odd]
