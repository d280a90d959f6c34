"""Warnings that somebody has looked at and doesn't want to see again, entry by entry.

A comment `# kb-gen: ignore translation-copied` silences the warnings of that code for one entry; msgmerge, Poedit,
Weblate and our own update keep translators' comments. The same in an extracted comment (`#.`) is the author's, who
has it in the source. A flag `ignore-translation-copied` does it as well, in tools that keep flags they don't know.

Errors can't be silenced: what they name is lost on the page, or endangers its reader.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb_gen.diagnostics import Diagnostic, Place, Severity, codes, warning
from kb_gen.locales.checks.pair import Finding

__all__ = ["SILENCING_WORD", "TERM_CODE", "Silencing", "heard", "silencing_problems", "silencings"]

SILENCING_WORD = "ignore"
"""Comments and flags without it silence nothing."""

TERM_CODE = "translation-term"
"""The code of what the glossary's check finds, which looks through catalogs by itself."""

_COMMENT = re.compile(
    r"#(?P<kind>[. \t])[ \t]*kb-gen:[ \t]*ignore\b[ \t:]*"
    r"(?P<codes>[\w-]+(?:(?:[ \t]*,[ \t]*|[ \t]+(?=translation-))[\w-]+)*)?"
)
_FLAG = re.compile(r"ignore-(?P<code>translation-[\w-]+)")
_CODE = re.compile(r"[\w-]+")

_ERRORS = frozenset(
    {
        "translation-blank",
        "translation-code",
        "translation-html",
        "translation-insertions",
        "translation-invisible-character",
        "translation-link",
        "translation-placeholders",
        "translation-plural-forms",
        "translation-unsafe-link",
    }
)
"""Codes that only errors have."""

_OWN = frozenset({"translation-needless-ignore", "translation-unknown-ignore"})


class Silencing(NamedTuple):
    """A code that is silenced for an entry.

    Attributes:
        code: the code, which may be none.
        start: where it stands in the lines that it was found in.
        end: where it ends there.
        from_source: whether the author of the source text has silenced it, for all languages.
    """

    code: str
    start: int
    end: int
    from_source: bool = False


def silencings(notes: str) -> tuple[Silencing, ...]:
    """What an entry's comment lines silence."""
    return tuple(_silencings(notes)) if SILENCING_WORD in notes else ()


def _silencings(notes: str) -> Iterator[Silencing]:
    start = 0
    for line in notes.split("\n"):
        if line.startswith("#,"):
            for flag in _FLAG.finditer(line):
                yield Silencing(flag["code"], start + flag.start("code"), start + flag.end("code"))
        elif comment := _COMMENT.match(line):
            for code in _CODE.finditer(line, *comment.span("codes")) if comment["codes"] else ():
                yield Silencing(code[0], start + code.start(), start + code.end(), comment["kind"] == ".")
        start += len(line) + 1


def heard(findings: Iterable[Finding], silenced: Sequence[Silencing]) -> list[Finding]:
    """The findings that aren't silenced."""
    if not silenced:
        return list(findings)
    ignored = {silencing.code for silencing in silenced}
    return [finding for finding in findings if finding.severity is Severity.ERROR or finding.code not in ignored]


def silencing_problems(
    silenced: Sequence[Silencing], findings: Sequence[Finding], path: str, at: int
) -> Iterator[Diagnostic]:
    """Silencings of codes that there aren't, of errors, and of what no rule finds.

    Args:
        silenced: what an entry silences.
        findings: all that was found wrong with its translation.
        path: the catalog.
        at: where the lines begin in it that `silenced` was found in.
    """
    found = {finding.code for finding in findings if finding.severity is not Severity.ERROR}
    for code, start, end, from_source in silenced:
        place = Place(path, at + start, at + end)
        if code not in _known_codes():
            near = difflib.get_close_matches(code, _known_codes(), 1, 0.5)
            help_text = f"did you mean `{near[0]}`?" if near else "`kb-gen explain-code` lists all codes"
            yield warning("translation-unknown-ignore", f"there is no warning `{code}` to ignore", place, help_text)
        elif code in _ERRORS:
            message = f"`{code}` is an error, and errors can't be ignored"
            yield warning("translation-unknown-ignore", message, place, help="mend the translation, and remove this")
        elif code not in found and not from_source:
            message = f"nothing is found any more that `{code}` would be ignored for"
            yield warning("translation-needless-ignore", message, place, help="remove it")


@lru_cache(maxsize=1)
def _known_codes() -> tuple[str, ...]:
    return tuple(code for code in codes() if code.startswith("translation-") and code not in _OWN)
