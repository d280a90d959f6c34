"""What is asked of a workbench."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["WorkbenchPlan"]


@dataclass(frozen=True, slots=True)
class WorkbenchPlan:
    """What is translated, and for whom.

    Attributes:
        tag: the BCP 47 tag of the locale that is translated into.
        token: what a browser has to show; empty where none is asked for.
        translator: name and address for the headers of catalogs that are changed; empty to leave them alone.
        ui_language: the language of the workbench's own words; empty to go by the browser.
    """

    tag: str
    token: str = ""
    translator: str = ""
    ui_language: str = ""
