"""The product and the sources of imported events in products.yml: added where they are missing, else left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.importers.reports import FileChange
from kb_gen.load import Written, bytes_like, text_of, with_field, written_data
from kb_gen.model import EventSource, KnowledgeBase, Product

__all__ = ["ProductChange", "with_sources"]


_FRESH = b"# yaml-language-server: $schema=../schema/products.json\n"


class ProductChange(Struct, frozen=True):
    """What becomes of products.yml.

    Attributes:
        products: the products as they then are.
        change: the file's bytes, if they change.
        told: what is done, a line each.
        diagnostics: what can't be done, and what the file says otherwise.
    """

    products: Mapping[str, Product]
    change: FileChange | None = None
    told: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def with_sources(
    root: Path,
    path: str,
    kb: KnowledgeBase,
    product: Product,
    key: str,
    sources: Mapping[str, EventSource],
    versions: Sequence[str] = (),
) -> ProductChange:
    """products.yml with a product, its sources, and the versions that its events name.

    Args:
        root: the project's root.
        path: the file, relative to `root`.
        kb: the knowledge base as it is.
        product: the product as it is to be if it is missing, without sources.
        key: its key.
        sources: the sources that events have, by name.
        versions: the versions that files and events are of; `product` has their names.
    """
    known = kb.products.get(key)
    lacking = {version: product.versions[version] for version in versions if known and version not in known.versions}
    missing = {name: source for name, source in sources.items() if known is None or name not in known.sources}
    odd = tuple(_differing(path, known, sources)) if known else ()
    if known is not None and not missing and not lacking:
        return ProductChange(kb.products, diagnostics=odd)
    base = known or product
    fresh = msgspec.structs.replace(
        base, versions={**base.versions, **lacking}, sources={**(known.sources if known else {}), **missing}
    )
    data = (root / path).read_bytes() if (root / path).is_file() else None
    text = _amended(text_of(data or _FRESH), known, key, fresh, missing)
    if text is not None and known is not None:
        text = _with_entries(text, key, "versions", lacking)
    if text is None:
        names = ", ".join(f"`{name}`" for name in (*missing, *lacking))
        message = f"{names} can't be added to the file without changing how it is written"
        help_text = f"add sources below `{key}`, `sources`, versions below `versions`, and import again"
        return ProductChange(kb.products, None, (), (*odd, error("import-not-merged", message, Place(path), help_text)))
    told = [f"product {key} ({fresh.name})"] if known is None else []
    told += [f"source {name}" for name in missing]
    told += [f"version {version}" for version in lacking]
    change = FileChange(data, bytes_like(data or b"", text))
    return ProductChange({**kb.products, key: fresh}, change, tuple(told), odd)


def _amended(
    text: str, known: Product | None, key: str, fresh: Product, missing: Mapping[str, EventSource]
) -> str | None:
    if known is None:
        return with_field(text, (), key, written_data(fresh))
    return _with_entries(text, key, "sources", {name: written_data(source) for name, source in missing.items()})


def _with_entries(text: str, key: str, field: str, entries: Mapping[str, Written]) -> str | None:
    """A file's text with entries more in a product's field, which may be missing or empty."""
    result: str | None = text
    for number, (name, value) in enumerate(entries.items()):
        put = result and with_field(result, (key, field), name, value)
        if put is None and number == 0:
            return with_field(text, (key,), field, dict(entries), Product.__struct_fields__)
        result = put
    return result


def _differing(path: str, known: Product, sources: Mapping[str, EventSource]) -> list[Diagnostic]:
    found = []
    for name, source in sources.items():
        there = known.sources.get(name)
        if there is None:
            continue
        for field in ("syntax", "message_language"):
            before, now = getattr(there, field), getattr(source, field)
            if before != now:
                message = f"the source `{name}` has `{field}: {before}`, but its messages were read as {now}"
                help_text = "see which is right, and change it there"
                found.append(warning("import-source-differs", message, Place(path), help_text))
    return found
