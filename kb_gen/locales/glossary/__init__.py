"""The glossary: which word stands for a term, and which doesn't.

What reads other programs' glossaries is loaded when somebody asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb_gen.late import late_names
from kb_gen.locales.glossary.loading import glossary_of, load_glossary
from kb_gen.locales.glossary.noting import TERM_NOTE, with_terms
from kb_gen.locales.glossary.searching import ForbiddenUse, Glossary
from kb_gen.locales.glossary.table import GLOSSARY_FILE, Row, Table, read_table, table_of, write_table
from kb_gen.locales.glossary.terms import Term

if TYPE_CHECKING:
    from kb_gen.locales.glossary.importing import ImportedTerms, import_terms

__all__ = [
    "GLOSSARY_FILE",
    "TERM_NOTE",
    "ForbiddenUse",
    "Glossary",
    "ImportedTerms",
    "Row",
    "Table",
    "Term",
    "glossary_of",
    "import_terms",
    "load_glossary",
    "read_table",
    "table_of",
    "with_terms",
    "write_table",
]

__getattr__ = late_names(__name__, dict.fromkeys(("ImportedTerms", "import_terms"), "importing"))
