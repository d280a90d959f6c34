"""The file that a new record begins as."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from kb_gen.load.identifiers import canonical_id

__all__ = ["SCHEMA_PATH", "is_source_name", "skeleton"]

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

{version}
# The names that the product has for the event.
#symbolic_name: SymbolicName
#category: Category
# critical, error, warning, information, verbose, success-audit or failure-audit
#severity: error
# The day on which the record last changed in substance.
#modified: 2011-03-19

# The message exactly as the product ships it, with its insertion strings.
#message: "The message, with %1 for the first value that the product puts in."

{variants}
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

{related}
# Where to read more.
#references:
#  - title: The title of what is there
#    url: https://example.com/

# Earlier names of this event, if it had others: their addresses lead here.
#former:
#  - {former}

# A word that keeps these texts apart from equal texts elsewhere, where they need another translation.
#context: word
"""

_VERSION = """\
# The product version, as products.yml lists it.
#version: {version}
"""
_NO_VERSION = """\
# A `version: …` may follow here, once the product's `versions` in products.yml list some.
"""
_VARIANTS = """\
# The message in other versions of the product, where they word it otherwise.
#variants:
#  - version: {version}
#    message: "The message in that version, with %1 for the first value."
"""
_NO_VARIANTS = """\
# Where other versions that products.yml lists word it otherwise, `variants: …` may follow here, each with `version`
# and `message`.
"""
_RELATED = """\
# Other events to look at, each as Source/ID or Source/ID/SymbolicName.
#related:
#  - {related}
"""
_NO_RELATED = """\
# Other events to look at: `related: …` may follow here, a list of Source/ID, once they have records.
"""


def skeleton(source: str, id: str, product: str, versions: Sequence[str] = (), related: str = "") -> str:
    """The commented YAML of a new record: valid as it is, and meant to be filled in.

    Args:
        source: the event source, as the log shows it.
        id: the event ID in any of its spellings.
        product: the product's key in products.yml.
        versions: the versions that products.yml lists; what needs one is only hinted at without.
        related: another event that has a record, as `Source/ID`, for the example.

    Raises:
        ValueError: `id` is no event ID, or `source` no name.
    """
    if not is_source_name(source):
        msg = f"`{source}` is no name of an event source"
        raise ValueError(msg)
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
        version=_VERSION.format(version=_quoted(versions[0])) if versions else _NO_VERSION,
        variants=_VARIANTS.format(version=_quoted(versions[1])) if len(versions) > 1 else _NO_VARIANTS,
        related=_RELATED.format(related=_quoted(related)) if related else _NO_RELATED,
        former=_quoted(f"Former {quote(source, safe=' -.')}/{canonical}"),
    )


def is_source_name(source: str) -> bool:
    """Whether `source` can be the name of an event source: printable, with a letter or digit, no blanks around."""
    return source.isprintable() and source == source.strip() and any(map(str.isalnum, source))


def _quoted(text: str) -> str:
    """`text` in single quotes, which nothing in it can end."""
    return "'" + text.replace("'", "''") + "'"


def _scalar(text: str) -> str:
    """`text` as a YAML scalar: plain where that can't be misread, else in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=not text.isprintable())
