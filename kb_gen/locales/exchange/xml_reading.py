"""XML from other hands, read element by element: bounded in size and depth, without entities, and nothing is fetched.

The standard library's expat is asked directly, because it tells the lines; it never loads anything by itself. A
document type, which alone could declare entities, ends the reading: none of the formats here has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

__all__ = ["Node", "UnreadableXml", "read_elements"]

_BLOCK = 1 << 16
_DEEPEST = 60
_LARGEST = 10_000_000
"""Characters of one element that is given as a whole."""


class UnreadableXml(ValueError):  # noqa: N818 - named for what it says
    """A document that is no XML, or none that is read here.

    Attributes:
        line: where, from 1.
        column: where in the line, from 0.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(slots=True)
class Node:
    """An element with all that is in it.

    Attributes:
        name: its name without a prefix.
        namespace: its namespace's URI; empty where it has none.
        attributes: by name; those of another namespace as `{uri}name`.
        line: the line that it begins in, from 1.
        children: texts and elements, in their order.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Node]:
        """The elements among its children."""
        return (child for child in self.children if isinstance(child, Node))

    def first(self, name: str) -> Node | None:
        """Its first child with this name, in its own namespace."""
        return next((child for child in self.elements if (child.name, child.namespace) == (name, self.namespace)), None)

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
        UnreadableXml: the document isn't well-formed, or has what is read nowhere here.
    """
    reading = _Reading(wanted)
    while block := file.read(_BLOCK):
        yield from reading.feed(block)
    yield from reading.feed(b"", last=True)


class _Reading:
    """One pass over a document."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._around: list[Node] = []
        self._open: list[Node] = []
        self._size = 0
        self._done: list[tuple[tuple[Node, ...], Node]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._document_type

    def feed(self, block: bytes, last: bool = False) -> Sequence[tuple[tuple[Node, ...], Node]]:
        """What is whole after the next block."""
        self._done = []
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as reason:
            words = expat.errors.messages[reason.code]
            raise UnreadableXml(f"this is no well-formed XML: {words}", reason.lineno, reason.offset) from reason
        except (LookupError, ValueError) as reason:
            if isinstance(reason, UnreadableXml):
                raise
            raise self._refusal("the document's encoding isn't known; save it as UTF-8") from reason
        return self._done

    def _refusal(self, message: str) -> UnreadableXml:
        return UnreadableXml(message, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber)

    def _document_type(self, *_: object) -> None:
        raise self._refusal("the document has a document type, whose entities could stand for anything")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        told = {_qualified(key): value for key, value in attributes.items()}
        node = Node(local, namespace, told, self._parser.CurrentLineNumber)
        if len(self._around) + len(self._open) >= _DEEPEST:
            raise self._refusal(f"elements stand in one another more than {_DEEPEST} deep")
        if self._open:
            self._open[-1].children.append(node)
            self._open.append(node)
        elif local in self._wanted:
            self._size = 0
            self._open.append(node)
        else:
            if not self._around:
                self._done.append(((), node))
            self._around.append(node)

    def _end(self, _: str) -> None:
        if not self._open:
            self._around.pop()
            return
        node = self._open.pop()
        if not self._open:
            self._done.append((tuple(self._around), node))

    def _text(self, text: str) -> None:
        if self._open:
            self._size += len(text)
            if self._size > _LARGEST:
                raise self._refusal(f"an element holds more than {_LARGEST // 1_000_000} million characters")
            self._open[-1].children.append(text)


def _qualified(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if namespace else local
