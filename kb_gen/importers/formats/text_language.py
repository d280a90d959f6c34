"""Whether the messages of a file are in the language that they are labelled with.

Nothing is guessed of a single message: many are copied, short or full of names. A whole file whose texts are full of
another language's small words, or lack the letters of their own script, has a wrong label.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.importers.imported import ImportedEvent

__all__ = ["mislabelled"]

_WORDS = {
    "en": "the of to is was not and for could cannot has been with this from",
    "de": "der die das nicht ist wurde und für konnte kann werden mit von eine zu",
    "fr": "le la les des est pas pour été dans une du sur et impossible avec",
    "es": "el los las del para se fue está por una en con ha",
    "it": "il di per non stato della è sono impossibile nel con una",
    "nl": "het een niet van voor wordt worden kan met zijn naar",
    "pt": "os não para foi do da uma em com são",
    "pl": "nie się jest dla został można przez do",
    "sv": "och att det är inte för kan har inte en av",
}
_SCRIPTS = {
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "bg": "CYRILLIC",
    "el": "GREEK",
    "he": "HEBREW",
    "ar": "ARABIC",
    "th": "THAI",
    "ko": "HANGUL",
    "ja": "HIRAGANA",
    "zh": "CJK",
    "zh-Hant": "CJK",
}
_LANGUAGE_OF = {
    word: [tag for tag, words in _WORDS.items() if word in words.split()]
    for words in _WORDS.values()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")

_FEWEST = 12
"""Small words of another language that a file has to have before anything is said of it."""

_TEXTS = 400
"""Texts of a file that are looked at."""


def mislabelled(events: Iterable[ImportedEvent], places: Mapping[str, Place]) -> Iterator[Diagnostic]:
    """A finding for each language whose texts are in another one.

    Args:
        events: a file's.
        places: where each language is named first, by its tag.
    """
    texts: dict[str, list[str]] = {}
    for event in events:
        for tag, text in event.messages.items():
            own = texts.setdefault(tag, [])
            if len(own) < _TEXTS:
                own.append(text)
    for tag, own in texts.items():
        if other := _other_language(tag, own):
            yield warning(
                "mc-mislabelled-language",
                f"the texts that are said to be in `{tag}` seem to be in {other}",
                places.get(tag),
                "correct the language's name or its locale ID",
            )


def _other_language(tag: str, texts: list[str]) -> str:
    """The language that texts are in, if that isn't the one of `tag`; empty where they may be."""
    language = tag.partition("-")[0]
    found = Counter(
        known for text in texts for word in _WORD.findall(text.lower()) for known in _LANGUAGE_OF.get(word, [])
    )
    script = _SCRIPTS.get(tag) or _SCRIPTS.get(language)
    if script is None and language not in _WORDS:
        return ""
    best, count = max(found.items(), key=lambda item: item[1], default=("", 0))
    if count < _FEWEST or best == language:
        return ""
    if script is not None:
        return "" if _has_script(script, texts) else f"`{best}`"
    return f"`{best}`" if found[language] * 3 < count else ""


def _has_script(script: str, texts: Iterable[str]) -> bool:
    return any(
        unicodedata.name(letter, "").startswith(script) for text in texts for letter in text if letter > "\u02ff"
    )
