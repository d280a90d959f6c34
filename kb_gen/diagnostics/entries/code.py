"""One entry of the manual of codes."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RECORD", "Code"]

RECORD = "content/exchange/msexchangetransport/1024.yml"
"""The file that examples stand in unless they name another."""


@dataclass(frozen=True, slots=True)
class Code:
    """What the manual says of one code.

    Attributes:
        name: the code.
        title: what is wrong, in a few words.
        cause: how it comes about, in Markdown.
        cure: how to mend it, in Markdown.
        wrong: an example; of a record, the lines below `id`, `source` and `product`, unless it has its own.
        right: the same, mended.
        file: the file that the example stands in.
        language: the language of the example, for highlighting.
    """

    name: str
    title: str
    cause: str
    cure: str
    wrong: str = ""
    right: str = ""
    file: str = RECORD
    language: str = "yaml"
