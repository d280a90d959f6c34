"""`kb-gen import po`: the translations of another program's catalogs, by their source texts."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from kb_gen.cli.i18n.project import chosen_locales, errors_among, loading_errors
from kb_gen.cli.importing import FileOptions
from kb_gen.cli.output import counted, show_findings
from kb_gen.diagnostics import FORMATS as FINDING_FORMATS
from kb_gen.diagnostics import SourceText
from kb_gen.importers.formats.po import CatalogCounts, CatalogImport, translations_from
from kb_gen.load import Loaded
from kb_gen.locales.exchange import FileReport, Policy, Project, ReportSources, refusal_findings, report_data
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
    policy = Policy(overwrite=overwrite, option="--overwrite translations")
    language = options.language and tags[0]
    found = translations_from(options.files, project, language, options.encoding, policy, save=not dry_run)
    if form == "json":
        click.echo(msgspec.json.encode({"dry_run": dry_run, **_data(found, texts)}).decode())
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
    became = {file.file: file for file in report.files}
    for counts in found.counts:
        click.echo(f"{counts.file}: {_counts_line(counts)}")
        click.echo(f"  in the catalogs: {_became_line(became[counts.file], dry_run)}")
    for path in report.catalogs:
        click.echo(f"{'Would write' if dry_run else 'Wrote'} {path}")


def _counts_line(counts: CatalogCounts) -> str:
    older = f"; {counts.older} more, obsolete or of earlier texts" if counts.older else ""
    missing = len(counts.without_counterpart)
    return (
        f"{counted(counts.entries, 'translation')}, {counts.matched} of texts that articles have, "
        f"{missing} of others{older}"
    )


def _became_line(file: FileReport, dry_run: bool) -> str:
    parts = [f"{file.saved} {'to save' if dry_run else 'saved'}"]
    parts += [f"{file.saved - file.approved} of them to review"] if file.saved != file.approved else []
    refused = sum(not refusal.taken for refusal in file.refusals)
    parts += [f"{file.unchanged} unchanged"] if file.unchanged else []
    parts += [f"{refused} not taken"] if refused else []
    return ", ".join(parts)


def _data(found: CatalogImport, texts: SourceText) -> dict[str, object]:
    counted = [
        {
            "file": counts.file,
            "translations": counts.entries,
            "matched": counts.matched,
            "older": counts.older,
            "without_counterpart": len(counts.without_counterpart),
        }
        for counts in found.counts
    ]
    problems = json.loads("\n".join(FINDING_FORMATS["json"](found.diagnostics, texts)))
    return {**report_data(found.report), "counts": counted, "problems": problems}
