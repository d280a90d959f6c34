"""Elements of an XML document, each whole as soon as it is read, so that a document of any size takes little memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, BinaryIO, cast

from kb_gen.load.xml_reading import BrokenXml, read_xml

__all__ = ["Node", "read_elements"]

_LARGEST = 10_000_000
"""Characters of one element that is given as a whole."""


@dataclass(slots=True)
class Node:
    """An element with all that is in it; names are those without their namespace.

    Attributes:
        name: its name.
        attributes: by name.
        line: the line that it begins in, from 1.
        children: texts and elements, in their order.
    """

    name: str
    attributes: Mapping[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Node]:
        """The elements among its children."""
        return (child for child in self.children if isinstance(child, Node))

    def first(self, name: str) -> Node | None:
        """Its first child with this name."""
        return next((child for child in self.elements if child.name == name), None)

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def read_elements(file: IO[bytes], wanted: frozenset[str]) -> Iterator[tuple[tuple[Node, ...], Node]]:
    """The elements with wanted names, each whole as soon as it is read, with the elements that it stands in.

    Those have their attributes, but no children. The root is given as soon as it begins, with nothing around it.

    Args:
        file: the document's bytes.
        wanted: names without prefix.

    Raises:
        BrokenXml: the document isn't well-formed, or has what is read nowhere here.
    """
    gathering = _Gathering(wanted)
    for _ in read_xml(cast("BinaryIO", file), gathering):
        yield from gathering.taken()
    yield from gathering.taken()


class _Gathering:
    """Makes elements of what a document is read as."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._around: list[Node] = []
        self._open: list[Node] = []
        self._size = 0
        self._done: list[tuple[tuple[Node, ...], Node]] = []

    def taken(self) -> list[tuple[tuple[Node, ...], Node]]:
        """What has become whole since this was asked last."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:  # noqa: ARG002 - a reader's
        """An element begins."""
        node = Node(name, attributes, line)
        if self._open:
            self._open[-1].children.append(node)
            self._open.append(node)
        elif name in self._wanted:
            self._size = 0
            self._open.append(node)
        else:
            if not self._around:
                self._done.append(((), node))
            self._around.append(node)

    def end(self, name: str) -> None:  # noqa: ARG002 - a reader's
        """An element ends."""
        if not self._open:
            self._around.pop()
            return
        node = self._open.pop()
        if not self._open:
            self._done.append((tuple(self._around), node))

    def text(self, data: str) -> None:
        """A piece of text."""
        if not self._open:
            return
        self._size += len(data)
        if self._size > _LARGEST:
            message = f"an element holds more than {_LARGEST // 1_000_000} million characters"
            raise BrokenXml(message, self._open[0].line, 0)
        self._open[-1].children.append(data)
