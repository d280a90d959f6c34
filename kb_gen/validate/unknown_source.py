"""A source that the product doesn't list."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.validate.content import Content
from kb_gen.validate.suggestions import meant
from kb_gen.validate.survey import Survey

__all__ = ["screen", "unknown_source"]


def unknown_source(content: Content) -> Iterator[Diagnostic]:
    """Where a product lists its sources, a record's source is one of them."""
    for entry in content.entries:
        product = content.kb.products.get(entry.record.product)
        if product is None or not product.sources or not entry.record.source or entry.record.source in product.sources:
            continue
        if content.lacks(entry, "product", "source") or content.product_uncertain(entry.record.product, "sources"):
            continue
        yield warning(
            "unknown-source",
            f"{product.name} lists no source `{entry.record.source}`",
            content.field(entry, "source"),
            meant(entry.record.source, product.sources, otherwise=f"add it to {content.kb.paths['products']}"),
        )


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    product = content.kb.products.get(seen.record.product)
    return product is not None and bool(product.sources) and seen.record.source not in product.sources
