"""`kb-gen online-help`: Event Viewer's link "Event Log Online Help" leads to the site."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kb_gen.cli.project import config_option, project_settings
from kb_gen.load import write_atomically
from kb_gen.site.online_help import MICROSOFTS, address_fault, help_links, registry_file
from kb_gen.site.settings import Settings

__all__ = ["command"]

_FILE = "event-viewer.reg"
_UNDO = "event-viewer-undo.reg"
_WARNING = (
    "Security monitoring takes an unannounced change of this registry key for an attack: tell those who run it, and "
    "deploy the setting by policy."
)


@click.command("online-help")
@config_option
@click.option("--address", metavar="URL", help="The lookup page's address, where the project's site_url isn't it.")
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="this folder",
    help="Where the files go.",
)
@click.option(
    "--format", "form", type=click.Choice(["full", "json"]), default="full", show_default=True, help="How to report."
)
def command(config_file: Path, address: str | None, folder: Path, form: str) -> int:
    """Write what makes Event Viewer's "Event Log Online Help" lead to the site.

    These are a registry file that sets the address for a computer, another that sets Microsoft's again, and for each
    product the attribute that its instrumentation manifest needs.

    \b
    Example:
      kb-gen online-help
      kb-gen online-help --address https://kb.example.com/en/lookup/ --into deployment

    Exit codes: 0 written, 2 wrong usage or environment.
    """
    settings = project_settings(config_file)
    origin = "site_url in mkdocs.yml" if address is None else "--address"
    address = _lookup_address(settings) if address is None else address
    fault = address_fault(address)
    if fault:
        raise click.UsageError(
            f"{origin} doesn't give an address for Event Viewer: {fault}; give one such as "
            "https://kb.example.com/en/lookup/"
        )
    # Late: only for the products, which have a file of their own.
    from kb_gen.load import read_shared  # noqa: PLC0415

    links = help_links(address, read_shared(settings.root, settings.content).values["products"])
    files = {_FILE: registry_file(address), _UNDO: registry_file(MICROSOFTS)}
    for name, content in files.items():
        write_atomically(folder / name, content)
    if form == "json":
        written = [str(folder / name) for name in files]
        click.echo(json.dumps({"address": address, "files": written, "help_links": links}, indent=2))
        return 0
    click.echo(f"Wrote {folder / _FILE}: Event Viewer asks at {address}")
    click.echo(f"Wrote {folder / _UNDO}: Event Viewer asks Microsoft again")
    if links:
        click.echo("\nFor the `provider` element of an instrumentation manifest:\n")
        for link in links.values():
            click.echo(f"  {link}")
    click.echo(f"\n{_WARNING}")
    return 0


def _lookup_address(settings: Settings) -> str:
    if not settings.site_url:
        raise click.UsageError(
            "the project doesn't say where its site is served: set site_url in mkdocs.yml, or give --address"
        )
    # Late: this loads what knows the locales.
    from kb_gen.locales import locale_info  # noqa: PLC0415

    return f"{settings.site_url.rstrip('/')}/{locale_info(settings.locales[0]).path}/lookup/"
