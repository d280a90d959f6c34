"""What a build has published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kb_gen.site.outputs.output import Published

__all__ = ["Publication", "Written"]


class Written(NamedTuple):
    """A file of the site: its URL, and how publishing it ended.

    Attributes:
        url: where it is.
        size: bytes of its content.
        changed: whether it is new, or differs from what was there.
        mark: as in its stamp; empty if unknown.
    """

    url: str
    size: int
    changed: bool
    mark: bytes


@dataclass
class Publication:
    """What a build has published so far: every file, and how many of them are new or changed."""

    files: dict[str, Published] = field(default_factory=dict)
    changed: int = 0
    removed: int = 0
    bytes: int = 0

    def add(self, file: Written) -> None:
        """Note that a file is part of the site now."""
        self.files[file.url] = Published(*file[1:])
        self.bytes += file.size
        self.changed += file.changed
