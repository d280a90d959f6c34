"""`kb-gen i18n memory search`: translations of a text and of others like it."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kb_gen.cli.i18n.memory.project import loaded_memory
from kb_gen.cli.i18n.project import chosen_locales, locale_option
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import visible
from kb_gen.locales.memory import Match

__all__ = ["command"]


@click.command("search")
@click.argument("text")
@config_option
@locale_option
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="The most that are shown.")
@click.option(
    "--least", type=click.IntRange(1, 100), default=60, show_default=True, help="The least likeness, in percent."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(config_file: Path, text: str, locales: tuple[str, ...], limit: int, least: int, form: str) -> int:
    """Show how TEXT, or a text like it, was translated before.

    100 % is the same text. 99 % differs in case, white space, or in insertion strings, code, addresses or numbers,
    which are then put in.

    \b
    Example:
      kb-gen i18n memory search "A Receive connector refused a message."
      kb-gen i18n memory search --locale de --least 90 --format json "Restart the service."
    """
    settings = project_settings(config_file)
    found: dict[str, list[Match]] = {}
    for tag in chosen_locales(settings, locales):
        found[tag] = loaded_memory(settings, tag).search(text, limit, least)
    if form == "json":
        click.echo(msgspec.json.encode({tag: [_data(match) for match in matches] for tag, matches in found.items()}))
        return 0
    for tag, matches in found.items():
        click.echo(f"{tag}:" if matches else f"{tag}: nothing like it was translated before.")
        for match in matches:
            click.echo(f"  {match.score:3} %  {visible(match.origin)}")
            click.echo(f"         {visible(match.source)}")
            click.echo(f"         {visible(match.target)}")
    return 0


def _data(match: Match) -> dict[str, object]:
    return {
        "score": match.score,
        "source": match.source,
        "targets": match.targets,
        "origin": match.origin,
        "context": match.context,
        "plural": match.plural,
    }
