"""Which PDF files a project has: its settings and records become orders for `kb_gen.pdf`.

The one package that knows both a site's settings and how books are printed, which know nothing of each other.
"""

from kb_gen.books.library import library_of, source_date_epoch
from kb_gen.books.selection import Selection, SelectionError, selected
from kb_gen.books.site import site_printer

__all__ = ["Selection", "SelectionError", "library_of", "selected", "site_printer", "source_date_epoch"]
