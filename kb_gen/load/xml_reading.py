"""XML from other tools, read piece by piece and without trust.

A document is handed over element by element while it is read, so that one of any size takes little memory. Entities
that it declares are refused, and nothing that it refers to is fetched: a DOCTYPE is read as if it weren't there. UTF-8,
UTF-16 and the one-byte encodings are understood, as the document declares them; text that was decoded before is read
as it is, whatever it declares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, NoReturn, Protocol, TextIO, TypeVar
from xml.parsers.expat import ExpatError, ParserCreate, errors

__all__ = ["BrokenXml", "GatheringReader", "XmlReader", "read_pieces", "read_xml"]

_PIECE = 1 << 16
_DEEPEST = 100
"""So many elements may stand inside one another: no format that we read has more than a dozen."""


class BrokenXml(ValueError):  # noqa: N818 - named for what it says
    """A document that can't be read any further, with the reason.

    Attributes:
        line: where, from 1.
        column: where in the line, from 0.
    """

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


class XmlReader(Protocol):
    """Whoever reads a document."""

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        """An element begins. Names come without their namespace; `xml:lang` is `lang`."""
        ...

    def end(self, name: str) -> None:
        """An element ends."""
        ...

    def text(self, data: str) -> None:
        """A piece of text."""
        ...


_Piece_co = TypeVar("_Piece_co", covariant=True)
"""What came together of a document while a piece of it was read."""


class GatheringReader(XmlReader, Protocol[_Piece_co]):
    """A reader that is asked now and then what has come together."""

    def taken(self, read: int) -> _Piece_co:
        """What has come together since this was asked last; `read` is how many bytes have been read."""
        ...

    def broken(self, read: int, reason: BrokenXml) -> _Piece_co:
        """That the document can't be read any further."""
        ...


def read_pieces(stream: BinaryIO, reader: GatheringReader[_Piece_co]) -> Iterator[_Piece_co]:
    """What a document holds, piece by piece; where it breaks, that comes last.

    Raises:
        OSError: the stream can't be read.
    """
    read = 0
    try:
        for read in read_xml(stream, reader):
            yield reader.taken(read)
        yield reader.taken(read)
    except BrokenXml as reason:
        yield reader.taken(read)
        yield reader.broken(read, reason)


def read_xml(stream: BinaryIO | TextIO, reader: XmlReader) -> Iterator[int]:
    """Hand a document over to `reader`; yields after each piece how many bytes were read, or characters.

    Raises:
        BrokenXml: it isn't well-formed, declares entities, or is too deep.
        OSError: the stream can't be read.
    """
    parser = ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    depth = 0

    def refuse(reason: str) -> NoReturn:
        raise BrokenXml(reason, parser.CurrentLineNumber, parser.CurrentColumnNumber)

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            refuse(f"more than {_DEEPEST} elements stand inside one another")
        # An attribute in another namespace gives way to one of the same name that has none.
        ordered = sorted(attributes, key=lambda key: "\n" not in key)
        local = {_local(key): attributes[key] for key in ordered}
        reader.start(_local(name), local, parser.CurrentLineNumber, parser.CurrentColumnNumber)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(_local(name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = lambda *_: refuse("the document declares entities, which aren't read")
    parser.ExternalEntityRefHandler = lambda *_: refuse("the document refers to another file, which isn't read")
    parser.SkippedEntityHandler = lambda name, _: refuse(f"nothing says what the entity `&{name};` stands for")
    read = 0
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
            read += len(piece)
            yield read
        parser.Parse(b"", True)
    except ExpatError as reason:
        raise BrokenXml(_words(reason), reason.lineno, reason.offset) from reason
    except (LookupError, ValueError) as reason:
        if isinstance(reason, BrokenXml):
            raise
        # Python knows no encoding of that name, or the reader's text isn't any in it.
        raise BrokenXml(str(reason), parser.CurrentLineNumber, parser.CurrentColumnNumber) from reason


def _local(name: str) -> str:
    return name.rpartition("\n")[2]


def _words(reason: ExpatError) -> str:
    words = errors.messages.get(reason.code, str(reason))
    return "the document is empty" if words == errors.XML_ERROR_NO_ELEMENTS else words
