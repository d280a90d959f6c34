"""The templates of printf and its relatives: `%s`, `%2$*1$s`, `%-.192T`, `%%`.

Sources: ISO C 7.23.6.1 and POSIX `fprintf` (numbered arguments, the flag `'`); Microsoft's "Format specification
syntax" (`I64`, `w`, `%S`, `%Z`); for MariaDB `include/mysql/service_my_snprintf.h`, in its two generations: up to 11.6
`%M` (error number and its text), `%T` (cut off with `...`), `%b` (binary) and the flag `` ` `` (quoted as an
identifier), later the same as suffixes, `%iE`, `%sT`, `%sB`, `%sQ`, and `%sS`, which does nothing but keep a letter
behind `%s` from being one (MDEV-21978).

A template doesn't say which generation it belongs to: `%sSLAVE` is the text `SLAVE` behind `%s` in one, `LAVE` behind
`%sS` in the other. A letter counts as a suffix only where no further ASCII letter follows it, which is right for all
messages of both.

Not conversions, and so unknown: `%n`, which shows nothing and writes to memory, and `%m`, which takes no argument.
"""

from __future__ import annotations

import re
from itertools import count

from kb_gen.messages.parts import Control, ControlKind, Insertion, Literal, Part, Unknown
from kb_gen.messages.problems import Problem, ProblemKind
from kb_gen.messages.scanning import pieces

__all__ = ["parse_printf"]

PERCENT = Control(ControlKind.PERCENT, "%%")
UNKNOWN = Unknown("%", "%")

SEQUENCE = re.compile(
    r"""
    %
    (?: %
    |   (?: (?P<number> [1-9][0-9]{0,3} ) \$ )?
        (?P<format>
            (?P<flags> [-+\ 0\#'`]*+ )
            (?: (?P<width> \* (?: (?P<width_number> [1-9][0-9]{0,3} ) \$ )? ) | [0-9]++ )?
            (?: \. (?: (?P<precision> \* (?: (?P<precision_number> [1-9][0-9]{0,3} ) \$ )? ) | [0-9]*+ ) )?
            (?: I64 | I32 | I | hh | h | ll | l | L | w | j | z | t )?
            (?P<verb> [diouxXcCsSpZeEfFgGaAMTb] )
            (?: (?: (?<=s)[BQST] | (?<=i)E ) (?![A-Za-z]) )?
        )
    )?
    """,
    re.VERBOSE,
)

FLAG_VERBS = (
    (" ", frozenset("dieEfFgGaA")),
    ("'", frozenset("diufFgG")),
    ("`", frozenset("s")),
)
"""Flags that have a meaning with some conversions only. With others they show a percent sign that was meant as one."""


def parse_printf(text: str) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """Read a printf template. Insertions without a number get 1, 2, 3 … in the order in which they take arguments.

    Returns:
        The parts, from which the text can be put together again, and what is odd about it.
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    arguments = count(1)
    numbered: set[bool] = set()
    for piece in pieces(text, SEQUENCE):
        if isinstance(piece, Literal):
            parts.append(piece)
        elif piece[0] == "%%":
            parts.append(PERCENT)
        elif not _is_conversion(piece):
            parts += _not_a_conversion(piece)
            problems.append(_unknown_problem(piece))
        else:
            parts.append(_insertion(piece, arguments))
            problems += _insertion_problems(piece, numbered)
            numbered |= _numberings(piece)
    return tuple(parts), tuple(problems)


def _is_conversion(match: re.Match[str]) -> bool:
    """Whether a match is a conversion whose flags go with its verb."""
    flags, verb = match["flags"], match["verb"]
    return verb is not None and all(flag not in flags or verb in verbs for flag, verbs in FLAG_VERBS)


def _not_a_conversion(match: re.Match[str]) -> tuple[Part, ...]:
    """A percent sign that stands for itself, and the text that was tried as a conversion."""
    return (UNKNOWN, Literal(match[0][1:])) if len(match[0]) > 1 else (UNKNOWN,)


def _unknown_problem(match: re.Match[str]) -> Problem:
    """The problem with a percent sign that stands for itself."""
    start = match.start()
    if start + 1 == len(match.string):
        return Problem(ProblemKind.LONE_PERCENT, start, "%")
    source = match[0] if len(match[0]) > 1 else match.string[start : start + 2]
    return Problem(ProblemKind.UNKNOWN_SEQUENCE, start, source)


def _insertion(match: re.Match[str], arguments: count[int]) -> Insertion:
    """The insertion of a conversion; width, precision and value take arguments in this order."""
    width_number = precision_number = None
    if match["width"]:
        width_number = int(match["width_number"] or next(arguments))
    if match["precision"]:
        precision_number = int(match["precision_number"] or next(arguments))
    number = int(match["number"] or next(arguments))
    return Insertion(number, match[0], match["format"], width_number, precision_number)


def _numberings(match: re.Match[str]) -> frozenset[bool]:
    """Whether a conversion's arguments are numbered: both, where it has some of each."""
    numbered = {match["number"] is not None}
    if match["width"]:
        numbered.add(match["width_number"] is not None)
    if match["precision"]:
        numbered.add(match["precision_number"] is not None)
    return frozenset(numbered)


def _insertion_problems(match: re.Match[str], numbered: set[bool]) -> list[Problem]:
    """What is odd about a conversion, after those of the given numberings."""
    problems = []
    if " " in match["flags"]:
        problems.append(Problem(ProblemKind.BLANK_FLAG, match.start(), match[0]))
    # Said once a template, where it happens first.
    if len(numbered) < 2 and len(numbered | _numberings(match)) == 2:
        problems.append(Problem(ProblemKind.MIXED_NUMBERING, match.start(), match[0]))
    return problems
