"""The numbers of codes: a code of a translation has the number that the same code has in the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["CodeIds"]


class CodeIds:
    """Numbers a text's codes in their order."""

    def __init__(self, left: Mapping[tuple[str, str], Sequence[str]] | None = None) -> None:
        """Begin a text.

        Args:
            left: the numbers that the source's codes have; None for the source itself.
        """
        self._left = None if left is None else {code: list(ids) for code, ids in left.items()}
        self._given: dict[tuple[str, str], list[str]] = {}
        self._count = 0

    def id(self, opening: str, closing: str = "") -> str:
        """The id of the next code, which stands for `opening`, or around other text for `opening` and `closing`."""
        if self._left is not None and (left := self._left.get((opening, closing))):
            return left.pop(0)
        self._count += 1
        number = str(self._count) if self._left is None else f"t{self._count}"
        self._given.setdefault((opening, closing), []).append(number)
        return number

    def for_translation(self) -> CodeIds:
        """The ids of the codes in a translation of the text; one that the text doesn't have gets an id of its own."""
        return CodeIds(self._given)
