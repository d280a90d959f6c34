"""What log writers put before a message in its line: time, level, host, program."""

from __future__ import annotations

import re

__all__ = ["client_number", "header_end"]

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mrz|mai|okt|dez)"
_DATE = (
    r"[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}"
    r"(?:[t ,]{1,2}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?(?: ?(?:z|utc|[+-][0-9]{2}:?[0-9]{2}))?"
)
_STAMPS = tuple(
    re.compile(pattern)
    for pattern in (
        _DATE,
        r"[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?",
        rf"{_MONTH} {{1,2}}[0-9]{{1,2}}(?: [0-9]{{4}})?,? [0-9]{{1,2}}:[0-9]{{2}}:[0-9]{{2}}",
        r"[0-9]{6} {1,2}[0-9]{1,2}:[0-9]{2}:[0-9]{2}",
        r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?",
    )
)
_LEVEL = (
    r"[\[(]?(?:fatal|critical|error|warn(?:ing)?|information(?:al)?|info|notice|note|debug|trace|verbose|system"
    r"|kritisch|fehler|warnung|informationen|hinweis)[\])]?[: ]"
)
_CLIENT = r"error [0-9]{1,5}(?: \([0-9a-z]{5}\))?(?: at line [0-9]{1,9})?(?: in file: '[^']{1,200}')?: "
"""What MariaDB's and MySQL's clients put before what the server says."""
_CLIENT_NUMBER = re.compile(r"(?<![^\W_])error ([0-9]{1,5}) \([0-9a-z]{5}\)")
_CONTAINER = r"[a-z0-9][a-z0-9_.-]{0,63} {1,20}\| "
_EXCEPTION = r"(?:[a-z_$][a-z0-9_$]{0,60}\.){1,12}[a-z0-9_$]{1,60}: (?:\(conn=[0-9]{1,12}\) )?"
_WRAPPED = (
    r"php (?:fatal error|parse error|warning|notice|deprecated): ",
    r"uncaught [a-z0-9_\\]{1,80}: ",
    r"sqlstate\[[0-9a-z]{5}\]:? (?:\[[0-9]{1,6}\] )?(?:[a-z][a-z ]{0,60}: )?(?:[0-9]{1,5} )?",
    r"slave sql(?: for channel '[^']{0,64}')?: error '",
)
"""What PHP and a replica put before what the server says."""
_HEADERS = tuple(
    re.compile(pattern)
    for pattern in (
        _CONTAINER,
        r"<[0-9]{1,3}>(?:1 )?",
        r"\[[^\]]{1,60}\]:?",
        r"[0-9]{1,9} (?=\[)",
        _CLIENT,
        _LEVEL,
        _EXCEPTION,
        *_WRAPPED,
    )
)
_NUMBERED = re.compile(r"<[0-9]{1,3}>1 ")
_FIELDS = re.compile(r" [!-~]{1,255} [!-~]{1,48} [!-~]{1,128} [!-~]{1,32} (?:-|\[[^\]]{1,2000}\]) ")
"""What stands behind the time of a line as RFC 5424 has it: host, program, process, message ID and structured data."""
_BETWEEN = re.compile(r"(?:[|,:; ]|-(?=[- ]))+")
_HOST = re.compile(r"[a-z0-9_.-]{1,64}(?= [a-z0-9_./-]{1,64}(?:\[[0-9]{1,9}\])?: )")
_PROGRAM = re.compile(r"[a-z0-9_./-]{1,64}(?:\[[0-9]{1,9}\]:|: )")

_ROUNDS = 12


def header_end(text: str, start: int, end: int) -> int:
    """Where a line's own text begins.

    Args:
        text: a page's.
        start: where the line begins.
        end: where the header has to have ended.
    """
    place = start
    fields = (_FIELDS,) if _NUMBERED.match(text, start, end) else ()
    # A host's or a program's name counts as one only behind a time, and once.
    names: tuple[re.Pattern[str], ...] = ()
    for _ in range(_ROUNDS):
        between = (_BETWEEN,) if place > start else ()
        for pattern in (*_STAMPS, *_HEADERS, *(fields if names else ()), *names, *between):
            found = pattern.match(text, place, end)
            if found is not None and found.end() > place:
                place = found.end()
                names = _names_behind(pattern, names)
                break
        else:
            return place
    return place


def client_number(text: str, end: int) -> str:
    """The error's number in a header that MariaDB's or MySQL's client has written, with the SQLSTATE behind it.

    Args:
        text: a page's.
        end: where the header ends.

    Returns:
        The number; empty if there is none.
    """
    found = _CLIENT_NUMBER.search(text, 0, end)
    return found[1] if found else ""


def _names_behind(pattern: re.Pattern[str], names: tuple[re.Pattern[str], ...]) -> tuple[re.Pattern[str], ...]:
    if pattern in _STAMPS:
        return (_HOST, _PROGRAM)
    if pattern is _HOST:
        return (_PROGRAM,)
    return () if pattern is _PROGRAM else names
