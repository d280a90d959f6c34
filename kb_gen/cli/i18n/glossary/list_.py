"""`kb-gen i18n glossary list`: the terms of a language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from kb_gen.cli.i18n.project import chosen_locales, locale_option
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import Diagnostic, Severity, full, unstyled, visible
from kb_gen.load import Sources
from kb_gen.locales.glossary import Term, load_glossary

__all__ = ["command"]


@click.command("list")
@config_option
@locale_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "weblate"]),
    default="text",
    show_default=True,
    help="Text; JSON; or, for one locale, the CSV that Weblate reads as a glossary.",
)
def command(config_file: Path, locales: tuple[str, ...], form: str) -> int:
    """Show the terms of the glossary, by language.

    \b
    Example:
      kb-gen i18n glossary list
      kb-gen i18n glossary list --locale de --format weblate > glossary-de.csv
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    if form == "weblate" and len(tags) != 1:
        raise click.UsageError(f"Weblate's file is of one language; name it, for example with --locale {tags[0]}")
    terms: dict[str, tuple[Term, ...]] = {}
    findings: list[Diagnostic] = []
    for tag in tags:
        # Whatever is wrong with the file is the same for each.
        glossary, findings = load_glossary(settings.root, tag, settings.translations)
        terms[tag] = glossary.terms
    for line in full(findings, Sources(settings.root), unstyled):
        click.echo(line, err=True)
    if form == "json":
        click.echo(msgspec.json.encode(terms))
    elif form == "weblate":
        click.echo(_weblate(terms[tags[0]]), nl=False)
    else:
        for tag, found in terms.items():
            for line in _lines(tag, found):
                click.echo(line)
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _lines(tag: str, terms: tuple[Term, ...]) -> Iterator[str]:
    yield f"{tag}:" if terms else f"{tag}: the glossary has no terms."
    for term in terms:
        yield f"  {visible(term.line)}"
        about = ": ".join(filter(None, (term.part_of_speech, term.note)))
        if about:
            yield f"      {visible(about)}"


def _weblate(terms: tuple[Term, ...]) -> str:
    """A row for each translation. Such a file has no place for forbidden ones, so they are named in the comment."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("source", "target", "context", "developer_comments"))
    for term in terms:
        forbidden = f"not: {', '.join(term.forbidden)}" if term.forbidden else ""
        comment = "; ".join(filter(None, (term.note, forbidden)))
        for target in term.targets:
            writer.writerow((term.source, target, term.part_of_speech, comment))
    return text.getvalue()
