"""Which insertion strings the named fields of an event's data are.

Windows inserts an event's data by its order, so a field's place is its number. But a provider's next version may put a
field in between, and an article may be of the other version: then only the names tell. An article whose insertion
strings come from a manifest has them, as words: `source path` is `SourcePath`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb_gen.logs.entries import NamedValue

__all__ = ["FIRST_FURTHER", "FieldNumbers"]

FIRST_FURTHER = 1001
"""The first number of fields that are no insertion string: no message has so many."""

_MOST_NAMES = 200
_MOST_REMEMBERED = 50
_LONGEST_NAME = 160
_NOT_IN_KEYS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"param([1-9][0-9]?)\Z")
"""What providers without names of their own call their data: by its number."""


class FieldNumbers:
    """The numbers of an event's fields.

    Attributes:
        names: what readers call each number. It grows by the fields that the article doesn't name.
    """

    def __init__(self, own: Mapping[int, str], names: dict[int, str]) -> None:
        """The fields of an event of which none was seen yet.

        Args:
            own: what the record calls its insertion strings, in the language that it is written in.
            names: what they are called in the reader's language, where the names of further fields are added.
        """
        self.names = names
        keys = {number: _key(name) for number, name in own.items()}
        # Of two insertion strings with one name, nothing tells which is meant.
        twice = {key for key in keys.values() if list(keys.values()).count(key) > 1}
        self._own = {key: number for number, key in keys.items() if key and key not in twice}
        self._named = frozenset(number for number, key in keys.items() if key)
        self._seen: dict[tuple[str, int], int] = {}
        self._further = FIRST_FURTHER
        self._remembered: dict[tuple[str, ...], tuple[int, ...]] = {}

    def numbered(self, values: Sequence[NamedValue]) -> list[tuple[int, str]]:
        """The values of an event with their numbers; without one that would be told under a wrong name."""
        names = tuple([value.name for value in values])
        if not any(names):
            return [(number, value.text) for number, value in enumerate(values, 1)]
        numbers = self._remembered.get(names)
        if numbers is None:
            numbers = self._numbers(names)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[names] = numbers
        return [(number, value.text) for number, value in zip(numbers, values, strict=True) if number]

    def _numbers(self, names: Sequence[str]) -> tuple[int, ...]:
        """The number of each of an event's fields; 0 where it has none."""
        fields = _fields(names)
        # Of several fields with one name, the first is the one that the article means.
        own = [self._by_name(key) if again == 0 else 0 for key, again in fields]
        found: list[int] = []
        for place, (name, field) in enumerate(zip(names, fields, strict=True), 1):
            number = own[place - 1] or self._seen.get(field, 0)
            if number == 0 or number in found:
                # If the article calls other fields as the log does, this one has none of its names.
                is_free = place not in self._seen.values() and place not in own and place not in found
                number = place if is_free and not (any(own) and place in self._named) else self._next(name)
                if number and field[0]:
                    self._note(number, name, field)
            found.append(number)
        return tuple(found)

    def _by_name(self, key: str) -> int:
        numbered = _NUMBERED.match(key)
        return self._own.get(key) or (int(numbered[1]) if numbered else 0)

    def _next(self, name: str) -> int:
        """The number of a field that is no insertion string; 0 if it has no name, or if there are too many."""
        if not name or self._further >= FIRST_FURTHER + _MOST_NAMES:
            return 0
        self._further += 1
        return self._further - 1

    def _note(self, number: int, name: str, field: tuple[str, int]) -> None:
        self._seen[field] = number
        self.names.setdefault(number, name[:_LONGEST_NAME])


def _fields(names: Sequence[str]) -> list[tuple[str, int]]:
    """The names as they are compared, each with how many fields before have the same."""
    counts: dict[str, int] = {}
    fields = []
    for name in names:
        key = _key(name)
        fields.append((key, counts.get(key, 0)))
        counts[key] = counts.get(key, 0) + 1
    return fields


def _key(name: str) -> str:
    """A name as it is compared: without case, blanks and punctuation."""
    return _NOT_IN_KEYS.sub("", name[:_LONGEST_NAME]).lower()
