"""The translation memory: what was translated once, offered again for a text that is the same or like it."""

from kb_gen.locales.memory.loading import MEMORY_FOLDER, load_memory
from kb_gen.locales.memory.matching import Match, Memory
from kb_gen.locales.memory.remembered import Remembered, Standing

__all__ = ["MEMORY_FOLDER", "Match", "Memory", "Remembered", "Standing", "load_memory"]
