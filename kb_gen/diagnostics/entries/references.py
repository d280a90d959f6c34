"""Codes about what refers to something else."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "unknown-product",
        "a product isn't known",
        "The record's product is no key of `products.yml`.",
        "Correct the key, or add the product.",
        wrong="""\
id: 1024
source: MSExchangeTransport
product: exchnage
""",
        right="""\
id: 1024
source: MSExchangeTransport
product: exchange
""",
    ),
    Code(
        "unknown-version",
        "a version isn't known",
        ("The product's `versions` in `products.yml` don't have the version of the record or of a variant."),
        "Correct the version, or add it to the product.",
        wrong="version: '14'",
        right="version: '14.0'",
    ),
    Code(
        "unknown-source",
        "a product doesn't list a source",
        (
            "The product lists its sources in `products.yml`, and the record's isn't among them. It may "
            "be misspelt; if it isn't, it lacks its description and its message syntax."
        ),
        "Correct the source, or add it to the product.",
        wrong="""\
- id: 1024
  source: MSExchangeTransprot
  product: exchange
""",
        right="""\
- id: 1024
  source: MSExchangeTransport
  product: exchange
""",
        file="content/exchange/all.yml",
    ),
    Code(
        "unknown-parameter",
        "the message has no such parameter",
        (
            "A text, a command (`{%3}`) or `parameters` names an insertion string that the message "
            "doesn't have in any version. Shared texts, such as snippets, have no message and can name "
            "none."
        ),
        (
            "Use one of the numbers that the message has. To show the characters themselves, write `\\%3`, "
            "or put them in backticks."
        ),
        wrong="""\
message: "Mail from '%1' was rejected."
parameters:
  1: {name: sender}
explanation: The user %9 may not send.
""",
        right="""\
message: "Mail from '%1' was rejected."
parameters:
  1: {name: sender}
explanation: The user %1 may not send.
""",
    ),
    Code(
        "undescribed-parameter",
        "nothing says what a parameter holds",
        (
            "The message has an insertion string without an entry in `parameters`. Readers see a bare "
            "`%2` where a name would help."
        ),
        ("Add the number with a `name`, and with what it `holds` and an `example` where they are known."),
        wrong="message: \"Mail from '%1' was rejected.\"",
        right="""\
message: "Mail from '%1' was rejected."
parameters:
  1: {name: sender}
""",
    ),
    Code(
        "message-problem",
        "a message template is odd",
        (
            "The template holds something that its syntax gives no meaning to, or likely another than its "
            "author meant. Products do ship such templates: it is shown as it is."
        ),
        ("If the product's template is otherwise, correct the copy. Else leave it: this is only a warning."),
        wrong="message: The disk is full to 100%",
        right="message: The disk is full to 100%%",
    ),
    Code(
        "unknown-event",
        "an event has no record",
        (
            "`event:Source/ID` in a text or an entry of `related` leads to no record, or isn't written as "
            "`Source/ID` or `Source/ID/SymbolicName`. A former name counts as unknown: the finding says "
            "the present one."
        ),
        "Correct the reference, write the record, or remove the reference.",
        wrong="explanation: It follows event:MSExchangeTransport/9999.",
        right="explanation: It follows event:MSExchangeTransport/1023.",
    ),
    Code(
        "redundant-related",
        "a related event says nothing new",
        "An entry of `related` is the record itself, or an event that is listed already, maybe in another spelling.",
        "Remove the entry.",
        wrong="related: [MSExchangeTransport/1023, MSExchangeTransport/0x3FF]",
        right="related: [MSExchangeTransport/1023]",
    ),
    Code(
        "unknown-shell",
        "a shell isn't known",
        (
            "The `shell` of a command is neither one that has a name of its own (`exchange`, `powershell`, `cmd`, "
            "`bash`, `sh`, `sql`, `python`, `text`) nor one that Pygments knows. The command would be shown without "
            "colours, under the name as it is written."
        ),
        "Correct the name, or write `text`.",
        wrong="""\
actions:
  - text: Look at the mailbox.
    commands: [{shell: powershel, run: Get-Mailbox}]
""",
        right="""\
actions:
  - text: Look at the mailbox.
    commands: [{shell: powershell, run: Get-Mailbox}]
""",
    ),
    Code(
        "unknown-snippet",
        "a snippet isn't known",
        "`use` names no entry of `snippets.yml`.",
        "Correct the name, or write the snippet.",
        wrong="""\
actions:
  - use: reed-the-log
""",
        right="""\
actions:
  - use: read-the-log
-- content/snippets.yml --
read-the-log:
  text: Read the log.
""",
    ),
    Code(
        "snippet-cycle",
        "snippets use one another in a circle",
        "A snippet uses itself, directly or by way of others, so that its steps would never end.",
        "Take one of the `use` lines out.",
        wrong="""\
first:
  text: First.
  steps:
    - use: second
second:
  text: Second.
  steps:
    - use: first
""",
        right="""\
first:
  text: First.
  steps:
    - use: second
second:
  text: Second.
""",
        file="content/snippets.yml",
    ),
    Code(
        "unused-snippet",
        "no step uses a snippet",
        "The snippet would be translated and shown nowhere.",
        "Use it, or remove it.",
        wrong="""\
read-the-log:
  text: Read the log.
""",
        file="content/snippets.yml",
    ),
)
