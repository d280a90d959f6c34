"""The manual of codes: what each finding means, how it comes about and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from textwrap import fill, indent

from kb_gen.diagnostics.entries import ENTRIES
from kb_gen.diagnostics.entries.code import Code

__all__ = ["codes", "explain", "manual_page"]

_WIDTH = 88
_SECTION = re.compile(r"^-- (\S+) --$", re.MULTILINE)


@lru_cache(maxsize=1)
def codes() -> Mapping[str, Code]:
    """Every code there is, by name, in alphabetical order."""
    return {entry.name: entry for entry in sorted(ENTRIES, key=lambda entry: entry.name)}


def explain(code: str) -> str:
    """What a code means, as plain text for a terminal.

    Raises:
        KeyError: there is no such code.
    """
    entry = codes()[code]
    parts = [f"{entry.name}: {entry.title}", fill(entry.cause, _WIDTH), fill(entry.cure, _WIDTH)]
    if entry.wrong:
        parts += [f"Wrong ({entry.file}):", indent(_shown(entry.wrong), "    ")]
    if entry.right:
        parts += ["Right:", indent(_shown(entry.right), "    ")]
    return "\n\n".join(parts)


def manual_page(code: str) -> str:
    """What a code means, as a Markdown page of the manual.

    Raises:
        KeyError: there is no such code.
    """
    entry = codes()[code]
    parts = [f"# {entry.name}", f"**{_sentence(entry.title)}**", entry.cause, f"## What to do\n\n{entry.cure}"]
    if entry.wrong:
        parts.append(f"## Wrong\n\n`{entry.file}`:\n\n{_fenced(entry.wrong, entry.language)}")
    if entry.right:
        parts.append(f"## Right\n\n{_fenced(entry.right, entry.language)}")
    return "\n\n".join(parts) + "\n"


def _sentence(title: str) -> str:
    return title[0].upper() + title[1:] + "."


def _fenced(text: str, language: str) -> str:
    return f"````{language}\n{_shown(text)}\n````"


def _shown(example: str) -> str:
    """An example, with the names of further files as comments."""
    return _SECTION.sub(r"\n# \1", example).rstrip("\n")
