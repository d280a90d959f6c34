"""`kb-gen i18n export`: texts for translators who work in other tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, not_ready
from kb_gen.cli.output import BuildProgress, counted, show_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import full, unstyled
from kb_gen.load import Sources, load_project
from kb_gen.locales.exchange import (
    SUFFIXES,
    Choice,
    Format,
    NoSpreadsheets,
    Shipment,
    UnitState,
    catalog_domains,
    export,
    named_entries,
    record_units,
    shipment,
    split_id,
)
from kb_gen.model import KnowledgeBase
from kb_gen.site.settings import Settings

__all__ = ["command"]

_STATES = {"untranslated": UnitState.UNTRANSLATED, "fuzzy": UnitState.FUZZY, "approved": UnitState.APPROVED}
_MOST_NAMED = 5


@click.command("export")
@config_option
@click.option("--locale", "-l", "locale", metavar="TAG", help="The locale to translate into, if there are several.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="`xliff` is XLIFF 2.1, `xliff12` is for older tools; without this, the file's name tells.",
)
@click.option("--domain", "domains", multiple=True, metavar="NAME", help="Only this catalog; repeatable.")
@click.option("--record", "records", multiple=True, metavar="SOURCE/ID", help="Only this article's texts; repeatable.")
@click.option(
    "--only", metavar="STATES", help="Only texts in these states, with commas: untranslated, fuzzy, approved."
)
@click.option("--messages", is_flag=True, help="With message templates that have no translation.")
@click.option(
    "--output", "-o", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
def command(  # noqa: PLR0913 - one for each option
    *,
    config_file: Path,
    locale: str | None,
    form: str | None,
    domains: tuple[str, ...],
    records: tuple[str, ...],
    only: str | None,
    messages: bool,
    file: Path,
) -> int:
    """Write texts into a file for translators: XLIFF for their tools, CSV or a spreadsheet for reviewers.

    The catalogs stay as they are. `kb-gen i18n import` takes the file back.

    Message templates are translated only where the product itself has the words, so those without a translation stay
    here unless you ask for them with --messages.

    \b
    Example:
      kb-gen i18n export --locale de --only untranslated,fuzzy -o de.xlf
      kb-gen i18n export --locale de --record ShopPayments/1025 -o review.xlsx
      kb-gen i18n export --locale de --format xliff12 --domain shoppayments -o shop.xlf
    """
    settings = project_settings(config_file)
    tag = _one_locale(settings, locale)
    chosen = _format(form, file)
    states = _states(only)
    loaded = load_project(settings.root, settings.content)
    for line in full(not_ready(settings, loaded, (tag,)), loaded.sources, unstyled):
        click.echo(line, err=True)
    _known_domains(settings, tag, domains)
    choice = Choice(domains, states, _units(loaded.knowledge_base, records), messages)
    root, translations = settings.root, settings.translations
    parcels, findings = shipment(root, loaded.knowledge_base, tag, choice, translations, settings.source_locale)
    if findings:
        show_findings(findings, Sources(root), "full")
        click.echo("Nothing was written: mend the catalogs first.", err=True)
        return 1
    if not parcels.parcels:
        click.echo("Nothing was written: no text of the catalogs is of that kind.", err=True)
        return 1
    return _written(parcels, chosen, file)


def _written(parcels: Shipment, form: Format, file: Path) -> int:
    with BuildProgress() as progress:
        progress.stage("Writing", sum(1 for _ in parcels.units) if form is Format.XLSX else 0)
        try:
            done = export(parcels, form, file, progress.advance)
        except NoSpreadsheets as reason:
            raise click.ClickException(str(reason)) from reason
    left_out = {unit.id for unit in done.left_out}
    # As the import counts: entries, whatever the number of their plural forms.
    entries = {split_id(unit.id)[0]: unit.mark.state for unit in parcels.units if unit.id not in left_out}
    states = Counter(entries.values())
    told = ", ".join(f"{states[state]} {state.value}" for state in UnitState if states[state])
    told += f"; {done.units} with all plural forms" if done.units > len(entries) else ""
    texts, catalogs = counted(len(entries), "text"), counted(len(parcels.parcels), "catalog")
    click.echo(f"Wrote {file}: {texts} of {catalogs} into {parcels.locale} ({told})")
    for unit in done.left_out[:_MOST_NAMED]:
        click.echo(f"Left out, as no cell of a spreadsheet holds it: {unit.name} ({len(unit.source)} characters)")
    if len(done.left_out) > _MOST_NAMED:
        click.echo(f"Left out, too: {len(done.left_out) - _MOST_NAMED} more; use XLIFF or CSV for these")
    return 1 if done.left_out else 0


def _one_locale(settings: Settings, locale: str | None) -> str:
    tags = chosen_locales(settings, (locale,) if locale else ())
    if len(tags) != 1:
        known = ", ".join(tags) or "none"
        raise click.UsageError(f"name the locale to translate into with --locale; the project's: {known}")
    return tags[0]


def _format(form: str | None, file: Path) -> Format:
    if form:
        return Format(form)
    found = SUFFIXES.get(file.suffix.lower())
    if found is None:
        raise click.UsageError(f"`{file.name}` doesn't tell the form; end it in .xlf, .csv or .xlsx, or add --format")
    return found


def _states(only: str | None) -> tuple[UnitState, ...]:
    words = [word.strip() for word in (only or "").split(",") if word.strip()]
    unknown = [word for word in words if word not in _STATES]
    if unknown:
        raise click.BadParameter(f"`{unknown[0]}` is none of {', '.join(_STATES)}", param_hint="--only")
    return tuple(_STATES[word] for word in words)


def _known_domains(settings: Settings, tag: str, domains: Sequence[str]) -> None:
    known = catalog_domains(settings.root, tag, settings.translations)
    unknown = [domain for domain in domains if domain not in known]
    if unknown:
        named = ", ".join(known) or "none"
        raise click.BadParameter(f"there is no catalog `{unknown[0]}`; there are: {named}", param_hint="--domain")


def _units(kb: KnowledgeBase, records: Sequence[str]) -> frozenset[str] | None:
    if not records:
        return None
    units: set[str] = set()
    for name in records:
        entries = named_entries(kb, name)
        if not entries:
            message = f"there is no record `{name}`; name one as `Source/ID`, like `ShopPayments/1025`"
            raise click.BadParameter(message, param_hint="--record")
        units.update(*(record_units(kb, entry) for entry in entries))
    return frozenset(units)
