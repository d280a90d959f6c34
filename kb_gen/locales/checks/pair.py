"""What a check looks at, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from kb_gen.diagnostics import Severity
from kb_gen.markup import Inline, Text, parse_inlines, walk
from kb_gen.model import MessageSyntax

__all__ = ["Check", "Finding", "Pair", "PairKind", "named"]


class PairKind(Enum):
    """What a text is, which decides how it is read."""

    TEXT = auto()
    MESSAGE = auto()
    INTERFACE = auto()


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and one translation of it.

    Attributes:
        source: the source text; the form that the translation belongs to, where there are several.
        text: the translation.
        tag: the BCP 47 tag of the translation's locale.
        kind: how the texts are read.
        syntax: for message templates, how they mark insertion strings.
        room: how many characters fit where the text is shown; None for running text.
        words: the names that the project protects.
    """

    source: str
    text: str
    tag: str
    kind: PairKind = PairKind.TEXT
    syntax: MessageSyntax = MessageSyntax.FORMATMESSAGE
    room: int | None = None
    words: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The first part of the locale's tag."""
        return self.tag.partition("-")[0]

    def inlines(self, text: str) -> tuple[Inline, ...]:
        """The inlines of one of the texts; only records' texts have markup."""
        return parse_inlines(text) if self.kind is PairKind.TEXT else (Text(text),)

    def prose(self, text: str) -> tuple[str, ...]:
        """The running text in one of the texts: what is neither code nor a link's target nor an insertion string."""
        return tuple(inline.text for inline in walk(self.inlines(text)) if isinstance(inline, Text))


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a translation; `start` and `end` say where in it, None if it is the whole."""

    code: str
    severity: Severity
    message: str
    help: str = ""
    start: int | None = None
    end: int | None = None


Check = Callable[[Pair], Iterator[Finding]]
"""A rule: yields what is wrong, or nothing."""


def named(parts: tuple[str, ...]) -> str:
    """Parts of a text as a message names them."""
    return ", ".join(f"`{part}`" for part in dict.fromkeys(parts))
