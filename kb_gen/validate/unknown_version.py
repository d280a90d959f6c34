"""A version that the product doesn't have."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.model import Record
from kb_gen.validate.content import Content
from kb_gen.validate.suggestions import meant
from kb_gen.validate.survey import Survey

__all__ = ["screen", "unknown_version"]


def unknown_version(content: Content) -> Iterator[Diagnostic]:
    """Versions of records and variants are listed with the product."""
    for entry in content.entries:
        product = content.kb.products.get(entry.record.product)
        if product is None or content.product_uncertain(entry.record.product, "versions"):
            continue
        for where, version in _versions(entry.record):
            if version and version not in product.versions:
                yield error(
                    "unknown-version",
                    f"{product.name} has no version `{version}`",
                    content.field(entry, *where),
                    meant(version, product.versions, otherwise=f"add it to {content.kb.paths['products']}"),
                )


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    product = content.kb.products.get(seen.record.product)
    return product is not None and any(
        version and version not in product.versions for _, version in _versions(seen.record)
    )


def _versions(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if record.version:
        yield ("version",), record.version
    for number, variant in enumerate(record.variants):
        yield ("variants", number, "version"), variant.version
