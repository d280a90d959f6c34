"""The event record: what an author writes down about one event.

The types are frozen and do no I/O. Field descriptions become the JSON Schema that editors complete from, so they are
written for authors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

__all__ = [
    "SHELLS",
    "Action",
    "Command",
    "EventSeverity",
    "MessageSyntax",
    "Parameter",
    "Record",
    "Reference",
    "Role",
    "Step",
    "Variant",
]


class EventSeverity(StrEnum):
    """The level under which the product logs the event."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    VERBOSE = "verbose"
    SUCCESS_AUDIT = "success-audit"
    FAILURE_AUDIT = "failure-audit"


class Role(StrEnum):
    """Who carries out an action."""

    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"
    DEVELOPER = "developer"


class MessageSyntax(StrEnum):
    """How a source's message templates mark their insertion strings."""

    FORMATMESSAGE = "formatmessage"
    """Windows' message tables: `%1`, `%2!08lx!`, `%n`."""
    PRINTF = "printf"
    """C's `printf` and MariaDB's additions: `%s`, `%2$d`, `%-.192T`, `%%`."""
    PLAIN = "plain"
    """No insertion strings: the text is what the log shows."""


Text = Annotated[
    str,
    Meta(
        description="Text in a small, safe Markdown: *emphasis*, **strong**, `code`, [links](https://…), lists, "
        "tables; `event:Source/ID` for another event, `%1` for what the message's first insertion string holds. "
        "No raw HTML."
    ),
]


SHELLS: Mapping[str, str] = {
    "exchange": "powershell",
    "powershell": "powershell",
    "cmd": "batch",
    "bash": "bash",
    "sh": "bash",
    "sql": "sql",
    "python": "python",
    "text": "text",
}
"""The shells that have a name of their own, each with the Pygments lexer that colours its commands."""


class Command(Struct, frozen=True, forbid_unknown_fields=True):
    """A command to run. It is never translated."""

    shell: Annotated[
        str,
        Meta(
            description="Which shell runs it: exchange (Exchange Management Shell), powershell, cmd, bash, sql, "
            "or another name that Pygments knows."
        ),
    ]
    run: Annotated[
        str,
        Meta(description="The command, one or more lines. `{%2}` stands for the message's second parameter."),
    ]


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to do: a text, then commands, then a closing note, then sub-steps; or a snippet, named by `use`."""

    text: Text = ""
    use: Annotated[str, Meta(description="Name of a shared step in content/snippets.yml, instead of a text.")] = ""
    commands: Annotated[tuple[Command, ...], Meta(description="Commands to run, in order.")] = ()
    note: Annotated[str, Meta(description="Text that follows the commands, in the same Markdown.")] = ""
    steps: Annotated[tuple[Step, ...], Meta(description="Sub-steps.")] = ()
    ordered: Annotated[
        bool, Meta(description="Whether the sub-steps are numbered, to be done one after the other.")
    ] = True


class Action(Step, frozen=True, forbid_unknown_fields=True):
    """A user action: a step, optionally for one role only."""

    role: Annotated[Role | None, Meta(description="Who does it, where that matters.")] = None


class Parameter(Struct, frozen=True, forbid_unknown_fields=True):
    """What one insertion string of the message holds."""

    name: Annotated[str, Meta(description="A short name, shown in the message instead of %1.")]
    holds: Annotated[str, Meta(description="What it holds, in a sentence.")] = ""
    example: Annotated[str, Meta(description="A value as the log shows it; not translated.")] = ""


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """The message as another version of the product words it."""

    version: Annotated[str, Meta(description="The product version, as products.yml lists it.")]
    message: Annotated[str, Meta(description="The message template of that version.")]


class Reference(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to read more."""

    title: Annotated[str, Meta(description="The title of what is there.")]
    url: Annotated[str, Meta(description="An https, http or mailto address; not translated.")]
    note: Annotated[str, Meta(description="What the reader finds there, in a sentence.")] = ""


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """One event, as a product logs it, and what is known about it. Only `id`, `source` and `product` must be there."""

    id: Annotated[
        str,
        Meta(description="The event ID: a decimal or 0x… number, or a name that begins with a letter."),
    ]
    source: Annotated[str, Meta(description="The event source, as the log shows it.")]
    product: Annotated[str, Meta(description="The product's key in content/products.yml.")]
    version: Annotated[str, Meta(description="The product version, as products.yml lists it.")] = ""
    symbolic_name: Annotated[str, Meta(description="The symbol the product's code has for the event.")] = ""
    category: Annotated[str, Meta(description="The event category, as the log shows it.")] = ""
    severity: Annotated[EventSeverity | None, Meta(description="The level under which it is logged.")] = None
    modified: Annotated[dt.date | None, Meta(description="When this record last changed in substance.")] = None
    message: Annotated[
        str, Meta(description="The message template as the product ships it, with its insertion strings.")
    ] = ""
    variants: Annotated[tuple[Variant, ...], Meta(description="The message in other versions, where it differs.")] = ()
    parameters: Annotated[
        dict[int, Parameter], Meta(description="What each insertion string holds, by its number.")
    ] = {}
    summary: Annotated[
        str,
        Meta(description="The event in one sentence, in the same Markdown; shown in lists and search results."),
    ] = ""
    explanation: Text = ""
    actions: Annotated[tuple[Action, ...], Meta(description="What to do about it.")] = ()
    related: Annotated[
        tuple[str, ...], Meta(description="Other events, each as Source/ID or Source/ID/SymbolicName.")
    ] = ()
    references: Annotated[tuple[Reference, ...], Meta(description="Where to read more.")] = ()
    context: Annotated[
        str,
        Meta(
            description="A word that keeps this record's texts apart from equal texts elsewhere in the catalogs "
            "(msgctxt), for where they need another translation."
        ),
    ] = ""
    former: Annotated[
        tuple[str, ...],
        Meta(description="Earlier Source/ID pairs of this record; their addresses lead here."),
    ] = ()
