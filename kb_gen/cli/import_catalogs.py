"""`kb-gen import po`: the translations of another program's catalogs, by their source texts."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kb_gen.cli.i18n.project import chosen_locales, errors_among, loading_errors
from kb_gen.cli.importing import FileOptions
from kb_gen.cli.output import counted, show_findings
from kb_gen.diagnostics import SourceText
from kb_gen.importers.formats.po import CatalogImport, translations_from
from kb_gen.load import Loaded
from kb_gen.locales.exchange import Policy, Project, ReportSources, refusal_findings, report_data
from kb_gen.site.settings import Settings

__all__ = ["import_catalogs"]


def import_catalogs(
    options: FileOptions,
    settings: Settings,
    loaded: Loaded,
    overwrite: bool,
    dry_run: bool,
    form: str,
    texts: SourceText,
) -> int:
    """Take the translations of PO files into the project's catalogs, tell what was done, and give the exit code."""
    errors = loading_errors(loaded)
    if errors:
        show_findings(errors, texts, "full")
        click.echo("Nothing was written: mend the errors first.", err=True)
        return 1
    tags = chosen_locales(settings, (options.language,) if options.language else ())
    project = Project(settings.root, loaded.knowledge_base, tags, settings.translations)
    policy = Policy(overwrite=overwrite)
    language = options.language and tags[0]
    found = translations_from(options.files, project, language, options.encoding, policy, save=not dry_run)
    if form == "json":
        click.echo(msgspec.json.encode({"dry_run": dry_run, **_data(found)}).decode())
    else:
        _tell(found, settings.root, texts, dry_run)
    return 0 if found.report.clean and not errors_among(found.diagnostics) else 1


def _tell(found: CatalogImport, root: Path, texts: SourceText, dry_run: bool) -> None:
    report = found.report
    show_findings(found.diagnostics, texts, "full")
    # Catalogs that were read here may be in any encoding.
    sources = ReportSources(root, report)
    read = {file.file for file in report.files}
    refused = list(refusal_findings(report, sources))
    show_findings(refused, lambda path: texts(path) if path in read else sources(path), "full")
    for file, counts in zip(report.files, found.counts, strict=False):
        saved = f"{file.saved} {'to save' if dry_run else 'saved'}"
        review = f", {file.saved - file.approved} of them to review" if file.saved != file.approved else ""
        missing = len(counts.without_counterpart)
        click.echo(
            f"{file.file}: {counted(counts.entries, 'translation')}, {saved}{review}, {file.unchanged} unchanged, "
            f"{missing} of texts that no article has"
        )
    for path in report.catalogs:
        click.echo(f"{'Would write' if dry_run else 'Wrote'} {path}")


def _data(found: CatalogImport) -> dict[str, object]:
    counted = [
        {
            "file": counts.file,
            "translations": counts.entries,
            "matched": counts.matched,
            "without_counterpart": len(counts.without_counterpart),
        }
        for counts in found.counts
    ]
    problems = [
        {"code": finding.code, "severity": finding.severity.value, "message": finding.message}
        for finding in found.diagnostics
    ]
    return {**report_data(found.report), "counts": counted, "problems": problems}
