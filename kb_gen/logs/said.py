"""Sentences that are English where they are printed, and in the reader's language in a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb_gen.locales import Localizer, Passage

__all__ = ["Said", "in_words", "said", "said_plural"]

_Value = str | int | Sequence[str]
"""What stands in a sentence. Of strings that are `Said`, each language has its own; several become a list."""


class Said(str):
    """A sentence in English, with all that is needed to say it in another language.

    Attributes:
        msgid: the sentence with `{name}` where values stand.
        plural: the same for several; empty if it doesn't depend on a number.
        number: the number that it depends on.
        values: what stands in it.
    """

    __slots__ = ("msgid", "number", "plural", "values")

    msgid: str
    plural: str
    number: int
    values: Mapping[str, _Value]

    def __new__(cls, msgid: str, plural: str, number: int, values: Mapping[str, _Value]) -> Said:
        """A sentence."""
        template = msgid if not plural or number == 1 else plural
        made = super().__new__(cls, template.format_map({name: _english(value) for name, value in values.items()}))
        made.msgid, made.plural, made.number, made.values = msgid, plural, number, values
        return made


def said(msgid: str, /, **values: _Value) -> Said:
    """A sentence with its values; `msgid` goes into the catalogs."""
    return Said(msgid, "", 1, values)


def said_plural(singular: str, plural: str, n: int, /, **values: _Value) -> Said:
    """A sentence that depends on a number, which `{count}` stands for; both forms go into the catalogs."""
    return Said(singular, plural, n, {"count": n, **values})


def in_words(sentence: str, words: Localizer) -> Passage | None:
    """A sentence in a language, which is told with it; None if nothing but its English is known."""
    if not isinstance(sentence, Said):
        return None
    values = {name: _told(value, words) for name, value in sentence.values.items()}
    if sentence.plural:
        return words.ui_plural(sentence.msgid, sentence.plural, sentence.number, **values)
    return words.ui(sentence.msgid, **values)


def _english(value: _Value) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return value if isinstance(value, str) else ", ".join(value)


def _told(value: _Value, words: Localizer) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        passage = in_words(value, words)
        return passage.text if passage else str(value)
    return ", ".join([str(_told(each, words)) for each in value])
