"""The quotation marks of the translation's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind
from kb_gen.locales.quotation import marks_in_use, quotation_marks
from kb_gen.markup import Code, EventLink, Insertion, RawHtml, Text, walk

__all__ = ["QuotationRules", "check_quotation_marks", "quotation_rules"]

_STRAIGHT_MARK = '"'

# Corner brackets aren't among them: no text but an East Asian one has any.
_MARKS = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2018\u201a\u201b"
# Between Hebrew letters it stands for the gershayim of an abbreviation.
_STRAIGHT = r'(?<![\u05d0-\u05ea])"|"(?![\u05d0-\u05ea])'
# What follows an equals sign is a value as a program reads it.
_STRAIGHT_PAIR = r"(?<![\w=])'(?=[^\W\d_][^'\n]*\S'(?!\w))"
_BEGINNING = r"(?<![^\s(\[{<\u2013\u2014/\u00bf\u00a1])"
_CORNERS = "\u300c"
_WITHOUT_SPACES = frozenset({"th", "yue", "zh"})
_INCHES = re.compile(r'[0-9]"')


@dataclass(frozen=True, slots=True)
class QuotationRules:
    """How a locale quotes, as what can be found in a text.

    Attributes:
        foreign: the marks that the locale doesn't have.
        suspect: the marks that aren't right at every place, among them the straight single one.
        wrong: finds marks in running text that are foreign, or not right where they stand.
        doubtful: finds at least those, in texts with markup as well.
    """

    foreign: str
    suspect: str
    wrong: re.Pattern[str]
    doubtful: re.Pattern[str]


@lru_cache(maxsize=256)
def quotation_rules(tag: str) -> QuotationRules | None:
    """The rules of a locale by its BCP 47 tag; None where none are known."""
    used = marks_in_use(tag)
    if used is None:
        return None
    foreign = "".join(mark for mark in _MARKS if mark not in used.opening | used.closing)
    if quotation_marks(tag).opening in _CORNERS or tag.partition("-")[0] in _WITHOUT_SPACES:
        # No space says which end of a quotation a mark is at.
        used = used._replace(opening=used.opening | used.closing, closing=used.opening | used.closing)
    closing = "".join(mark for mark in _MARKS if mark in used.closing - used.opening)
    opening = "".join(mark for mark in _MARKS if mark in used.opening - used.closing)
    wrong = [_STRAIGHT, _STRAIGHT_PAIR]
    # What was found is looked back at: most places in a text are passed over at once.
    doubtful = [rf"(?<=[{_STRAIGHT_MARK}{foreign}])", r"(?<=')(?<!\w')"]
    if foreign:
        wrong.append(f"[{foreign}]")
    if closing:
        wrong.append(rf"{_BEGINNING}[{closing}](?=\w)")
        doubtful.append(rf"(?<=[{closing}])(?<!\w[{closing}])(?=\w)")
    if opening:
        wrong.append(rf"(?<=[\w.!?\u2026])[{opening}](?=[\s.,;:!?)\]]|\Z)")
        doubtful.append(rf"(?<=\S[{opening}])(?!\w)")
    suspect = f"'{closing}{opening}"
    return QuotationRules(
        _STRAIGHT_MARK + foreign,
        suspect,
        re.compile("|".join(wrong)),
        re.compile(f"[{_STRAIGHT_MARK}{foreign}{suspect}](?:{'|'.join(doubtful)})"),
    )


def check_quotation_marks(pair: Pair) -> Iterator[Finding]:
    """Finds straight quotation marks and those of other languages. A message template quotes as its product does."""
    rules = quotation_rules(pair.tag)
    if pair.kind is PairKind.MESSAGE or rules is None:
        return
    if "&" not in pair.text and not rules.doubtful.search(pair.text):
        return
    for match in rules.wrong.finditer(_spoken(pair)):
        if not _is_taken_over(match, pair):
            yield _finding(match[0], pair, rules)
            return


def _spoken(pair: Pair) -> str:
    """The running text, with a letter for whatever it consists of besides."""
    others = Code | EventLink | Insertion | RawHtml
    inlines = walk(pair.inlines(pair.text))
    return "".join(
        inline.text if isinstance(inline, Text) else "x" if isinstance(inline, others) else "" for inline in inlines
    )


def _is_taken_over(match: re.Match[str], pair: Pair) -> bool:
    """Whether the mark is the source's: inches, or in another English its own quotation marks."""
    if match[0] == _STRAIGHT_MARK and _INCHES.match(match.string, max(match.start() - 1, 0)):
        return len(_INCHES.findall(pair.text)) <= len(_INCHES.findall(pair.source))
    return pair.language == "en" and match[0] in pair.source


def _finding(mark: str, pair: Pair, rules: QuotationRules) -> Finding:
    found = (match.start() for match in rules.doubtful.finditer(pair.text) if match[0] == mark)
    start = next(found, -1)
    place = (start, start + 1) if start >= 0 else (None, None)
    if mark in rules.suspect and mark != "'":
        message = f"`{mark}` is at the wrong end of a quotation"
    else:
        message = f"`{mark}` is no quotation mark of {pair.tag}"
    marks = quotation_marks(pair.tag)
    help_text = f"write {marks.sample}"
    if marks.inner_sample != marks.sample:
        help_text += f", and {marks.inner_sample} inside a quotation"
    return Finding("translation-quotation-marks", Severity.WARNING, message, help_text, *place)
