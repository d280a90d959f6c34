"""Full-text search for sites too large for one index in every reader's browser: Pagefind, made from records.

Pagefind cuts its index into small files of which a browser loads the few that a query needs. Its program reads
requests from a pipe, so it never sees a page. An index is made in bundles: that bounds the memory, uses all processors,
and after an edit only the bundle with the edited article is made again. Whoever only wants to know what may go wrong
doesn't load what makes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb_gen.late import late_names

if TYPE_CHECKING:
    from kb_gen.site.fulltext.bundles import bundle_count, bundle_digest, bundle_of
    from kb_gen.site.fulltext.indexing import Indexing, Portion
    from kb_gen.site.fulltext.reader import reader_file
    from kb_gen.site.fulltext.records import IndexRecord, index_record
    from kb_gen.site.fulltext.service import MissingPagefindError, PagefindError, PagefindService, pagefind_program
    from kb_gen.site.fulltext.shelf import Findable, Indexable, Shelf, Shelved

__all__ = [
    "Findable",
    "IndexRecord",
    "Indexable",
    "Indexing",
    "MissingPagefindError",
    "PagefindError",
    "PagefindService",
    "Portion",
    "Shelf",
    "Shelved",
    "bundle_count",
    "bundle_digest",
    "bundle_of",
    "index_record",
    "pagefind_program",
    "reader_file",
]

__getattr__ = late_names(
    __name__,
    {
        **dict.fromkeys(("bundle_count", "bundle_digest", "bundle_of"), "bundles"),
        **dict.fromkeys(("Indexing", "Portion"), "indexing"),
        "reader_file": "reader",
        **dict.fromkeys(("IndexRecord", "index_record"), "records"),
        **dict.fromkeys(("MissingPagefindError", "PagefindError", "PagefindService", "pagefind_program"), "service"),
        **dict.fromkeys(("Findable", "Indexable", "Shelf", "Shelved"), "shelf"),
    },
)
