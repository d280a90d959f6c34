"""The content folder becomes records: YAML, typed by the model, with every error in its place."""

from kb_gen.load.collection import collection_paused
from kb_gen.load.files import Sources
from kb_gen.load.identifiers import canonical_id
from kb_gen.load.places import DataPath, Outline, locate
from kb_gen.load.project import FileResult, Loaded, gather, load_project, read_file, record_files
from kb_gen.load.schema import SCHEMAS, categories_schema, products_schema, record_schema, snippets_schema
from kb_gen.load.skeleton import SCHEMA_PATH, is_source_name, skeleton
from kb_gen.load.writing import write_atomically

__all__ = [
    "SCHEMAS",
    "SCHEMA_PATH",
    "DataPath",
    "FileResult",
    "Loaded",
    "Outline",
    "Sources",
    "canonical_id",
    "categories_schema",
    "collection_paused",
    "gather",
    "is_source_name",
    "load_project",
    "locate",
    "products_schema",
    "read_file",
    "record_files",
    "record_schema",
    "skeleton",
    "snippets_schema",
    "write_atomically",
]
