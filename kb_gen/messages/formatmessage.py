"""The templates of Windows' message tables: `%1`, `%2!08lx!`, `%n`, `%0`.

Sources: Microsoft's pages "FormatMessage function (winbase.h)" and "Message Text Files" (Event Logging). What they
leave open is read as Windows' function does: a zero behind the percent sign ends the message whatever digit follows it,
and a percent sign at the very end stands for itself.

A `*` in a format takes an insertion string of its own, counted from the insertion's number on, as with an array of
arguments, which is what an event carries: `%1!*.*s!` has its width in 1, its precision in 2, and shows 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from kb_gen.messages.parts import Control, ControlKind, Insertion, Literal, Part, Unknown
from kb_gen.messages.problems import Problem, ProblemKind
from kb_gen.messages.scanning import pieces

__all__ = ["parse_formatmessage"]

CONTROLS = MappingProxyType(
    {
        control.source: control
        for control in (
            Control(ControlKind.NEWLINE, "%n"),
            Control(ControlKind.CARRIAGE_RETURN, "%r"),
            Control(ControlKind.TAB, "%t"),
            Control(ControlKind.SPACE, "%b"),
            Control(ControlKind.SPACE, "% "),
            Control(ControlKind.PERCENT, "%%"),
            Control(ControlKind.PERIOD, "%."),
            Control(ControlKind.EXCLAMATION, "%!"),
            Control(ControlKind.END, "%0"),
        )
    }
)

SEQUENCE = re.compile(
    r"""
    %
    (?: (?P<number> [1-9][0-9]?+ )
        (?: !
            (?P<format>
                [-+\ 0#]*+
                (?: (?P<width> \* ) | [0-9]++ )?
                (?: \. (?: (?P<precision> \* ) | [0-9]*+ ) )?
                (?: I64 | I32 | I | hh | h | ll | l | w | j | z | t )?
                (?: (?P<float> [eEfFgGaA] ) | [cCdiouxXsSp] )
            )
            !
        )?
    |   .
    )?
    """,
    re.VERBOSE | re.DOTALL,
)


def parse_formatmessage(text: str) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """Read a message table's template.

    Returns:
        The parts, from which the text can be put together again, and what is odd about it.
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    for piece in pieces(text, SEQUENCE):
        if isinstance(piece, Literal):
            parts.append(piece)
        elif control := CONTROLS.get(piece[0]):
            parts.append(control)
            if control.kind is ControlKind.END:
                return _ended(text, piece.end(), parts, problems)
        elif piece["number"]:
            parts.append(_insertion(piece))
            problems.extend(_insertion_problems(piece))
        else:
            parts.append(_unknown(piece))
            problems.append(_unknown_problem(piece))
    return tuple(parts), tuple(problems)


def _ended(
    text: str, end: int, parts: list[Part], problems: list[Problem]
) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """The result once the message has ended at `end`: what follows is text that nobody sees, whatever it looks like."""
    rest = text[end:]
    # A message table's text always closes with the line break that `%0` is there to hide.
    odd = (Problem(ProblemKind.TEXT_BEHIND_END, end, rest),) if rest.strip() else ()
    behind = (Literal(rest),) if rest else ()
    return (*parts, *behind), (*problems, *odd)


def _insertion(match: re.Match[str]) -> Insertion:
    """The insertion that a match with a number stands for."""
    number = int(match["number"])
    width_number = precision_number = None
    if match["width"]:
        width_number, number = number, number + 1
    if match["precision"]:
        precision_number, number = number, number + 1
    return Insertion(number, match[0], match["format"], width_number, precision_number)


def _insertion_problems(match: re.Match[str]) -> Iterator[Problem]:
    """What is odd about an insertion or about the character behind it."""
    start, end = match.span()
    if match["float"]:
        yield Problem(ProblemKind.FLOAT_FORMAT, start, match[0])
    if match["format"] is not None:
        return
    behind = match.string[end : end + 1]
    if behind == "!":
        yield Problem(ProblemKind.MALFORMED_FORMAT, start, match[0] + behind)
    elif len(match["number"]) == 2 and "0" <= behind <= "9":
        yield Problem(ProblemKind.LONG_NUMBER, start, match[0] + behind)


def _unknown(match: re.Match[str]) -> Unknown:
    """A sequence without a meaning: Windows shows its character without the percent sign."""
    return Unknown(match[0], match[0][1:] or "%")


def _unknown_problem(match: re.Match[str]) -> Problem:
    """The problem with a sequence that has no meaning."""
    kind = ProblemKind.UNKNOWN_SEQUENCE if len(match[0]) > 1 else ProblemKind.LONE_PERCENT
    return Problem(kind, match.start(), match[0])
