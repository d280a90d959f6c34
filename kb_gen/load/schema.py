"""JSON Schemas of the content files, from the same types that load them: editors complete and check while typing.

JSON Schema draft 2020-12, https://json-schema.org/draft/2020-12. A schema can't tell what refers to what; the checks
do that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kb_gen.model import Category, Product, Record, Step

__all__ = ["SCHEMAS", "categories_schema", "products_schema", "record_schema", "snippets_schema"]

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schema() -> Schema:
    """The schema of a record's file: one record, or a list of them."""
    record, definitions = _definitions(Record)
    properties = definitions["Record"]["properties"]
    properties["id"]["type"] = ["string", "integer"]
    properties["parameters"]["propertyNames"] = {"pattern": "^[1-9][0-9]?$"}
    return {
        "$schema": _DIALECT,
        "title": "Event records",
        "description": "What is known about one event, or a list of such records.",
        "anyOf": [record, {"type": "array", "items": record, "minItems": 1}],
        "$defs": definitions,
    }


def products_schema() -> Schema:
    """The schema of products.yml."""
    return _mapping(Product, "Products", "The products whose events are described, by the key that records use.")


def categories_schema() -> Schema:
    """The schema of categories.yml."""
    return _mapping(Category, "Categories", "What event categories mean, by their name in the log.")


def snippets_schema() -> Schema:
    """The schema of snippets.yml."""
    return _mapping(Step, "Shared steps", "Steps that several records share, by the name that `use` gives.")


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "record": record_schema,
    "products": products_schema,
    "categories": categories_schema,
    "snippets": snippets_schema,
}
"""Each kind of file and its schema."""


def _mapping(model: type, title: str, description: str) -> Schema:
    entry, definitions = _definitions(model)
    return {
        "$schema": _DIALECT,
        "title": title,
        "description": description,
        "type": "object",
        "additionalProperties": entry,
        "$defs": definitions,
    }


def _definitions(model: type) -> tuple[Schema, Schema]:
    """The reference to `model`'s schema, and all definitions it needs."""
    (reference,), definitions = msgspec.json.schema_components((model,), ref_template="#/$defs/{name}")
    return reference, {name: _as_written(schema) for name, schema in definitions.items()}


def _as_written(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """A schema of what authors write, where msgspec gives one of what is loaded."""
    if isinstance(schema, list):
        return [_as_written(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    written = {key: _as_written(part) for key, part in schema.items()}
    # A default is what is meant by leaving the field out; writing "" or [] is an error.
    if written.get("default", True) in ("", [], (), {}, None):
        del written["default"]
    options = written.get("anyOf")
    if options and {"type": "null"} in options:
        del written["anyOf"]
        (option,) = (option for option in options if option != {"type": "null"})
        written |= option
    if written.get("type") == "string" and "enum" not in written and "format" not in written:
        # `14.0` is a text where the field holds texts, whatever YAML takes it for.
        written["type"] = ["string", "number", "boolean"]
    return written
