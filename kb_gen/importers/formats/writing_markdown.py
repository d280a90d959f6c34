"""Texts from elsewhere written as the Markdown of records, in which nothing is markup that wasn't meant to be."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import count

from kb_gen.markup import is_safe_link

__all__ = ["EVENT_SCHEME", "code_fence", "code_span", "escaped", "link_to", "start_escaped"]

EVENT_SCHEME = "event:"
"""How an address begins that is a record's."""

_PUNCTUATION = r"!-/:-@\[-`{-~"
_SPECIAL = re.compile(
    rf"""
      \\(?=[{_PUNCTUATION}\n]|$)              # would escape what follows
    | [`]
    | \*(?!(?<=\s\*)(?=\s))                   # an asterisk between blanks is none of emphasis
    | _(?!(?<=[^\W_]_)(?=[^\W_]))             # nor is an underscore in a word
    | \](?=[(\[:]|$) | ^\[ | !(?=\[)
    | <(?=[A-Za-z/!?]|$)
    | &(?=\#?\w+;)
    | (?<=\bevent):(?=\w)
    """,
    re.VERBOSE,
)
_INSERTION = re.compile(r"%([1-9][0-9]?)(?![0-9])")
_START = re.compile(r"^([ \t]*)([-+*#>=]|~{3}|:?-+:?\||\|)", re.MULTILINE)
_NUMBER_START = re.compile(r"^([ \t]*[0-9]{1,9})([.)])(?=\s|$)", re.MULTILINE)
_RUNS = re.compile("`+")
_FENCES = re.compile("^[ \t]*(`{3,})", re.MULTILINE)
_ADDRESS = re.compile(r"[\s<>()\\]")


def escaped(text: str, numbers: Set[int] = frozenset()) -> str:
    r"""Running text as inline Markdown that shows it as it is.

    Args:
        text: the text.
        numbers: the insertion strings that the message has: `%1` names one of them where it does, and is text (`\%1`)
            where it doesn't.
    """
    shown = _SPECIAL.sub(r"\\\g<0>", text)
    return _INSERTION.sub(lambda match: match[0] if int(match[1]) in numbers else f"\\{match[0]}", shown)


def start_escaped(markdown: str) -> str:
    """Inline Markdown that begins no list, table, quote or heading, as a paragraph of its own."""
    return _NUMBER_START.sub(r"\1\\\2", _START.sub(_with_backslash, markdown))


def _with_backslash(match: re.Match[str]) -> str:
    start = match.string[match.end(2) : match.end(2) + 1]
    # `**strong**` and `*emphasis*` at the beginning of a line are what they are.
    return match[0] if match[2] == "*" and start.strip() else f"{match[1]}\\{match[2]}"


def code_span(text: str) -> str:
    """Text as a code span, which shows it as it is but for line breaks."""
    line = " ".join(text.split("\n"))
    taken = {len(run) for run in _RUNS.findall(line)}
    fence = "`" * next(number for number in count(1) if number not in taken)
    padded = (
        line.startswith("`") or line.endswith("`") or (line.strip() and line.startswith(" ") and line.endswith(" "))
    )
    return f"{fence} {line} {fence}" if padded else f"{fence}{line}{fence}"


def code_fence(text: str, language: str = "") -> str:
    """Text as a fenced block."""
    fence = "`" * max(3, *(len(run) + 1 for run in _FENCES.findall(text)), 3)
    word = language if re.fullmatch(r"[\w+#.-]{1,40}", language) else ""
    return f"{fence}{word}\n{text}\n{fence}"


def link_to(markdown: str, address: str) -> str | None:
    """A link; None where records may not lead to that address."""
    address = address.strip()
    if not is_safe_link(address) and not address.startswith(EVENT_SCHEME):
        return None
    target = f"<{address}>" if _ADDRESS.search(address) else address
    return None if "<" in address or ">" in address else f"[{markdown}]({target})"
