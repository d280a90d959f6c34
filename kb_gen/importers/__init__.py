"""Message files, manifests and articles become records.

A module in `formats/` reads each format and knows nothing of the knowledge base. What it gives is merged into the
content folder in one place, or compared with it.
"""

from kb_gen.importers.comparing import FIELDS, told_difference
from kb_gen.importers.drift import Drift, DriftedEvent, drift
from kb_gen.importers.formats import FORMATS, Format
from kb_gen.importers.imported import Imported, ImportedEvent, Reading
from kb_gen.importers.insertions import Moves
from kb_gen.importers.merging import Target, merge
from kb_gen.importers.reports import EventReport, FileChange, Merge, Outcome
from kb_gen.importers.sources import in_source_languages, lacks_source, with_source
from kb_gen.importers.translations import (
    Catalogs,
    LocaleReport,
    TranslationPlan,
    plan_translations,
    save_translations,
    untaken,
)
from kb_gen.importers.waiting import WaitingTranslations
from kb_gen.importers.writing import write_files

__all__ = [
    "FIELDS",
    "FORMATS",
    "Catalogs",
    "Drift",
    "DriftedEvent",
    "EventReport",
    "FileChange",
    "Format",
    "Imported",
    "ImportedEvent",
    "LocaleReport",
    "Merge",
    "Moves",
    "Outcome",
    "Reading",
    "Target",
    "TranslationPlan",
    "WaitingTranslations",
    "drift",
    "in_source_languages",
    "lacks_source",
    "merge",
    "plan_translations",
    "save_translations",
    "told_difference",
    "untaken",
    "with_source",
    "write_files",
]
