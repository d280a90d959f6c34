"""A parsed message template: what it shows, what it takes, and how it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb_gen.messages.parts import Control, ControlKind, Insertion, Literal, Part
from kb_gen.messages.problems import Problem
from kb_gen.messages.syntaxes import PARSERS
from kb_gen.model import MessageSyntax

__all__ = ["MessageTemplate", "fill", "parse"]


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A message as its product ships it. `str()` gives back the text it was parsed from, character by character.

    Attributes:
        syntax: how it marks its insertion strings.
        parts: what it consists of, in order; nothing is left out, also not what follows the message's end.
        problems: what is odd about it, in the order of the text.
    """

    syntax: MessageSyntax
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        return "".join([part.source for part in self.parts])

    @property
    def insertions(self) -> tuple[Insertion, ...]:
        """The insertions, in the order of the text; a number can occur more than once."""
        return tuple(part for part in self.parts if isinstance(part, Insertion))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all insertion strings it takes, ascending, those for widths and precisions included."""
        return tuple(sorted({number for insertion in self.insertions for number in insertion.numbers}))

    def display_parts(self) -> tuple[Literal | Insertion, ...]:
        """What a reader of the log sees: escape sequences as their text, nothing behind the message's end.

        Literals never stand side by side and are never empty.
        """
        return tuple(_merged(self.parts))


def parse(text: str, syntax: MessageSyntax | str) -> MessageTemplate:
    """Read a message template.

    Every text is a template in every syntax: what is odd about it becomes a literal or an unknown part, and a problem.

    Args:
        text: the template as the product ships it.
        syntax: how it marks its insertion strings.

    Raises:
        ValueError: there is no syntax of that name.
    """
    return _parsed(text, syntax if isinstance(syntax, MessageSyntax) else MessageSyntax(syntax))


@lru_cache(maxsize=4096)
def _parsed(text: str, syntax: MessageSyntax) -> MessageTemplate:
    parts, problems = PARSERS[syntax](text)
    return MessageTemplate(syntax, parts, problems)


def fill(template: MessageTemplate, values: Mapping[int, str]) -> str:
    """Write the message that a log shows for an event with these insertion strings.

    A value is put in as it stands: formats describe how the product turns a number into text, and the values of an
    event are text already. An insertion without a value stays as it is written, as Event Viewer leaves it.
    """
    return "".join(
        [
            part.text if isinstance(part, Literal) else values.get(part.number, part.source)
            for part in template.display_parts()
        ]
    )


def _merged(parts: tuple[Part, ...]) -> Iterator[Literal | Insertion]:
    """The parts up to the message's end, with neighbouring texts made one."""
    texts: list[str] = []
    for part in parts:
        if isinstance(part, Control) and part.kind is ControlKind.END:
            break
        if not isinstance(part, Insertion):
            texts.append(part.text)
            continue
        if texts:
            yield Literal("".join(texts))
            texts = []
        yield part
    if texts:
        yield Literal("".join(texts))
