"""A module for each format that events come in, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from kb_gen.diagnostics import in_order
from kb_gen.importers.formats import article, errmsg, manifest, mc, runbook
from kb_gen.importers.imported import Imported, Reading

__all__ = ["FORMATS", "Format"]

Reader = Callable[[Sequence[Path], Reading], Imported]
"""Reads files that belong together. Files are read-only; places name them as they were given."""


class Format(Struct, frozen=True):
    """A format that events come in.

    Attributes:
        name: what the user calls it.
        title: what it is, in a few words, for `--help` and the manual.
        reader: reads files of it.
        whole: whether a file has all events of its sources, so that one that it lacks is gone from the product.
    """

    name: str
    title: str
    reader: Reader
    whole: bool = True

    def read(self, paths: Sequence[Path], reading: Reading) -> Imported:
        """What files that belong together have; what is odd about them in the order in which it stands there."""
        imported = self.reader(paths, reading)
        return replace(imported, diagnostics=tuple(in_order(imported.diagnostics)), whole=self.whole)


_ALL = (
    Format("mc", "message files of Windows (.mc)", mc.read),
    Format("manifest", "instrumentation manifests of Windows (.man)", manifest.read),
    Format("errmsg", "MariaDB's and MySQL's messages (errmsg-utf8.txt, messages_to_*.txt)", errmsg.read),
    Format("article", "articles about events in text, Markdown or HTML, English or German", article.read, whole=False),
    Format(
        "runbook", "runbooks of alerts in Markdown: Meaning, Impact, Diagnosis, Mitigation", runbook.read, whole=False
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})
"""The formats by name, in the order of the manual."""
