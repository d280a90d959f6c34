"""Codes about YAML that can't be read, or isn't used here."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "unquoted-value",
        "a value needs quotes",
        (
            "YAML gives a meaning of its own to a colon followed by a space, to characters such as `%`, "
            "`@`, `*`, `&`, `[`, `{` and backticks at the beginning of a value, and lets nothing follow a "
            "closing quote."
        ),
        (
            "Put the whole value in quotes. For longer texts, write `>-` (lines are joined) or `|` (lines "
            "are kept) behind the field's name and the text below it, indented: there, no character has a "
            "meaning."
        ),
        wrong="summary: @everyone may not send: access is denied.",
        right="summary: '@everyone may not send: access is denied.'",
    ),
    Code(
        "unclosed-quote",
        "a quote is never closed",
        ("A value begins with a quote that has no counterpart, so that everything after it would belong to the value."),
        (
            "Close the quote. Inside single quotes write `''` for an apostrophe, inside double quotes "
            '`\\"` for a quote.'
        ),
        wrong="""\
summary: "The user may not send.
category: SmtpReceive
""",
        right="""\
summary: "The user may not send."
category: SmtpReceive
""",
    ),
    Code(
        "unclosed-bracket",
        "a bracket is never closed",
        ("A list in `[…]` or a mapping in `{…}` has no end, or holds text that YAML can't read as part of it."),
        "Close the bracket, or put a text that begins with one in quotes.",
        wrong="""\
related: [MSExchangeTransport/1023
category: SmtpReceive
""",
        right="""\
related: [MSExchangeTransport/1023]
category: SmtpReceive
""",
    ),
    Code(
        "unknown-escape",
        "a backslash begins no escape sequence",
        (
            "Inside double quotes, a backslash and the characters behind it stand for another character. "
            "Paths of Windows aren't meant that way."
        ),
        "Use single quotes, in which backslashes mean nothing.",
        wrong='summary: "See C:\\Users."',
        right="summary: 'See C:\\Users.'",
    ),
    Code(
        "tab-indentation",
        "a tab indents a line",
        "YAML allows no tabs for indentation, as nobody can tell how wide they are.",
        "Indent with spaces, and set the editor to do so.",
        wrong="""\
actions:
	- text: Check the log.
""",
        right="""\
actions:
  - text: Check the log.
""",
    ),
    Code(
        "wrong-indentation",
        "a line doesn't fit what stands above it",
        ("Fields of one entry begin in the same column; what belongs to a field is indented further than its name."),
        ("Move the line to the column of its neighbours, or indent the text further than its field."),
        wrong="""\
explanation: |
  The first line.
The second line.
""",
        right="""\
explanation: |
  The first line.
  The second line.
""",
    ),
    Code(
        "yaml-syntax",
        "a file is no YAML",
        ("The file breaks a rule of YAML for which there is no better word. The finding quotes the parser."),
        ("Look at the line, and at the one above it: quotes, brackets and indentation are what goes wrong most often."),
        wrong="""\
explanation: The
%TEMP% folder is full.
""",
        right="""\
explanation: The
  %TEMP% folder is full.
""",
    ),
    Code(
        "several-documents",
        "a file holds several documents",
        "A line `---` begins a second YAML document, which nothing would read.",
        "Write several records as a list, each behind `- `.",
        wrong="""\
id: 1024
source: MSExchangeTransport
product: exchange
---
id: 1025
""",
        right="""\
- id: 1024
  source: MSExchangeTransport
  product: exchange
- id: 1025
  source: MSExchangeTransport
  product: exchange
""",
    ),
    Code(
        "duplicate-key",
        "a field stands twice",
        "A mapping has the same field twice. YAML would keep the last and forget the first.",
        "Keep one of the two.",
        wrong="""\
category: SmtpReceive
category: SmtpSend
""",
        right="category: SmtpReceive",
    ),
    Code(
        "merge-key",
        "a merge key is used",
        "YAML's merge key `<<` isn't part of its present version, and hides what a record says.",
        "Write the fields out.",
        wrong="<<: {category: SmtpReceive}",
        right="category: SmtpReceive",
    ),
    Code(
        "yaml-tag",
        "a tag is used",
        (
            "Tags such as `!!int` tell a YAML reader which type a value has. Here the field itself says "
            "so, and tags of programming languages would let a file run code."
        ),
        "Remove the tag.",
        wrong="modified: !!str 2011-03-19",
        right="modified: 2011-03-19",
    ),
    Code(
        "yaml-alias",
        "aliases make too much of a file",
        (
            "Anchors (`&name`) and aliases (`*name`) are read, but not where a few lines would become "
            "millions of values, or where a value would hold itself."
        ),
        "Write the values out. Steps that several records share belong into `snippets.yml`.",
        wrong="""\
actions: &all
  - text: Check the log.
    steps: *all
""",
        right="""\
actions:
  - text: Check the log.
""",
    ),
    Code(
        "too-deep",
        "values nest too deep",
        (
            "A record nests four levels deep, and two more for each level of sub-steps. More than 40 "
            "levels are no record."
        ),
        "Flatten the steps: a reader can't follow so many levels either.",
        wrong="explanation: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        right="explanation: The user may not send.",
    ),
)
