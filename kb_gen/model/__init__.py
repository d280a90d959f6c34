"""What an event, a product and a shared step are: frozen types without I/O, and the addresses they live at."""

from kb_gen.model.addresses import RESERVED, AddressBook, address_book, slug, source_address
from kb_gen.model.knowledge_base import Category, Entry, EventSource, Identity, KnowledgeBase, Product, order_of
from kb_gen.model.record import (
    SHELLS,
    Action,
    Command,
    EventSeverity,
    MessageSyntax,
    Parameter,
    Record,
    Reference,
    Role,
    Step,
    Variant,
)

__all__ = [
    "RESERVED",
    "SHELLS",
    "Action",
    "AddressBook",
    "Category",
    "Command",
    "Entry",
    "EventSeverity",
    "EventSource",
    "Identity",
    "KnowledgeBase",
    "MessageSyntax",
    "Parameter",
    "Product",
    "Record",
    "Reference",
    "Role",
    "Step",
    "Variant",
    "address_book",
    "order_of",
    "slug",
    "source_address",
]
