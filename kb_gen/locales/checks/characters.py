"""No character that can't be seen changes how a text is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair
from kb_gen.locales.tags import locale_info

__all__ = ["CONSPICUOUS", "check_characters"]

# Controls, overrides and embeddings of direction, zero-width space and byte order mark, private noncharacters. The
# marks and joiners that right-to-left and Indic scripts need (U+200C to U+200F, balanced isolates) are no offence.
_UNSEEN_RANGES = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2060\ufeff\ufff9-\uffff"
_UNSEEN = re.compile(f"[{_UNSEEN_RANGES}]")
_PRINTABLE = re.compile("[\ufffc\ufffd]")

# It divides lines where a script has no spaces between words.
_BREAK = "\u200b"
_WITHOUT_SPACES = frozenset({"bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"})
# Older than isolates, and still usual in right-to-left texts.
_EMBEDDINGS = re.compile("[\u202a-\u202c]")
_POP = "\u202c"

_OPENING, _CLOSING = re.compile("[\u2066-\u2068]"), re.compile("\u2069")

CONSPICUOUS = rf"{_UNSEEN_RANGES}\u2066-\u2069"
"""The characters, as ranges in a regular expression, without which there is nothing to find."""


def check_characters(pair: Pair) -> Iterator[Finding]:
    """Finds control characters, changes of direction and other invisible characters."""
    if pair.text.isprintable() and not _PRINTABLE.search(pair.text):
        return
    for match in _UNSEEN.finditer(pair.text):
        if match[0] not in pair.source and not _is_needed(match[0], pair):
            message = f"the translation holds the invisible character U+{ord(match[0]):04X}"
            yield Finding("translation-invisible-character", Severity.ERROR, message, "delete it", *match.span())
    if len(_OPENING.findall(pair.text)) != len(_CLOSING.findall(pair.text)):
        message = "an isolate (U+2066 to U+2069), which sets the direction of text, isn't closed"
        yield Finding("translation-invisible-character", Severity.ERROR, message, "delete it, or close it by U+2069")


def _is_needed(character: str, pair: Pair) -> bool:
    """Whether a text needs an invisible character to be read as it is meant."""
    if character == _BREAK:
        return pair.language in _WITHOUT_SPACES
    if not _EMBEDDINGS.match(character) or locale_info(pair.tag).direction != "rtl":
        return False
    depth = 0
    for mark in _EMBEDDINGS.findall(pair.text):
        depth += -1 if mark == _POP else 1
        if depth < 0:
            return False
    return depth == 0
