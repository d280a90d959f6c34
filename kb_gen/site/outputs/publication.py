"""What a build has published."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb_gen.site.outputs.output import Published, Written

__all__ = ["Publication"]


@dataclass
class Publication:
    """What a build has published so far: every file, and how many of them are new or changed."""

    files: dict[str, Published | Written] = field(default_factory=dict)
    changed: int = 0
    removed: int = 0
    bytes: int = 0

    def add(self, file: Written) -> None:
        """Note that a file is part of the site now."""
        self.files[file.url] = file
        self.bytes += file.size
        self.changed += file.changed
