"""`kb-gen schema`: the JSON Schemas by which editors complete and check while typing."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kb_gen.load import SCHEMAS, write_atomically

__all__ = ["command"]


@click.command("schema")
@click.argument("kind", type=click.Choice(list(SCHEMAS)), default="record")
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write all schemas into this folder instead of printing one.",
)
def command(kind: str, folder: Path | None) -> int:
    """Print the JSON Schema of a kind of file: record, products, categories or snippets.

    A comment on a file's first line makes editors use it:
    `# yaml-language-server: $schema=../../../schema/record.json`

    \b
    Example:
      kb-gen schema record
      kb-gen schema --write schema
    """
    if folder is None:
        click.echo(_text(kind).rstrip("\n"))
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        write_atomically(folder / f"{name}.json", _text(name).encode())
        click.echo(f"Wrote {folder / name}.json")
    return 0


def _text(kind: str) -> str:
    return msgspec.json.format(msgspec.json.encode(SCHEMAS[kind]()), indent=2).decode() + "\n"
