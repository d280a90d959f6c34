"""What is to be previewed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be previewed, and how strictly.

    Attributes:
        config_file: the project's `mkdocs.yml`.
        locales: the only locales to build, as BCP 47 tags; empty for all of the project's.
        strict: whether warnings and gaps in translations count as errors.
    """

    config_file: Path
    locales: tuple[str, ...] = ()
    strict: bool = False
