"""Message files, manifests and articles become records.

A module in `formats/` reads each format and knows nothing of the knowledge base. What it gives is merged into the
content folder in one place, or compared with it.
"""

from kb_gen.importers.formats import FORMATS, Format
from kb_gen.importers.imported import Imported, ImportedEvent, Reading

__all__ = ["FORMATS", "Format", "Imported", "ImportedEvent", "Reading"]
