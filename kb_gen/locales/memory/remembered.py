"""What a memory holds: texts with a translation that somebody approved once."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

__all__ = ["Remembered", "Standing"]


class Standing(IntEnum):
    """How near a translation is to what readers see now; the nearest is offered first."""

    APPROVED = 0
    FILE = 1
    OBSOLETE = 2


class Remembered(Struct, frozen=True, gc=False):
    """A text with its translation.

    Attributes:
        source: the source text.
        targets: its translation: one text, or one for every plural form.
        domain: the catalog it stands in; for a TMX file's units, the file's name.
        place: what it is there, in the words of extraction (`summary of MSExchangeTransport 1024`); may be empty.
        context: its msgctxt; None where there is none.
        plural: the source text's plural form, for texts that have one.
        standing: whether the translation is in use.
    """

    source: str
    targets: tuple[str, ...]
    domain: str
    place: str = ""
    context: str | None = None
    plural: str | None = None
    standing: Standing = Standing.APPROVED

    @property
    def origin(self) -> str:
        """Where it comes from, in words for a translator: `msexchangetransport, summary of …`, `acme.tmx`."""
        what = "obsolete entry" if self.standing is Standing.OBSOLETE else self.place
        return f"{self.domain}, {what}" if what else self.domain
