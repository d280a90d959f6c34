"""Small projects on disk for the tests of catalogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kb_gen.model import (
    Action,
    Category,
    Entry,
    EventSource,
    KnowledgeBase,
    MessageSyntax,
    Parameter,
    Product,
    Record,
    Reference,
    Step,
)

HEADER = (
    'msgid ""\nmsgstr ""\n'
    '"Project-Id-Version: test\\n"\n"PO-Revision-Date: 2024-01-01 00:00+0000\\n"\n"Last-Translator: \\n"\n'
    '"Language-Team: German\\n"\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals={count}; plural={plural};\\n"\n'
)

MsgfmtCheck = Callable[[Path], str]
"""Runs `msgfmt -c` over a file and gives what it says."""


def header(language: str = "de", count: int = 2, plural: str = "(n != 1)") -> str:
    """The header entry of a catalog."""
    return HEADER.format(language=language, count=count, plural=plural)


def write_catalog(root: Path, domain: str, body: str, language: str = "de") -> Path:
    """A catalog with a header and the entries of `body`."""
    file = root / "translations" / language / "LC_MESSAGES" / f"{domain}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{header(language)}\n{body}", encoding="utf-8")
    return file


TRANSPORT = Record(
    id="1024",
    source="MSExchangeTransport",
    product="exchange",
    message="User %1 may not send as %2.",
    parameters={
        1: Parameter(name="user", holds="Who was refused.", example="CONTOSO\\anna"),
        2: Parameter(name="sender"),
    },
    summary="%1 was refused.",
    explanation="A user lacks a permission.\n\n- Look at **Mailbox**.\n- Run `Get-Mailbox`.",
    actions=(
        Action(text="Open the log.", steps=(Step(text="Find event:MSExchangeTransport/1025."),)),
        Action(use="restart"),
    ),
    references=(Reference(title="About permissions", url="https://example.org/"),),
)

FURTHER = Record(
    id="1025", source="MSExchangeTransport", product="exchange", summary="Open the log.", message="Value %s of %d"
)


def knowledge_base(*records: Record, syntax: MessageSyntax = MessageSyntax.FORMATMESSAGE) -> KnowledgeBase:
    """A knowledge base with one product, a shared step and these records, each in a file of its own."""
    sources = {"MSExchangeTransport": EventSource(description="Moves messages.", syntax=syntax)}
    entries = (Entry(record, f"content/exchange/{record.source.lower()}/{record.id}.yml") for record in records)
    return KnowledgeBase(
        products={"exchange": Product(name="Exchange", notice="No warranty.", sources=sources)},
        categories={"SmtpReceive": Category(title="Receiving")},
        snippets={"restart": Step(text="Restart the service.")},
        entries=tuple(entries),
    )
