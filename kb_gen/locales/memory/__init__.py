"""The translation memory: what was translated once, offered again for a text that is the same or like it."""

from kb_gen.locales.memory.exporting import Exported, export_memory
from kb_gen.locales.memory.files import MEMORY_FOLDER, Imported, file_memory, import_tmx, memory_files
from kb_gen.locales.memory.loading import catalog_memory, load_memory
from kb_gen.locales.memory.matching import ALIKE, SAME, Match, Memory, UnitKey
from kb_gen.locales.memory.remembered import Remembered, Standing
from kb_gen.locales.memory.suggesting import MemorySuggestions
from kb_gen.locales.memory.tmx_reading import RefusedUnit, TmxPiece, TmxUnit, read_tmx
from kb_gen.locales.memory.tmx_writing import unwritable, write_tmx

__all__ = [
    "ALIKE",
    "MEMORY_FOLDER",
    "SAME",
    "Exported",
    "Imported",
    "Match",
    "Memory",
    "MemorySuggestions",
    "RefusedUnit",
    "Remembered",
    "Standing",
    "TmxPiece",
    "TmxUnit",
    "UnitKey",
    "catalog_memory",
    "export_memory",
    "file_memory",
    "import_tmx",
    "load_memory",
    "memory_files",
    "read_tmx",
    "unwritable",
    "write_tmx",
]
