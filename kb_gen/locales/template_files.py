"""Templates on disk: written when what there is to translate changes, or what is said about it, and never else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from kb_gen.diagnostics import Diagnostic, Place, Severity, warning
from kb_gen.load.writing import write_atomically
from kb_gen.locales.headers import CREATED, creation_date, template_header, with_field
from kb_gen.locales.interface import extract_interface, owns_interface
from kb_gen.locales.po import PoFile, po_text, read_po, read_po_bytes, read_po_file, write_po
from kb_gen.locales.templates import Template, addressed, extract
from kb_gen.locales.units import UI_DOMAIN
from kb_gen.model import KnowledgeBase

__all__ = [
    "read_templates",
    "stale_templates",
    "template_changes",
    "template_path",
    "write_changes",
    "write_templates",
]

_MOST_NAMED = 8


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

    Arguments are those of `template_changes`.

    Returns:
        The paths of the files that were written or removed, relative to `root`.

    Raises:
        OSError: a file can't be written; those before it are.
    """
    changes = template_changes(root, kb, project, translations, workbench)
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
    domains = [Path(path).stem for path in template_changes(root, kb, project, translations, workbench)]
    if not domains:
        return []
    more = f" and {len(domains) - _MOST_NAMED} more" if len(domains) > _MOST_NAMED else ""
    message = f"the templates of these catalogs don't match the content: {', '.join(domains[:_MOST_NAMED])}{more}"
    help_text = "run `kb-gen i18n update`; until then, changed texts count as missing"
    return [warning("stale-templates", message, Place(f"{translations}/templates"), help=help_text)]


def template_changes(
    root: Path,
    kb: KnowledgeBase,
    project: str = "Knowledge base",
    translations: str = "translations",
    workbench: str = "",
) -> dict[str, bytes | None]:
    """The bytes of templates that don't have them yet, by path; None for those that are to be removed.

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
    changes: dict[str, bytes | None] = {}
    for domain, template in sorted(templates.items()):
        path = template_path(translations, domain)
        content = _template_bytes(root, path, template, project, created)
        if content is not None:
            changes[path] = content
    folder = root / translations / "templates"
    for file in sorted(folder.glob("*.pot")):
        if file.stem not in {*templates, UI_DOMAIN} and _is_ours(file):
            changes[template_path(translations, file.stem)] = None
    return changes


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
    return file.is_file() and b'"X-Generator: kb-gen\\n"' in file.read_bytes()[:4096]


def _template_bytes(root: Path, path: str, template: Template, project: str, created: str) -> bytes | None:
    """A template's bytes; None if the file has them already.

    The date of creation stays as long as the texts do: what is said about them may change, and the texts' order.
    """
    header = template_header(project, template.domain, created)
    if not (root / path).is_file():
        return write_po(PoFile(header, template.entries))
    before, _ = read_po_file(root, path)
    if before is None:
        return write_po(PoFile(header, template.entries))
    if _texts(before) == _texts(PoFile(header, template.entries)):
        header = with_field(header, CREATED, before.fields.get(CREATED) or created)
    content = write_po(PoFile(header, template.entries, line_end=before.line_end))
    return None if (root / path).read_bytes() == content else content


def _texts(template: PoFile) -> set[tuple[str | None, str, str | None]]:
    return {(entry.context, entry.msgid, entry.msgid_plural) for entry in template.entries}


def read_templates(
    root: Path,
    translations: str = "translations",
    changes: Mapping[str, bytes | None] = MappingProxyType({}),
) -> tuple[dict[str, PoFile], list[Diagnostic]]:
    """The templates of a project, by domain, and what is odd about them.

    Args:
        root: the project's root.
        translations: the folder of the catalogs, relative to `root`.
        changes: files that aren't written yet, as `template_changes` gives them.
    """
    templates: dict[str, PoFile] = {}
    findings: list[Diagnostic] = []
    present = {template_path(translations, file.stem) for file in (root / translations / "templates").glob("*.pot")}
    for path in sorted({*present, *changes}):
        data = changes[path] if path in changes else read_po_bytes(root, path)
        if data is None:
            continue
        template, odd = (None, [data]) if isinstance(data, Diagnostic) else _read(data, path)
        findings.extend(odd)
        if template is not None and not any(finding.severity is Severity.ERROR for finding in odd):
            templates[Path(path).stem] = template
    return templates, findings


def _read(data: bytes, path: str) -> tuple[PoFile | None, list[Diagnostic]]:
    text, unreadable = po_text(data, path)
    if text is None:
        return None, unreadable
    template, odd = read_po(text, path)
    return template, [*unreadable, *odd]
