"""The whole knowledge base: products with their sources, categories, shared steps, and the records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from kb_gen.model.record import MessageSyntax, Record, Step

__all__ = ["Category", "Entry", "EventSource", "Identity", "KnowledgeBase", "Product", "order_of"]


class EventSource(Struct, frozen=True, forbid_unknown_fields=True):
    """A component that writes events under its own name."""

    description: Annotated[str, Meta(description="What this source is, in a sentence or two of Markdown.")] = ""
    syntax: Annotated[MessageSyntax, Meta(description="How its messages mark insertion strings.")] = (
        MessageSyntax.FORMATMESSAGE
    )
    message_language: Annotated[
        str, Meta(description="The language its message templates are written in, as a BCP 47 tag.")
    ] = "en"
    log: Annotated[str, Meta(description="The log it writes to, as the operating system names it.")] = ""
    address: Annotated[
        str,
        Meta(description="Its part of the address, where the one made from its name would collide or has to stay."),
    ] = ""


class Product(Struct, frozen=True, forbid_unknown_fields=True):
    """A product whose events are described."""

    name: Annotated[str, Meta(description="The product's name, as its vendor writes it; not translated.")]
    versions: Annotated[
        dict[str, str],
        Meta(description="Version number to the name it is sold under, e.g. '14.0': Exchange Server 2010."),
    ] = {}
    description: Annotated[str, Meta(description="What the product is, in a sentence or two of Markdown.")] = ""
    notice: Annotated[
        str,
        Meta(description="A closing note under each of its articles, in Markdown: a disclaimer, for example."),
    ] = ""
    sources: Annotated[dict[str, EventSource], Meta(description="Its event sources, by name.")] = {}


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    """What an event category means. Categories without an entry are shown by their name alone."""

    title: Annotated[str, Meta(description="The category in readable words.")] = ""
    description: Annotated[str, Meta(description="What belongs to it, in a sentence.")] = ""


class Identity(NamedTuple):
    """What tells one record from another."""

    product: str
    source: str
    id: str
    symbolic_name: str = ""
    version: str = ""


def order_of(identity: Identity, path: str, index: int | None) -> tuple[str, str, bool, int, str, str, str, str, int]:
    """What records are sorted by: product, source, ID (numbers by value), symbol, version, and where they stand."""
    number = identity.id.lstrip("-").isdecimal()
    return (
        identity.product,
        identity.source,
        not number,
        int(identity.id) if number else 0,
        identity.id,
        identity.symbolic_name,
        identity.version,
        path,
        index or 0,
    )


class Entry(Struct, frozen=True, dict=True):
    """A record and where it came from.

    Attributes:
        record: the record itself.
        path: its file, relative to the project's root, with `/`.
        index: its position in the file's list, None where the file holds one record.
    """

    record: Record
    path: str
    index: int | None = None

    @cached_property
    def identity(self) -> Identity:
        """What tells this record from every other."""
        record = self.record
        return Identity(record.product, record.source, record.id, record.symbolic_name, record.version)

    @property
    def title(self) -> str:
        """How the event is named in titles, lists and links: its source and ID."""
        return f"{self.record.source} {self.record.id}"


class KnowledgeBase(Struct, frozen=True):
    """Everything that was read from `content/`, in the source language.

    `entries` are ordered by product, source, ID (numbers by value), symbolic name and version. `paths` names the file
    that each of `products`, `categories` and `snippets` came from, where it exists.
    """

    products: Mapping[str, Product] = {}
    categories: Mapping[str, Category] = {}
    snippets: Mapping[str, Step] = {}
    entries: tuple[Entry, ...] = ()
    paths: Mapping[str, str] = {}

    def event_source(self, record: Record) -> EventSource:
        """The source of `record` as its product describes it, or the plain default."""
        product = self.products.get(record.product)
        return (product.sources.get(record.source) if product else None) or EventSource()
