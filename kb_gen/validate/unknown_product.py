"""A product that products.yml doesn't have."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content
from kb_gen.validate.suggestions import meant

__all__ = ["unknown_product"]


def unknown_product(content: Content) -> Iterator[Diagnostic]:
    """A record's product is a key of products.yml."""
    path = f"{content.loaded.content}/products.yml"
    # Where products.yml itself has errors, the product may be among what couldn't be read.
    if path in content.loaded.unreadable:
        return
    for entry in content.kb.entries:
        product = entry.record.product
        if product not in content.kb.products:
            yield error(
                "unknown-product",
                f"there is no product `{product}`",
                content.field(entry, "product"),
                meant(product, content.kb.products, otherwise=f"add it to {path}"),
            )
