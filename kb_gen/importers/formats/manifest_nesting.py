"""Strings of a manifest that name other ones: `$(string.ID)` within a text stands for that text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.importers.formats.manifest_xml import Element

__all__ = ["nested_texts"]

_WITHIN = re.compile(r"\$\(string\.([^()$]{1,200})\)", re.IGNORECASE)
_DEEPEST = 8
_LONGEST = 65_535
"""Characters of a text in Windows' message tables."""
_MOST = 10_000_000
"""Characters that all texts of a table may come to, so that a few that name each other can't fill the memory."""


def nested_texts(table: Mapping[str, Element], tag: str) -> tuple[dict[str, str], list[Diagnostic]]:
    """The texts of those strings in a table that name others, each with the others in it, and what can't be.

    Args:
        table: the strings of a language by their IDs.
        tag: its BCP 47 tag.
    """
    nesting = _Nesting(table, tag)
    for name, string in table.items():
        if _WITHIN.search(string.attributes.get("value", "")):
            nesting.text(name, ())
    return nesting.texts, nesting.findings


class _Nesting:
    """One table, while its texts are put together."""

    def __init__(self, table: Mapping[str, Element], tag: str) -> None:
        self._table = table
        self._tag = tag
        self._left = _MOST
        self.texts: dict[str, str] = {}
        self.findings: list[Diagnostic] = []

    def text(self, name: str, above: tuple[str, ...]) -> str:
        """A string's text with all that it names; what can't be put in stays as it is written."""
        if name in self.texts:
            return self.texts[name]
        string = self._table[name]
        written = string.attributes.get("value", "")
        if self._left <= 0 or not _WITHIN.search(written):
            return written
        text = "".join(self._pieces(written, string, (*above, name)))
        self._left -= len(text)
        if self._left <= 0:
            self._tell(string, f"with the strings that they name, texts come to more than {_MOST:,} characters")
        if len(text) > _LONGEST:
            self._tell(string, f"with the strings that it names, the text of `{name}` is longer than {_LONGEST:,}")
            text = written
        self.texts[name] = text
        return text

    def _pieces(self, written: str, string: Element, above: tuple[str, ...]) -> Iterator[str]:
        last = length = 0
        for found in _WITHIN.finditer(written):
            name = found[1].strip()
            yield written[last : found.start()]
            last = found.end()
            piece = found[0]
            if name in above:
                self._tell(string, f"the string `{above[-1]}` names itself by way of `{name}`")
            elif name not in self._table:
                self._tell(string, f"the string `{above[-1]}` names `{name}`, which the table for {self._tag} hasn't")
            elif len(above) >= _DEEPEST:
                self._tell(string, f"the string `{above[-1]}` names another one at more than {_DEEPEST} removes")
            elif length <= _LONGEST:
                piece = self.text(name, above)
            length += len(piece)
            yield piece
        yield written[last:]

    def _tell(self, string: Element, message: str) -> None:
        help_text = "write the text in its place; the reference was left as it is"
        self.findings.append(error("manifest-missing-string", message, string.place("value"), help_text))
