"""The glossary's terms in the comments of a catalog's entries, where translators see them in any tool.

A template is the same for all languages, so they stand in no template: each update writes them into the catalogs, with
what else extraction says (`#.`). Another tool's update leaves them out, and the next of ours has them back.
"""

from __future__ import annotations

from dataclasses import replace

from kb_gen.locales.glossary.searching import Glossary
from kb_gen.locales.po import PoEntry, PoFile
from kb_gen.locales.unit_ids import is_address
from kb_gen.locales.units import is_message_context

__all__ = ["TERM_NOTE", "with_terms"]

TERM_NOTE = "glossary: "
"""Begins a comment that says how a term is translated."""

_MOST = 9


def with_terms(template: PoFile, glossary: Glossary | None) -> PoFile:
    """A template whose entries say how the terms in them are translated.

    Args:
        template: what there is to translate.
        glossary: the terms in the language that it is translated into; None for none.
    """
    if not glossary:
        return template
    return replace(template, entries=tuple([_with_terms(entry, glossary) for entry in template.entries]))


def _with_terms(entry: PoEntry, glossary: Glossary) -> PoEntry:
    terms = glossary.terms_in(entry.msgid) if not is_message_context(entry.context) else ()
    if not terms:
        return entry
    notes = [f"{TERM_NOTE}{term.line}" for term in terms[:_MOST]]
    if len(terms) > _MOST:
        notes.append("and more terms of the glossary")
    # The address in the workbench stays the last line, where tools with a small window show it, too.
    behind = entry.extracted[-1:] if entry.extracted and is_address(entry.extracted[-1]) else ()
    before = entry.extracted[: len(entry.extracted) - len(behind)]
    return replace(entry, extracted=(*before, *notes, *behind), raw="")
