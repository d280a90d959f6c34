"""What the commands on the memory share."""

from __future__ import annotations

import click

from kb_gen.diagnostics import Severity, full, unstyled
from kb_gen.load import Sources
from kb_gen.locales.memory import Memory, load_memory
from kb_gen.site.settings import Settings

__all__ = ["loaded_memory"]


def loaded_memory(settings: Settings, tag: str) -> Memory:
    """A locale's memory; files of it that can't be read are told on standard error."""
    memory, findings = load_memory(settings.root, tag, settings.translations, settings.source_locale)
    broken = [finding for finding in findings if finding.severity is Severity.ERROR]
    for line in full(broken, Sources(settings.root), unstyled):
        click.echo(line, err=True)
    return memory
