"""`kb-gen new`: a commented skeleton of a record."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import click

from kb_gen.cli.project import config_option, project_settings
from kb_gen.load import canonical_id, is_source_name, load_project, skeleton, write_atomically
from kb_gen.model import KnowledgeBase, slug, source_address

__all__ = ["command"]


@click.command("new")
@click.argument("source")
@click.argument("id")
@click.option("--product", required=True, help="The product's key in content/products.yml.")
@config_option
def command(source: str, id: str, product: str, config_file: Path) -> int:
    """Write the commented skeleton of a new record for event ID of SOURCE.

    \b
    Example:
      kb-gen new MSExchangeTransport 1025 --product exchange
    """
    settings = project_settings(config_file)
    if not is_source_name(source):
        raise click.UsageError(f"`{source}` is no name of an event source: write it as the log shows it")
    identifier = canonical_id(id)
    if identifier is None:
        raise click.UsageError(f"`{id}` is no event ID: write a number, 0x… or a name that begins with a letter")
    kb = load_project(settings.root, settings.content).knowledge_base
    if product not in kb.products:
        known = ", ".join(sorted(kb.products)) or "none yet"
        raise click.UsageError(
            f"there is no product `{product}` in {settings.content}/products.yml (there are: {known}); add it there"
        )
    path = settings.root / settings.content / slug(product) / source_address(source) / f"{slug(identifier)}.yml"
    shown = path.relative_to(settings.root)
    if path.exists():
        raise click.UsageError(f"{shown} exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, _skeleton(kb, source, identifier, product).encode())
    click.echo(f"Wrote {shown}")
    return 0


def _skeleton(kb: KnowledgeBase, source: str, identifier: str, product: str) -> str:
    """The skeleton, with the product's versions and a related event that has a record."""
    of_product = [entry.record for entry in kb.entries if entry.record.product == product]
    nearest = next((record for record in of_product if record.source == source), next(iter(of_product), None))
    related = f"{quote(nearest.source, safe=' -.')}/{nearest.id}" if nearest else ""
    return skeleton(source, identifier, product, tuple(kb.products[product].versions), related)
