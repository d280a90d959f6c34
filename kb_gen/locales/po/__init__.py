"""PO files, the form of gettext's catalogs: read fast for a build, with care for everything else, and written."""

from kb_gen.locales.po.entries import Key, PoEntry, PoFile, PreviousText, lookup_key
from kb_gen.locales.po.lookup import Lookup, QuickLookup, lookup_of, quick_lookup, read_lookup
from kb_gen.locales.po.reading import po_text, read_po, read_po_bytes, read_po_file, read_po_text
from kb_gen.locales.po.strings import offset_in
from kb_gen.locales.po.writing import translation_lines, write_entry, write_po

__all__ = [
    "Key",
    "Lookup",
    "PoEntry",
    "PoFile",
    "PreviousText",
    "QuickLookup",
    "lookup_key",
    "lookup_of",
    "offset_in",
    "po_text",
    "quick_lookup",
    "read_lookup",
    "read_po",
    "read_po_bytes",
    "read_po_file",
    "read_po_text",
    "translation_lines",
    "write_entry",
    "write_po",
]
