"""What the rules that compare records need to know of each: small enough to be sent from one process to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from kb_gen.load import digest
from kb_gen.markup import EventLink, Inline, Link
from kb_gen.model import Entry, Identity, order_of
from kb_gen.validate.survey import Survey, may_refer, survey
from kb_gen.validate.texts import Form, Written, record_texts

__all__ = ["Facts", "in_records_order", "record_facts", "target_of"]


_ENCODER = msgspec.msgpack.Encoder()


class Facts(Struct, frozen=True, array_like=True, gc=False):
    """One record, as others see it. Depends on nothing but the record and where it stands.

    Attributes:
        path: its file, relative to the project's root, with `/`.
        index: its position in the file's list, None where the file holds one record.
        product: the product's key.
        source: the event source.
        id: the event ID.
        symbolic_name: the symbol, possibly empty.
        version: the product version, possibly empty.
        related: the related events, as written.
        former: the former names, as written.
        mentions: the targets of all `event:` references in its texts, each once. There may be more of them than there
            are references, as what stands in code looks the same.
        uses: the snippets that its steps use, each once.
        print: a digest of all that the record says, and of where it stands.
    """

    path: str
    index: int | None
    product: str
    source: str
    id: str
    symbolic_name: str = ""
    version: str = ""
    related: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    print: bytes = b""

    @property
    def identity(self) -> Identity:
        """What tells this record from every other."""
        return Identity(self.product, self.source, self.id, self.symbolic_name, self.version)

    @property
    def title(self) -> str:
        """How the event is named: its source and ID."""
        return f"{self.source} {self.id}"


def record_facts(entry: Entry, seen: Survey | None = None) -> Facts:
    """The facts of a record.

    Args:
        entry: the record and where it came from.
        seen: its survey, for callers that have made it.
    """
    seen = seen or survey(entry)
    record = entry.record
    return Facts(
        entry.path,
        entry.index,
        record.product,
        record.source,
        record.id,
        record.symbolic_name,
        record.version,
        record.related,
        record.former,
        tuple(dict.fromkeys(_parsed_mentions(record_texts(entry)) if seen.mentions is None else seen.mentions)),
        tuple(dict.fromkeys(seen.uses)),
        _print(entry),
    )


def _print(entry: Entry) -> bytes:
    try:
        return digest(_ENCODER.encode(entry))
    except UnicodeEncodeError:
        # Half of a surrogate pair, which a text may have and a file can't.
        return digest(repr(entry).encode("utf-8", "surrogatepass"))


def in_records_order(facts: Iterable[Facts]) -> list[Facts]:
    """The facts in the order of `KnowledgeBase.entries`, whatever order they came in: of two, the first is right."""
    return sorted(facts, key=lambda each: order_of(each.identity, each.path, each.index))


def target_of(inline: Inline) -> str | None:
    """The target of a reference to an event, as written; None for any other inline."""
    if isinstance(inline, EventLink):
        return inline.target
    # What begins like a reference to an event but isn't one is left a link by the parser.
    if isinstance(inline, Link) and inline.href.startswith("event:"):
        return inline.href.removeprefix("event:")
    return None


def _parsed_mentions(texts: Iterable[Written]) -> Iterator[str]:
    for written in texts:
        if written.form is not Form.PLAIN and may_refer(written.text):
            for inline in written.inlines():
                target = target_of(inline)
                if target is not None:
                    yield target
