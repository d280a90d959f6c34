"""Codes about a record's fields."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "unknown-field",
        "a field isn't known",
        (
            "The name is misspelt, or the field stands on the wrong level. A field that nothing reads "
            "would be lost in silence."
        ),
        (
            "Correct the name; the finding suggests one. `kb-gen schema` prints all fields, and editors "
            "that know YAML schemas complete them."
        ),
        wrong="explenation: The user may not send.",
        right="explanation: The user may not send.",
    ),
    Code(
        "missing-field",
        "a field is missing",
        (
            "Some fields must be there: `id`, `source` and `product` of a record, `shell` and `run` of a "
            "command, `name` of a parameter, `title` and `url` of a reference."
        ),
        "Add the field.",
        wrong="""\
actions:
  - text: Look at the mailbox.
    commands:
      - run: Get-Mailbox
""",
        right="""\
actions:
  - text: Look at the mailbox.
    commands:
      - shell: exchange
        run: Get-Mailbox
""",
    ),
    Code(
        "wrong-type",
        "a value has the wrong shape",
        (
            "A list stands where a text belongs, or a text where a list or a mapping does. (Numbers, "
            "dates and words such as `no` are never a problem: a field that holds text takes them as "
            "text.)"
        ),
        "Give the field what it holds; the finding says what that is.",
        wrong="actions: Check the log.",
        right="""\
actions:
  - text: Check the log.
""",
    ),
    Code(
        "invalid-value",
        "a value isn't one of those allowed",
        (
            "A severity, role or syntax isn't in the list; a date isn't written as year, month and day; "
            "or a parameter's number isn't one from 1 to 99."
        ),
        "Use one of the values that the finding names.",
        wrong="severity: Eror",
        right="severity: error",
    ),
    Code(
        "invalid-id",
        "an event ID isn't one",
        (
            "An ID is a decimal number, a hexadecimal one with `0x`, or a name that begins with a letter. "
            "Numbers have 32 bits; spaces, slashes and digit separators are no part of an ID."
        ),
        "Write the ID as the log shows it.",
        wrong="""\
id: 1_024
source: MSExchangeTransport
product: exchange
""",
        right="""\
id: 1024
source: MSExchangeTransport
product: exchange
""",
    ),
    Code(
        "empty-value",
        "a field has no value",
        (
            "The field's name is there, and nothing behind it, or one of YAML's words for nothing (`~`, `null`). "
            "That may be forgotten text, and nobody could tell."
        ),
        (
            "Write the value, or remove the line. What isn't known is left out. A text that is the word itself is "
            "quoted: `'null'`."
        ),
        wrong="summary:",
        right="summary: A user may not send as another.",
    ),
    Code(
        "empty-text",
        "a text holds no word",
        "A text consists of spaces and line ends.",
        "Write the text, or remove the field.",
        wrong="summary: '  '",
        right="summary: A user may not send as another.",
    ),
    Code(
        "empty-step",
        "a step says nothing",
        (
            "An action or a sub-step has neither a `text` nor a `use`. A command alone doesn't tell a "
            "reader what it is for."
        ),
        "Write what is to be done, or name a snippet.",
        wrong="""\
actions:
  - role: operator
""",
        right="""\
actions:
  - role: operator
    text: Check the log.
""",
    ),
    Code(
        "step-conflict",
        "a step is a snippet and something else",
        ("A step with `use` is the snippet it names, as a whole; what stands beside it would not be shown."),
        "Remove it, or make two steps of it.",
        wrong="""\
actions:
  - use: read-the-log
    text: Read the log first.
-- content/snippets.yml --
read-the-log:
  text: Read the log.
""",
        right="""\
actions:
  - text: Before all else, do this.
    steps:
      - use: read-the-log
-- content/snippets.yml --
read-the-log:
  text: Read the log.
""",
    ),
    Code(
        "duplicate-variant",
        "one version has two messages",
        "Two variants, or a variant and the record itself, give the message of the same version.",
        "Keep one of the two.",
        wrong="""\
version: '14.0'
message: It failed.
variants:
  - version: '14.0'
    message: It has failed.
""",
        right="""\
version: '14.0'
message: It failed.
variants:
  - version: '15.0'
    message: It has failed.
""",
    ),
    Code(
        "duplicate-identity",
        "two records describe the same event",
        ("Product, source, ID, symbolic name and version together name a record; `1024` and `0x400` are the same ID."),
        ("Remove one of the two, or tell them apart by `symbolic_name` or `version` if they are different events."),
        wrong="""\
- {id: 1024, source: MSExchangeTransport, product: exchange}
- {id: 0x400, source: MSExchangeTransport, product: exchange}
""",
        right="""\
- {id: 1024, source: MSExchangeTransport, product: exchange, version: '14.0'}
- {id: 1024, source: MSExchangeTransport, product: exchange, version: '15.0'}
""",
        file="content/exchange/msexchangetransport/all.yml",
    ),
    Code(
        "misplaced-record",
        "a file's name contradicts its record",
        (
            "A record lies at `content/<product>/<source>/<id>.yml` or `…/<id>-<symbolic name>.yml`, so "
            "that it is found without a search. Names are written as they appear in addresses: lower "
            "case, other characters as hyphens. A file with a list of records may have any name, and may lie in "
            "its product's folder."
        ),
        "Rename the file or folder, or correct the record's field: one of them is wrong.",
        wrong="""\
id: 1025
source: MSExchangeTransport
product: exchange
""",
        right="""\
id: 1024
source: MSExchangeTransport
product: exchange
""",
    ),
)
