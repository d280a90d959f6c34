"""The content folder becomes records: YAML, typed by the model, with every error in its place."""

from kb_gen.load.files import Sources
from kb_gen.load.places import DataPath, Outline, locate
from kb_gen.load.project import FileResult, Loaded, gather, load_project, read_file, record_files

__all__ = [
    "DataPath",
    "FileResult",
    "Loaded",
    "Outline",
    "Sources",
    "gather",
    "load_project",
    "locate",
    "read_file",
    "record_files",
]
