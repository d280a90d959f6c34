"""The file that a new record begins as."""

from __future__ import annotations

import json
import re

from kb_gen.load.identifiers import canonical_id

__all__ = ["SCHEMA_PATH", "skeleton"]

SCHEMA_PATH = "schema/record.json"
"""Where a project keeps the record's schema, relative to its root."""

_PLAIN = re.compile(r"[A-Za-z0-9][\w.\-/()]*(?: [\w.\-/()]+)*")

# Lines that begin with `#` and no space are fields: taking the `#` away gives a record that passes the checks.
_TEXT = """\
# yaml-language-server: $schema=../../../{schema}
#
# What is known about {title}. Only the three fields below must be there; take the # away from what you can fill in.
id: {id}
source: {source}
product: {product}

# The product version, as products.yml lists it, and the names that the product has for the event.
#version: '1.0'
#symbolic_name: SymbolicName
#category: Category
# critical, error, warning, information, verbose, success-audit or failure-audit
#severity: error
# The day on which the record last changed in substance.
#modified: 2011-03-19

# The message exactly as the product ships it, with its insertion strings.
#message: "The message, with %1 for the first value that the product puts in."

# What each insertion string holds.
#parameters:
#  1:
#    name: short name
#    holds: What it holds, in a sentence.
#    example: example value

# The event in one sentence, as lists and search results show it.
#summary: What has happened.

# What it means and why it happens. *Emphasis*, **buttons and menus**, `code`, [links](https://example.com/) and lists
# are Markdown; %1 stands for the name of the first insertion string, event:Source/ID for another event.
#explanation: |
#  The first paragraph.
#
#  The second paragraph.

# What to do. A step has a text, and where needed commands, a note behind them, and sub-steps;
# or it names a step of snippets.yml: `- use: name`.
#actions:
#  - text: What to do first.
#    commands:
#      - shell: powershell
#        run: Get-EventLog -LogName Application -Newest 20
#  - text: What to do next.
#    role: administrator
#    steps:
#      - text: First do this.
#      - text: Then do that.

# Where to read more.
#references:
#  - title: The title of what is there
#    url: https://example.com/
"""


def skeleton(source: str, id: str, product: str) -> str:
    """The commented YAML of a new record: valid as it is, and meant to be filled in.

    Args:
        source: the event source, as the log shows it.
        id: the event ID in any of its spellings.
        product: the product's key in products.yml.

    Raises:
        ValueError: `id` is no event ID.
    """
    canonical = canonical_id(id)
    if canonical is None:
        msg = f"`{id}` is no event ID"
        raise ValueError(msg)
    return _TEXT.format(
        schema=SCHEMA_PATH,
        title=" ".join(f"{source} {canonical}".split()),
        id=_scalar(canonical),
        source=_scalar(source),
        product=_scalar(product),
    )


def _scalar(text: str) -> str:
    """`text` as a YAML scalar: plain where that can't be misread, else in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=not text.isprintable())
