"""A template as it is compared: texts and values by turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kb_gen.messages.kinds import ValueKind, kind_of
from kb_gen.messages.parts import Insertion, Literal
from kb_gen.messages.recognition.pages import UNSPACED, compact, folded, letters, meaning, words_in
from kb_gen.messages.template import MessageTemplate

__all__ = ["Form", "TemplateParts", "TypedNumber", "form_of", "template_parts"]


class TypedNumber(NamedTuple):
    """The number of an insertion string whose format tells what its value looks like."""

    number: int
    kind: ValueKind


TemplateParts = tuple[str | int | TypedNumber, ...]
"""What a reader sees of a template: texts, and the numbers of insertion strings."""

_FEWEST_LETTERS = 4
"""Letters of a template around its values."""

_MOST_VALUES = 200
"""Values of a template that are told apart. What follows them is taken for a part of the last one."""

_TINY = 8
_TINY_PAIR = 10
"""Letters of the longer words of a template that says too little to be recognised within a line, and of one that has
no values and two words: `host name`."""

_WORDS = re.compile(rf"[{UNSPACED}]|\0?[^\W_{UNSPACED}]+\0?")


class Form(NamedTuple):
    """A template as it is compared.

    Attributes:
        texts: its literal texts, compact and folded; the first and the last may be empty.
        written: the same texts with their case.
        numbers: the numbers of the insertion strings between them, one fewer.
        kinds: what the values of these look like, as far as that is known.
        anchor: the longest of the texts.
        is_tiny: whether it says so little that its message has to have a line for itself.
        weight: how many letters and digits the texts have.
        strength: how many of them are in words that say something.
        length: how many characters the texts have, a blank between them.
    """

    texts: tuple[str, ...]
    written: tuple[str, ...]
    numbers: tuple[int, ...]
    kinds: tuple[ValueKind | None, ...]
    anchor: str
    is_tiny: bool
    weight: int
    strength: int
    length: int

    @property
    def is_recognisable(self) -> bool:
        """Whether its messages say anything by which they can be told from others."""
        return self.weight >= (_FEWEST_LETTERS if self.numbers else 1)

    def words(self) -> list[str]:
        """Those words of the texts that no value touches, each once, in order: they stand in every message."""
        # Two zeros, so that each of two words beside a value has one of its own.
        return list(dict.fromkeys([word for word in _WORDS.findall("\0\0".join(self.texts)) if "\0" not in word]))


def template_parts(template: MessageTemplate) -> TemplateParts:
    """What a reader sees of a template."""
    return tuple([part.text if isinstance(part, Literal) else _number(part) for part in template.display_parts()])


def _number(insertion: Insertion) -> int | TypedNumber:
    kind = kind_of(insertion.format)
    return TypedNumber(insertion.number, kind) if kind else insertion.number


def form_of(parts: Sequence[str | int | TypedNumber]) -> Form:
    """A template as it is compared."""
    literals = [""]
    numbers: list[int] = []
    kinds: list[ValueKind | None] = []
    for part in parts:
        if isinstance(part, str):
            literals[-1] += part.replace("\0", "")
        elif numbers and not literals[-1]:
            kinds[-1] = None  # where two values touch, nobody can say where one ends: the first has it all
        elif len(numbers) == _MOST_VALUES:
            break
        else:
            number, kind = part if isinstance(part, TypedNumber) else (part, None)
            numbers.append(number)
            kinds.append(kind)
            literals.append("")
    written = [compact(text) for text in literals]
    written[0] = written[0].lstrip(" ")
    written[-1] = written[-1].rstrip(" ")
    texts = tuple([folded(text) for text in written])
    together = " ".join(texts)
    weight, strength = letters(together), meaning(together)
    count = 0 if numbers else len(words_in(together))
    is_tiny = strength < _TINY or count == 1 or (count == 2 and strength < _TINY_PAIR)
    return Form(
        texts=texts,
        written=tuple(written),
        numbers=tuple(numbers),
        kinds=tuple(kinds),
        anchor=max(texts, key=len),
        is_tiny=is_tiny,
        weight=weight,
        strength=strength,
        length=len(together),
    )
