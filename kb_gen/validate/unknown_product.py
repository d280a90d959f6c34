"""A product that products.yml doesn't have."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content
from kb_gen.validate.suggestions import meant
from kb_gen.validate.survey import Survey

__all__ = ["screen", "unknown_product"]


def unknown_product(content: Content) -> Iterator[Diagnostic]:
    """A record's product is a key of products.yml."""
    path = content.products_path
    # Where products.yml as a whole couldn't be read, the product may be in it.
    if content.uncertain(path):
        return
    for entry in content.entries:
        if content.lacks(entry, "product"):
            continue
        product = entry.record.product
        if product not in content.kb.products:
            yield error(
                "unknown-product",
                f"there is no product `{product}`",
                content.field(entry, "product"),
                meant(product, content.kb.products, otherwise=f"add it to {path}"),
            )


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return seen.record.product not in content.kb.products
