"""The texts of the manual of codes, by what the findings are about."""

from __future__ import annotations

from kb_gen.diagnostics.entries import (
    addresses,
    catalogs,
    exchange,
    fields,
    files,
    importing,
    importing_formats,
    logs,
    memory,
    message_files,
    pdf,
    references,
    site,
    texts,
    yaml,
)
from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    *files.ENTRIES,
    *yaml.ENTRIES,
    *fields.ENTRIES,
    *references.ENTRIES,
    *texts.ENTRIES,
    *addresses.ENTRIES,
    *catalogs.ENTRIES,
    *memory.ENTRIES,
    *exchange.ENTRIES,
    *message_files.ENTRIES,
    *importing_formats.ENTRIES,
    *importing.ENTRIES,
    *site.ENTRIES,
    *pdf.ENTRIES,
    *logs.ENTRIES,
)
