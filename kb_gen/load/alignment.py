"""Which raw characters of a YAML scalar each decoded character stands for.

The styles are decoded here a second time, after libyaml, only with positions. The result is compared with what
libyaml made of the scalar and thrown away unless both are equal: a caret is right or it is not drawn.
Rules: https://yaml.org/spec/1.1/#id903915 (flow scalars) and #id926597 (block scalars), as libyaml reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["align"]

Piece = tuple[str, int, int]
"""Decoded characters, and where their raw text starts and ends. Several characters share the one stretch."""

_BREAK = r"(?:\r\n|[\n\r\x85])"
_WHITE = re.compile(r"[ \t\n\r\x85]+")
_ONE_BREAK = re.compile(_BREAK)
_JOINED = re.compile(rf"\\{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_HEADER = re.compile(rf"[|>][-+0-9]*[ \t]*(?:#[^\n\r\x85]*)?{_BREAK}?")
_ESCAPED = dict(zip("0abt\tnvfre \"'/\\N_LP", "\0\a\b\t\t\n\v\f\r\x1b \"'/\\\x85\xa0\u2028\u2029", strict=True))


def align(raw: str, style: str | None, value: str) -> list[tuple[int, int]] | None:
    """For each character of `value` the stretch of `raw` it was decoded from, or None where that isn't certain.

    Args:
        raw: the scalar as it stands in the file, quotes or block header included.
        style: PyYAML's name of its style: `'`, `"`, `|`, `>`, and None or empty for plain.
        value: what libyaml decoded it to.
    """
    if style in ("|", ">"):
        return _align_block(raw, style, value)
    pieces = _quoted(raw) if style == '"' else _single(raw) if style == "'" else _plain(raw)
    return _matching(pieces, value)


def _matching(pieces: Iterator[Piece], value: str) -> list[tuple[int, int]] | None:
    stretches: list[tuple[int, int]] = []
    for decoded, start, end in pieces:
        for character in decoded:
            position = len(stretches)
            if position == len(value):
                # Only a block scalar goes on: the line ends at its end, which its header may take away.
                return stretches if character == "\n" else None
            if value[position] != character:
                return None
            stretches.append((start, end))
    return stretches if len(stretches) == len(value) else None


def _white(match: re.Match[str]) -> Iterator[Piece]:
    """A run of white space: folded as a whole if there is a line end in it."""
    breaks = len(_ONE_BREAK.findall(match.group()))
    if breaks:
        yield " " if breaks == 1 else "\n" * (breaks - 1), match.start(), match.end()
        return
    for position in range(*match.span()):
        yield match.string[position], position, position + 1


def _plain(raw: str) -> Iterator[Piece]:
    position = 0
    while position < len(raw):
        if match := _WHITE.match(raw, position):
            yield from _white(match)
            position = match.end()
        else:
            yield raw[position], position, position + 1
            position += 1


def _single(raw: str) -> Iterator[Piece]:
    position, last = 1, len(raw) - 1
    while position < last:
        if match := _WHITE.match(raw, position, last):
            yield from _white(match)
            position = match.end()
        elif raw.startswith("''", position):
            yield "'", position, position + 2
            position += 2
        else:
            yield raw[position], position, position + 1
            position += 1


def _quoted(raw: str) -> Iterator[Piece]:
    position, last = 1, len(raw) - 1
    while position < last:
        if match := _WHITE.match(raw, position, last):
            yield from _white(match)
        elif match := _JOINED.match(raw, position, last):
            breaks = len(_ONE_BREAK.findall(match.group()))
            yield "\n" * (breaks - 1), match.start(), match.end()
        elif match := _ESCAPE.match(raw, position, last):
            digits = match.group()[2:]
            decoded = chr(int(digits, 16)) if digits else _ESCAPED.get(match.group()[1], "")
            yield decoded, match.start(), match.end()
        else:
            yield raw[position], position, position + 1
            position += 1
            continue
        position = match.end()


def _lines(raw: str, position: int) -> Iterator[tuple[int, int, int]]:
    """Start, end of content and end of each line from `position` on."""
    while position < len(raw):
        match = _ONE_BREAK.search(raw, position)
        if match is None:
            yield position, len(raw), len(raw)
            return
        yield position, match.start(), match.end()
        position = match.end()


def _align_block(raw: str, style: str, value: str) -> list[tuple[int, int]] | None:
    header = _HEADER.match(raw)
    if header is None:
        return None
    lines = list(_lines(raw, header.end()))
    filled = [raw[start:end] for start, end, _ in lines if raw[start:end].strip(" ")]
    # The header may name an indentation relative to a parent that isn't in `raw`: the right one decodes to `value`.
    widest = min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
    for indent in range(widest, -1, -1):
        pieces = _literal(raw, lines, indent) if style == "|" else _folded(raw, lines, indent)
        stretches = _matching(pieces, value)
        if stretches is not None:
            return stretches
    return None


def _literal(raw: str, lines: list[tuple[int, int, int]], indent: int) -> Iterator[Piece]:
    for start, end, following in lines:
        for position in range(min(start + indent, end), end):
            yield raw[position], position, position + 1
        if following > end:
            yield "\n", end, following


def _folded(raw: str, lines: list[tuple[int, int, int]], indent: int) -> Iterator[Piece]:
    """Folds as libyaml does: a break between two lines that aren't indented further becomes a space."""
    breaks: list[Piece] = []
    after_indented = False
    started = False
    for start, end, following in lines:
        here = min(start + indent, end)
        if here < end:
            indented = raw[here] in " \t"
            if started and breaks and not after_indented and not indented:
                first = breaks.pop(0)
                if not breaks:
                    yield " ", first[1], here
            yield from breaks
            breaks = []
            for position in range(here, end):
                yield raw[position], position, position + 1
            after_indented = indented
            started = True
        if following > end:
            breaks.append(("\n", end, following))
    yield from breaks
