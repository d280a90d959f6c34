"""`kb-gen explain-code`: what a finding means and how to mend it."""

from __future__ import annotations

import click
from rapidfuzz import process

from kb_gen.diagnostics import codes, explain

__all__ = ["command"]


@click.command("explain-code")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Explain what a finding's CODE means and how to mend it; without CODE, list them all.

    \b
    Example:
      kb-gen explain-code unknown-parameter
    """
    known = codes()
    if code is None:
        for name in known:
            click.echo(name)
        return 0
    name = code.strip().removeprefix("error[").removeprefix("warning[").removesuffix("]")
    if name not in known:
        close = process.extractOne(name, list(known), score_cutoff=50)
        hint = f" Did you mean `{close[0]}`?" if close else " `kb-gen explain-code` lists them all."
        raise click.UsageError(f"there is no code `{name}`.{hint}")
    click.echo(explain(name))
    return 0
