"""What the conversions of a template take from the program: a number, a fraction, a text or an address.

C doesn't compare them with what the program gives. A translation that takes its values in another order than the
source, without numbering them, shows rubbish or ends the program.
"""

from __future__ import annotations

from collections import defaultdict
from enum import Enum

from kb_gen.messages.template import MessageTemplate

__all__ = ["Argument", "argument_of", "arguments"]


class Argument(Enum):
    """A kind of value that a program gives; the value is what it is called."""

    NUMBER = "a number"
    FRACTION = "a fraction"
    TEXT = "a text"
    ADDRESS = "an address"


_VERBS = {
    # MariaDB's `%M` takes the number of an error.
    **dict.fromkeys("diuoxXcCM", Argument.NUMBER),
    **dict.fromkeys("eEfFgGaA", Argument.FRACTION),
    **dict.fromkeys("sSZTb", Argument.TEXT),
    "p": Argument.ADDRESS,
}
_SUFFIXES = {"iE": Argument.NUMBER, **dict.fromkeys(("sB", "sQ", "sS", "sT"), Argument.TEXT)}
"""MariaDB's later generation, see `kb_gen.messages.printf`."""


def argument_of(format: str | None) -> Argument | None:
    """What an insertion with this format takes; None if that can be anything.

    Args:
        format: the insertion's, as `Insertion.format` has it.
    """
    if not format:
        return None
    return _SUFFIXES.get(format[-2:]) or _VERBS.get(format[-1])


def arguments(template: MessageTemplate) -> dict[int, frozenset[Argument]]:
    """What a template takes, by number, as far as it says so. A number that occurs twice may be two things."""
    found: defaultdict[int, set[Argument]] = defaultdict(set)
    for insertion in template.insertions:
        for number in (insertion.width_number, insertion.precision_number):
            if number is not None:
                found[number].add(Argument.NUMBER)
        if argument := argument_of(insertion.format):
            found[insertion.number].add(argument)
    return {number: frozenset(kinds) for number, kinds in found.items()}
