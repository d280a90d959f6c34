"""The content folder becomes records: YAML, typed by the model, with every error in its place.

What writes records is loaded when somebody asks for it: a build doesn't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb_gen.late import late_names
from kb_gen.load.cache import digest, format_version
from kb_gen.load.collection import collection_paused
from kb_gen.load.files import FileState, Sources, find_pages, page_problem
from kb_gen.load.identifiers import canonical_id
from kb_gen.load.packs import make_folder, read_pack, remove_packs, write_pack
from kb_gen.load.places import DataPath, Outline, locate
from kb_gen.load.project import CACHE_FOLDER, Loaded, SharedContent, gather, load_project, read_shared
from kb_gen.load.reading import FileResult, read_file
from kb_gen.load.schema import SCHEMAS, categories_schema, products_schema, record_schema, snippets_schema
from kb_gen.load.shards import (
    Shard,
    ShardResult,
    decode_shard,
    encode_shard,
    prune_cache,
    read_shard,
    recall_shard,
    shards,
)
from kb_gen.load.skeleton import SCHEMA_PATH, is_source_name, skeleton
from kb_gen.load.states import ContentState, changed_paths, content_state, is_settled
from kb_gen.load.writing import replace_atomically, write_atomically, write_pieces_atomically, written_aside

if TYPE_CHECKING:
    from kb_gen.load.amending import bytes_like, text_of, with_field, with_item, with_value
    from kb_gen.load.record_writing import Written, record_text, written_data
    from kb_gen.load.revisions import RevisionError, commit_contents

__all__ = [
    "CACHE_FOLDER",
    "SCHEMAS",
    "SCHEMA_PATH",
    "ContentState",
    "DataPath",
    "FileResult",
    "FileState",
    "Loaded",
    "Outline",
    "RevisionError",
    "Shard",
    "ShardResult",
    "SharedContent",
    "Sources",
    "Written",
    "bytes_like",
    "canonical_id",
    "categories_schema",
    "changed_paths",
    "collection_paused",
    "commit_contents",
    "content_state",
    "decode_shard",
    "digest",
    "encode_shard",
    "find_pages",
    "format_version",
    "gather",
    "is_settled",
    "is_source_name",
    "load_project",
    "locate",
    "make_folder",
    "page_problem",
    "products_schema",
    "prune_cache",
    "read_file",
    "read_pack",
    "read_shard",
    "read_shared",
    "recall_shard",
    "record_schema",
    "record_text",
    "remove_packs",
    "replace_atomically",
    "shards",
    "skeleton",
    "snippets_schema",
    "text_of",
    "with_field",
    "with_item",
    "with_value",
    "write_atomically",
    "write_pack",
    "write_pieces_atomically",
    "written_aside",
    "written_data",
]

__getattr__ = late_names(
    __name__,
    {
        **dict.fromkeys(("bytes_like", "text_of", "with_field", "with_item", "with_value"), "amending"),
        **dict.fromkeys(("Written", "record_text", "written_data"), "record_writing"),
        **dict.fromkeys(("RevisionError", "commit_contents"), "revisions"),
    },
)
