"""Which elements of the structure the pieces of a page belong to, and pieces that become one in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Owners", "parents_of"]


def parents_of(pdf: pikepdf.Pdf) -> Mapping[int, pikepdf.Object]:
    """What elements a page's pieces belong to, by the number of the page's list of them."""
    found: dict[int, pikepdf.Object] = {}
    waiting = [pdf.Root.StructTreeRoot.ParentTree] if "/StructTreeRoot" in pdf.Root else []
    while waiting:
        node = waiting.pop()
        numbers = node.get("/Nums")
        if numbers is not None:
            listed = list(numbers)
            found.update({int(key): value for key, value in zip(listed[::2], listed[1::2], strict=True)})
        waiting += list(node.get("/Kids", []))
    return found


class Owners:
    """The elements that have pieces of one page.

    Args:
        page: the page.
        parents: what `parents_of` says of the file.
    """

    def __init__(self, page: pikepdf.Page, parents: Mapping[int, pikepdf.Object]) -> None:
        self._page = page.obj
        self._listed = parents.get(int(page.obj.get("/StructParents", -1)))
        # Each of them is an object of another library's, which takes time to be made.
        self._elements: list[Any] = [] if self._listed is None else list(self._listed)
        self._owners = [_key(each) for each in self._elements]
        self._kids: dict[tuple[int, int], list[int | None]] = {}
        self._gone: dict[tuple[int, int], set[int]] = {}
        self._last: dict[int, int] = {}

    def owner(self, number: int) -> tuple[int, int] | None:
        """Which element has a piece."""
        return self._owners[number] if number < len(self._owners) else None

    def joins(self, first: int, number: int) -> bool:
        """Let a piece belong to the one that began with `first`, if it follows that in the same element."""
        owner = self.owner(number)
        if owner is None or self._owners[first] != owner:
            return False
        kids = self._kids.get(owner)
        if kids is None:
            kids = self._kids[owner] = self._own_kids(first)
        last = self._last.get(first, first)
        try:
            place = kids.index(last)
        except ValueError:
            return False
        if kids[place + 1 : place + 2] != [number]:
            return False
        self._last[first] = number
        self._gone.setdefault(owner, set()).add(number)
        return True

    def _own_kids(self, number: int) -> list[int | None]:
        """The pieces of an element on this page, and a stand-in for each other thing that it has."""
        element = self._elements[number]
        if element.get("/Pg") != self._page:
            return []
        kids: Any = element.get("/K")
        listed: list[Any] = list(kids) if _is_array(kids) else [kids]
        # A link's annotation is nothing that is read: it may stand between two pieces of its text.
        return [
            kid if isinstance(kid, int) else None for kid in listed if isinstance(kid, int) or not _is_annotation(kid)
        ]

    def settle(self) -> None:
        """Write into the structure what has become of it."""
        for numbers in self._gone.values():
            some = next(iter(numbers))
            element = self._elements[some]
            kids: list[Any] = list(element.K)
            remaining = [kid for kid in kids if not (isinstance(kid, int) and kid in numbers)]
            element.K = remaining[0] if len(remaining) == 1 else remaining
        for element in dict(zip(self._owners, self._elements, strict=True)).values():
            # The title of a heading says what its text says.
            if element is not None and "/T" in element:
                del element["/T"]
        for numbers in self._gone.values():
            for number in numbers:
                assert self._listed is not None
                self._listed[number] = None


def _key(element: object) -> tuple[int, int] | None:
    return getattr(element, "objgen", None)


def _is_annotation(kid: Any) -> bool:  # noqa: ANN401 - a number or a dictionary
    import pikepdf  # noqa: PLC0415 - an extra

    return isinstance(kid, pikepdf.Dictionary) and str(kid.get("/Type", "")) == "/OBJR"


def _is_array(kids: object) -> bool:
    import pikepdf  # noqa: PLC0415 - an extra

    return isinstance(kids, pikepdf.Array)
