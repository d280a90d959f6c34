"""The order of words in a language.

Babel has no collation data, and ICU is a large library to ask for. So this is a tailoring by hand: letters without
their accents first, then accents, then case, with numbers by their value, and the letters that a language counts as
its own in their places. It gives the dictionary order of the languages in `_LETTERS` and that of most other languages
in Latin script; other scripts are in the order of Unicode, which is the alphabet's for Greek, Arabic and Hebrew,
nearly so for Cyrillic, and neither strokes nor reading for Chinese and Japanese.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

__all__ = ["SortKey", "filing", "sort_key"]

SortKey = tuple[str, str, str]
"""Letters, accents, case: compared in that order."""

# `b>a` would be `a after b`: every letter of the right side follows that on the left, in the order given.
_LETTERS = MappingProxyType(
    {
        "az": "c>ç e>ə g>ğ h>ı o>ö s>ş u>ü",
        "bs": "c>čć d>đ s>š z>ž",
        "cs": "c>č h>(ch) r>ř s>š z>ž",
        "da": "z>æøå",
        "et": "s>šzž w>õäöü",
        "es": "n>ñ",
        "fi": "z>åäö",
        "hr": "c>čć d>đ s>š z>ž",
        "hu": "o>ö u>ü",
        "is": "a>á d>ð e>é i>í o>ó u>ú y>ý z>þæöå",
        "lt": "c>č s>š z>ž",
        "lv": "c>č g>ģ k>ķ l>ļ n>ņ s>š z>ž",
        "nb": "z>æøå",
        "nn": "z>æøå",
        "no": "z>æøå",
        "pl": "a>ą c>ć e>ę l>ł n>ń o>ó s>ś z>źż",
        "ro": "a>ăâ i>î s>ș t>ț",
        "sk": "a>ä c>č h>(ch) o>ô s>š z>ž",
        "sl": "c>čć d>đ s>š z>ž",
        "sq": "c>ç e>ë",
        "sv": "z>åäö",
        "tr": "c>ç g>ğ h>ı o>ö s>ş u>ü",
        "vi": "a>ăâ d>đ e>ê o>ôơ u>ư",
    }
)
# Letters that Unicode doesn't take apart, as dictionaries without them file them.
_EXPANDED = MappingProxyType(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ĸ": "k"}
)
_DOTTED = frozenset({"tr", "az"})
"""Languages with an `i` that keeps its dot, and another that has none."""
_MARK = "\U0010fffd"
"""Behind every other letter."""
_DIGITS = re.compile(r"\d+")
_STRIPPED = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670]")
# Their marks make other letters of them: й is not an accented и.
_KEPT = frozenset("йўїѓќ")


@lru_cache(maxsize=64)
def _tailoring(language: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """What stands for each of a language's own letters: the letter before it and a mark behind every other letter."""
    single: dict[str, str] = {}
    double: list[tuple[str, str]] = []
    for rule in _LETTERS.get(language, "").split():
        before, _, letters = rule.partition(">")
        for place, letter in enumerate(re.findall(r"\(\w+\)|\w", letters), 1):
            weight = f"{before}{_MARK}{chr(0x40 + place)}"
            if letter.startswith("("):
                double.append((letter[1:-1], weight))
            else:
                single[letter] = weight
    return single, tuple(double)


def sort_key(text: str, tag: str) -> SortKey:
    """What to sort `text` by among words of the language of `tag`."""
    language = tag.partition("-")[0]
    composed = unicodedata.normalize("NFC", text)
    folded = _lower(composed, language)
    single, double = _tailoring(language)
    letters = "".join([single.get(letter) or _plain(letter) for letter in unicodedata.normalize("NFKC", folded)])
    for pair, weight in double:
        letters = letters.replace(pair, weight)
    return _by_value(letters), folded, composed.swapcase()


def filing(text: str, tag: str) -> tuple[str, SortKey]:
    """Where an index in the language of `tag` has a text: under which letter, and what to sort it by there.

    What is neither letter nor digit doesn't count before the first of these.

    Returns:
        The letter, which is `0` for all numbers, and empty where there is neither; and the key.
    """
    composed = unicodedata.normalize("NFKC", text)
    begins = next((place for place, letter in enumerate(composed) if letter.isalnum()), len(composed))
    language = tag.partition("-")[0]
    key = sort_key(composed[begins:], tag)
    letter = _own_letters(language).get(key[0][:3], key[0][:1])
    return _capital(letter, language), key


@lru_cache(maxsize=64)
def _own_letters(language: str) -> dict[str, str]:
    """The letters that a language counts as its own, by what stands for them."""
    single, double = _tailoring(language)
    return {weight: letter for letter, weight in (*single.items(), *double)}


def _capital(letter: str, language: str) -> str:
    if letter == "i" and language in _DOTTED:
        return "İ"
    return letter.capitalize()


def _lower(text: str, language: str) -> str:
    if language in _DOTTED:
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


def _plain(letter: str) -> str:
    if letter.isascii() or letter in _KEPT:
        return letter
    bare = _STRIPPED.sub("", unicodedata.normalize("NFD", letter))
    return "".join(_EXPANDED.get(part, part) for part in unicodedata.normalize("NFC", bare))


def _by_value(text: str) -> str:
    """`text` with every number behind its length, so that 9 comes before 10."""
    if not any(letter.isdigit() for letter in text):
        return text

    def weight(match: re.Match[str]) -> str:
        digits = match[0].lstrip("0") or "0"
        return f"0{chr(len(digits) + 0x30)}{digits}"

    return _DIGITS.sub(weight, text)
