"""Under which words a template is found: its rarest ones.

Words are ranked by how many templates have them, in classes of a fourfold number each, then by their length. The rank
is as rough as that so that a browser can tell it from a few kilobytes.

A template is found under the rarest word of each of its parts (one to three, so that a message that is cut off still
has one of them), and where there are few words altogether under all that are rare. Where too many templates share a
key, the next rarest word of each is added to it: `queue`, `queue server`. So a list of templates stays short, whatever
templates there are, and a text that has all the words of one leads to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["KEYLESS", "MOST_IN_LIST", "Vocabulary", "keyed", "rarity"]

KEYLESS = ""
"""The key of templates that have no whole word."""

MOST_IN_LIST = 24
"""Templates under a key, unless they have no further words, or all of `_LONGEST_KEY` words in common."""

_MOST_IN_ANY_LIST = 64
"""Templates under a key in any case; more there are only where they hardly differ."""

_LONGEST_KEY = 5
_CLASSES = (2, 8, 32, 128, 512)
_FEW_WORDS = 4_000
"""So many different words are few: then a template is found under each that hardly any other has."""

_MOST_RARE = 12

_Rank = tuple[int, int, str]


def rarity(count: int) -> int:
    """The class of a word that so many templates have: 0 for the rarest."""
    return next((number for number, most in enumerate(_CLASSES) if count <= most), len(_CLASSES))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all templates.

    Attributes:
        classes: the class of each word.
    """

    classes: Mapping[str, int]

    @classmethod
    def of(cls, templates: Iterable[Sequence[str]]) -> Vocabulary:
        """The vocabulary of some templates, of each of which the different words are given."""
        counts: Counter[str] = Counter()
        for words in templates:
            counts.update(words)
        of_count = {count: rarity(count) for count in set(counts.values())}
        return cls({word: of_count[count] for word, count in counts.items()})

    def used(self, keys: Iterable[str]) -> dict[str, int]:
        """The classes of the words that keys consist of."""
        words = {word for key in keys for word in key.split(" ") if word}
        return {word: self.classes[word] for word in sorted(words)}

    def rank(self, word: str) -> _Rank:
        """What words are sorted by: the rarest first."""
        return self.classes[word], -len(word), word

    def keys(self, words: Sequence[str]) -> list[str]:
        """The words under which a template with these words is found."""
        if not words:
            return [KEYLESS]
        count = len(words)
        parts = 1 if count <= 5 else 2 if count <= 12 else 3
        size = -(-count // parts)
        keys = [min(words[start : start + size], key=self.rank) for start in range(0, count, size)]
        if len(self.classes) <= _FEW_WORDS:
            classes = self.classes
            keys += [word for word in words if classes[word] == 0][:_MOST_RARE]
        return list(dict.fromkeys(keys))


def keyed(templates: Sequence[Sequence[str]], vocabulary: Vocabulary) -> dict[str, list[int]]:
    """The positions of templates by the keys under which they are found.

    Args:
        templates: the different words of each, in order.
        vocabulary: the words of all of them.
    """
    lists: dict[str, list[int]] = {}
    for position, words in enumerate(templates):
        for key in vocabulary.keys(words):
            lists.setdefault(key, []).append(position)
    found: dict[str, list[int]] = {}
    for key, positions in lists.items():
        _split(key, positions, templates, vocabulary, found)
    return found


def _split(
    key: str,
    positions: list[int],
    templates: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    found: dict[str, list[int]],
) -> None:
    """Put a key's templates into `found`: under the key, or where they are too many under longer ones."""
    own = key.split(" ")
    if len(positions) <= MOST_IN_LIST or len(own) == _LONGEST_KEY or key == KEYLESS:
        found[key] = positions[:_MOST_IN_ANY_LIST]
        return
    longer: dict[str, list[int]] = {}
    for position in positions:
        further = [word for word in templates[position] if word not in own]
        name = f"{key} {min(further, key=vocabulary.rank)}" if further else key
        longer.setdefault(name, []).append(position)
    if key in longer:
        found[key] = longer.pop(key)[:_MOST_IN_ANY_LIST]
    for name, some in longer.items():
        _split(name, some, templates, vocabulary, found)
