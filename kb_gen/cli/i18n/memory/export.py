"""`kb-gen i18n memory export`: the translations for other tools."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kb_gen.cli.i18n.project import chosen_locales, locale_option
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import visible
from kb_gen.load import write_pieces_atomically
from kb_gen.locales.memory import TmxUnit, export_memory, write_tmx

__all__ = ["command"]

_MOST_NAMED = 5


@click.command("export")
@config_option
@locale_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["tmx", "json"]),
    default="tmx",
    show_default=True,
    help="TMX 1.4b for translation tools, or JSON for programs.",
)
@click.option("--obsolete", is_flag=True, help="With translations of texts that aren't in use any more.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; standard output if there is none.",
)
def command(config_file: Path, locales: tuple[str, ...], form: str, obsolete: bool, output: Path | None) -> int:
    """Write the approved translations of all catalogs into one file, for OmegaT, Trados, Weblate and other tools.

    Each text is a unit with all of its languages; `kb-gen i18n memory list` counts the translations of each language.
    Obsolete entries stay here unless you ask for them with --obsolete; their units have the property
    `x-standing`. What was taken in from TMX files isn't written.

    \b
    Example:
      kb-gen i18n memory export --output knowledge-base.tmx
      kb-gen i18n memory export --obsolete --output all.tmx
      kb-gen i18n memory export --locale de --format json
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    exported = export_memory(settings.root, tags, settings.translations, obsolete=obsolete)
    pieces = iter([_json(exported.units)]) if form == "json" else write_tmx(exported.units, settings.source_locale)
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        write_pieces_atomically(output, pieces)
        told = "of them" if obsolete else "--obsolete adds"
        gone = f" ({told} {exported.obsolete:,} of obsolete entries)" if exported.obsolete else ""
        click.echo(f"Wrote {output}: {len(exported.units):,} units{gone}")
    for unit in exported.unwritable[:_MOST_NAMED]:
        click.echo(f"Left out, because XML can't hold a character of it: {visible(unit.source[:60])}", err=True)
    if len(exported.unwritable) > _MOST_NAMED:
        click.echo(f"Left out as well: {len(exported.unwritable) - _MOST_NAMED} more", err=True)
    return 1 if exported.unwritable else 0


def _json(units: tuple[TmxUnit, ...]) -> bytes:
    data = [{"source": unit.source, **unit.properties, "note": unit.note, "targets": unit.targets} for unit in units]
    return msgspec.json.encode(data) + b"\n"
