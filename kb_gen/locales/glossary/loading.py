"""A locale's glossary, from the project's table of terms."""

from __future__ import annotations

from pathlib import Path

from kb_gen.diagnostics import Diagnostic
from kb_gen.locales.glossary.searching import Glossary
from kb_gen.locales.glossary.table import (
    FORBIDDEN,
    GLOSSARY_FILE,
    NOTE,
    PART_OF_SPEECH,
    Row,
    Table,
    read_table,
    split_cell,
)
from kb_gen.locales.glossary.terms import Term
from kb_gen.locales.tags import locale_info, with_parents

__all__ = ["glossary_of", "load_glossary"]


def load_glossary(root: Path, tag: str, translations: str = "translations") -> tuple[Glossary, list[Diagnostic]]:
    """The glossary of a locale, and what is wrong with its file. A project without one has an empty one.

    Args:
        root: the project's root.
        tag: the BCP 47 tag of the locale.
        translations: the folder of the catalogs, relative to `root`.

    Raises:
        UnknownLocale: there is no such locale.
    """
    path = f"{translations}/{GLOSSARY_FILE}"
    if not (root / path).exists():
        return Glossary((), locale_info(tag).language), []
    table, findings = read_table(root, path)
    return glossary_of(table or Table(), tag), findings


def glossary_of(table: Table, tag: str) -> Glossary:
    """A locale's part of a table; where it has no term of its own, those of the locales it descends from.

    Raises:
        UnknownLocale: there is no such locale.
    """
    tags = with_parents(tag)
    terms = [_term(row, tags) for row in table.rows if row.source]
    return Glossary([term for term in terms if term.targets or term.forbidden], locale_info(tag).language)


def _term(row: Row, tags: tuple[str, ...]) -> Term:
    cells = row.cells
    targets = next((cell for tag in tags if (cell := cells.get(tag, ""))), "")
    forbidden = next((cell for tag in tags if (cell := cells.get(f"{tag} {FORBIDDEN}", ""))), "")
    source = " ".join(row.source.split())
    return Term(source, split_cell(targets), split_cell(forbidden), cells.get(PART_OF_SPEECH, ""), cells.get(NOTE, ""))
