r"""A quick proof that nothing is wrong with a translation, as nearly always.

One regular expression finds the marks of a text: code, emphasis, links, insertion strings, references to events, and
whatever else could mean anything. If source and translation have the same marks, all of them clear ones, and nothing
else is conspicuous, then no rule has anything to say. Where that can't be shown, the rules themselves are asked.

A mark is clear if it means the same to CommonMark whatever stands around it, as long as nothing but running text and
other clear marks stands there; `kb_gen.markup` reads such texts in the same way. A single character that is part of no
clear mark is found as itself, and proves nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb_gen.locales.checks.apostrophes import ACCENT
from kb_gen.locales.checks.characters import CONSPICUOUS
from kb_gen.locales.checks.end_punctuation import END_CHARACTERS, END_MARKS, end_differs
from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.checks.protected_words import lost_words
from kb_gen.locales.checks.quotation_marks import quotation_rules
from kb_gen.locales.checks.structure import STRUCTURE
from kb_gen.markup import is_safe_link, parse_event_target
from kb_gen.messages.formatmessage import SEQUENCE as FORMATMESSAGE_SEQUENCE
from kb_gen.messages.printf import SEQUENCE as PRINTF_SEQUENCE
from kb_gen.model import MessageSyntax

__all__ = ["QuickCheck"]

_MARKUP = r"\\`*_\[\]<>&%:\n\r\0"
_ADDRESS = r"[^\s()<>\\&`\0-\x1f\x7f\u2066-\u2069]"


@lru_cache(maxsize=256)
def _marks(conspicuous: str = "", suspect: str = "") -> re.Pattern[str]:
    """Finds the marks of a text, and the single characters that prove nothing; `conspicuous` are further such ones.

    `suspect` characters are found as well; whether they are right where they stand is seen by what is around them.

    The pattern begins with a set of characters, so that most places in a text are passed over at once: the rest of a
    mark looks back at the character that it begins with.
    """
    inside = rf"[^{_MARKUP}{conspicuous}]"
    emphasised = rf"[^\W_](?:{inside}*[^\W_])?"
    return re.compile(
        rf"[{_MARKUP}{conspicuous}{suspect}](?:"
        # An isolate counts wherever it stands; other unseen characters may stand where the source has them.
        r"(?<=`)[^`\s\u2066-\u2069](?:[^`\n\r\0\u2066-\u2069]*[^`\s\u2066-\u2069])?`(?!`)"
        rf"|(?<=\*)(?:\*{emphasised}\*\*|{emphasised}\*)(?!\*)"
        r"|(?<=%)[1-9][0-9]?(?![0-9])"
        r"|(?<=event:)(?<!\wevent:)[\w.%+~-]+/[\w.%+~-]*\w(?:/\w+)?"
        rf"|(?<=\[){inside}+\]\({_ADDRESS}+(?:\({_ADDRESS}*\))?\)"
        r"|(?<=[A-Za-z0-9]_)[A-Za-z0-9]"
        r"|(?<!:))"
    )


_SOURCE_MARKS = _marks().findall
_CONSPICUOUS = re.compile(f"[{CONSPICUOUS}]")

# A percent sign alone, and an underscore between letters, are running text.
_UNCLEAR = frozenset("\\`*_[]<>&\n\r\0")


# The same in every language.
_PLAIN_ENDS = ".:"


class QuickCheck:
    """Proves translations into a locale sound."""

    def __init__(self, tag: str, syntax: MessageSyntax, words: tuple[str, ...] = ()) -> None:
        """For translations into the locale of the BCP 47 tag `tag`.

        Args:
            tag: the locale.
            syntax: how message templates are written.
            words: the names that translations keep.
        """
        rules = quotation_rules(tag)
        suspect = rules.suspect if rules else ""
        self._marks = _marks(CONSPICUOUS + ACCENT + (rules.foreign if rules else ""), suspect).findall
        self._doubtful = rules.doubtful.search if rules else None
        # Emphasis and links' texts may hide such marks.
        self._suspect = frozenset(f"{suspect}*[")
        self._language = tag.partition("-")[0]
        self._syntax = syntax
        self._words = words

    def proves(self, source: str, text: str, kind: PairKind, room: int | None = None) -> bool:
        """Whether it is certain that no rule finds anything wrong with a translation.

        Args:
            source: the source text.
            text: the translation.
            kind: how the texts are read.
            room: how many characters fit where the text is shown; None for running text.
        """
        if not text or text == source or text.strip() != text or source.strip() != source:
            return False
        if room is not None and len(text) > room:
            return False
        if kind is PairKind.TEXT:
            before, after = _SOURCE_MARKS(source), self._marks(text)
            if (before or after) and not self._same_marks(before, after, text):
                return False
            # Where a translation has links, each has to be one that a page may have, references to events included.
            if "](" in text and not all(map(_is_safe, after)):
                return False
            # Marks of a list and the like stand at the beginning of lines, and there is only one.
            if "  " in text or not (text[0].isalpha() or not STRUCTURE.match(text)):
                return False
            # Nearly all end in a word, or in a full stop behind one.
            first, last = source[-1:], text[-1]
            if (
                first in _PLAIN_ENDS
                and first == last
                and source[-2:-1] not in END_MARKS
                and text[-2:-1] not in END_MARKS
            ):
                pass
            elif (first in END_CHARACTERS or last in END_CHARACTERS) and end_differs(source, text, self._language):
                return False
            return not (self._words and lost_words(source, text, self._words))
        return kind is PairKind.MESSAGE and not _CONSPICUOUS.search(text) and self._same_insertions(source, text)

    def _same_marks(self, before: list[str], after: list[str], text: str) -> bool:
        """Whether the marks of two texts are all clear, protect and emphasise the same, and quote as the locale does.

        Args:
            before: the marks of the source.
            after: those of the translation.
            text: the translation.
        """
        if not _UNCLEAR.isdisjoint(after):
            return False
        if before != after and (not _UNCLEAR.isdisjoint(before) or _kept(before) != self._kept(after)):
            return False
        if self._doubtful is None or self._suspect.isdisjoint([mark[0] for mark in after]):
            return True
        return not self._doubtful(text)

    def _kept(self, marks: list[str]) -> list[str]:
        """As below, without the quotation marks, which are the translation's own."""
        return _kept([mark for mark in marks if mark not in self._suspect])

    def _same_insertions(self, source: str, text: str) -> bool:
        """Whether two message templates certainly take the same insertion strings."""
        match self._syntax:
            case MessageSyntax.FORMATMESSAGE:
                # Nothing that follows `%0` is read; each other sequence says by itself what it takes.
                ended = "%0" in source or "%0" in text
                return not ended and set(FORMATMESSAGE_SEQUENCE.findall(source)) == set(
                    FORMATMESSAGE_SEQUENCE.findall(text)
                )
            case MessageSyntax.PRINTF:
                # Here each counts those before it.
                return PRINTF_SEQUENCE.findall(source) == PRINTF_SEQUENCE.findall(text)
            case MessageSyntax.PLAIN:
                return True


def _kept(marks: list[str]) -> list[str]:
    """What a translation has to keep of marks, sorted: of emphasis that it is there, of a link its target."""
    kept: list[str] = []
    for mark in marks:
        if mark[0] == "*":
            kept.append("**" if mark[1] == "*" else "*")
        elif mark[0] == "[":
            kept.append(mark[mark.index("](") :])
        elif mark[0] != "_" and mark != "%":
            kept.append(mark)
    kept.sort()
    return kept


def _is_safe(mark: str) -> bool:
    """Whether a mark is no link, or one that a page may have."""
    if mark[0] not in "[:":
        return True
    href = mark[mark.index("](") + 2 : -1] if mark[0] == "[" else f"event{mark}"
    return parse_event_target(href[len("event:") :]) is not None if href.startswith("event:") else is_safe_link(href)
