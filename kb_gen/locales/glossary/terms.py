"""What a glossary says of a term in one language."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Term"]


class Term(Struct, frozen=True, gc=False):
    """A term of the source language, and how it is translated.

    Attributes:
        source: the term.
        targets: its translations; the first is the usual one, the others serve as well.
        forbidden: translations that are not to be used for it.
        part_of_speech: `noun`, `verb`, `adjective`, `proper noun` …; may be empty.
        note: what it means, or when to use it; may be empty.
    """

    source: str
    targets: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    part_of_speech: str = ""
    note: str = ""

    @property
    def target(self) -> str:
        """The usual translation; empty where only forbidden ones are known."""
        return self.targets[0] if self.targets else ""

    @property
    def line(self) -> str:
        """The term for a translator, on a line: `Receive connector = Empfangsconnector`."""
        forbidden = f"; not {', '.join(self.forbidden)}" if self.forbidden else ""
        return f"{self.source} = {', '.join(self.targets) or '…'}{forbidden}"
