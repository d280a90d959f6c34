"""Units written as XLIFF 1.2, https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html, for older tools.

Plural forms are groups as the XLIFF community's guide for gettext has them, so that tools that know it put them
together again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen import __version__
from kb_gen.locales.exchange.code_ids import CodeIds
from kb_gen.locales.exchange.codes import CodeKind, Pair, Piece, Single, Words, cut
from kb_gen.locales.exchange.parcels import Parcel, Shipment
from kb_gen.locales.exchange.units import NoteKind, OutgoingUnit, UnitState, by_entry
from kb_gen.locales.exchange.xml_writing import INVALID, element, escaped, start_tag

__all__ = ["CODE_POINT", "write_xliff12"]

CODE_POINT = "x-code-point"
"""The type of a code that stands for a character that XML can't hold; its content is `U+0001`."""

_STATES = {UnitState.FUZZY: "needs-review-translation", UnitState.APPROVED: "final"}
_TYPES = {
    CodeKind.INSERTION: "x-insertion",
    CodeKind.CONTROL: "x-control",
    CodeKind.CODE: "x-code",
    CodeKind.EVENT: "x-event",
    CodeKind.ADDRESS: "x-address",
    CodeKind.LINK: "link",
    CodeKind.STRONG: "bold",
    CodeKind.EMPHASIS: "italic",
}


def write_xliff12(shipment: Shipment) -> Iterator[str]:
    """The document, in pieces."""
    attributes = {"xmlns": "urn:oasis:names:tc:xliff:document:1.2", "version": "1.2"}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"{start_tag('xliff', attributes)}\n"
    for parcel in shipment.parcels:
        yield from _file(parcel, shipment)
    yield "</xliff>\n"


def _file(parcel: Parcel, shipment: Shipment) -> Iterator[str]:
    languages = {"source-language": shipment.source_language, "target-language": shipment.locale}
    attributes = {"original": parcel.path, "datatype": "plaintext", "tool-id": "kb-gen", **languages}
    tool = {"tool-id": "kb-gen", "tool-name": "kb-gen", "tool-version": __version__}
    yield f" {start_tag('file', attributes)}\n"
    yield f"  <header>\n   {start_tag('tool', tool, '/>')}\n  </header>\n  <body>\n"
    for name, units in by_entry(parcel.units):
        if units[0].forms:
            group = {"id": name, "restype": "x-gettext-plurals", "resname": units[0].name}
            yield f"   {start_tag('group', group)}\n"
        for unit in units:
            yield from _unit(unit)
        if units[0].forms:
            yield "   </group>\n"
    yield "  </body>\n </file>\n"


def _unit(unit: OutgoingUnit) -> Iterator[str]:
    ids = CodeIds()
    source = _text(unit.source, unit, ids)
    room = {"size-unit": "char", "maxwidth": str(unit.room)} if unit.room is not None else {}
    attributes = {
        "id": unit.id,
        "resname": unit.name,
        "approved": "yes" if unit.state is UnitState.APPROVED else "no",
        "extradata": str(unit.mark),
        "xml:space": "preserve",
        **room,
    }
    yield f"    {start_tag('trans-unit', attributes)}\n     <source>{source}</source>\n"
    if unit.target:
        target = _text(unit.target, unit, ids.for_translation())
        yield f"     {start_tag('target', {'state': _STATES[unit.state]})}{target}</target>\n"
    yield from (f"     {line}\n" for line in _context(unit))
    yield from (f"     {line}\n" for line in _notes(unit))
    yield from _match(unit)
    yield "    </trans-unit>\n"


def _context(unit: OutgoingUnit) -> Iterator[str]:
    files = [note.text for note in unit.notes if note.kind is NoteKind.FILE]
    if unit.context:
        context = element("context", {"context-type": "x-po-msgctxt"}, unit.context)
        yield f'<context-group purpose="information">{context}</context-group>'
    if files:
        contexts = "".join(element("context", {"context-type": "sourcefile"}, file) for file in files)
        yield f'<context-group purpose="location">{contexts}</context-group>'


def _notes(unit: OutgoingUnit) -> Iterator[str]:
    for note in unit.notes:
        if note.kind is not NoteKind.FILE:
            yield element("note", {"from": "developer"}, note.text)
    if unit.comments:
        yield element("note", {"from": "translator", "annotates": "target"}, "\n".join(unit.comments))


def _match(unit: OutgoingUnit) -> Iterator[str]:
    """The pair of texts that an outdated translation comes from, which tools show beside the new source."""
    if unit.previous is None:
        return
    ids = CodeIds()
    source = _text(unit.previous.source, unit, ids)
    target = _text(unit.previous.target, unit, ids.for_translation())
    attributes = {"alttranstype": "previous-version", "origin": "text before the change", "xml:space": "preserve"}
    yield f"     {start_tag('alt-trans', attributes)}\n"
    yield f"      <source>{source}</source>\n      <target>{target}</target>\n     </alt-trans>\n"


def _text(text: str, unit: OutgoingUnit, ids: CodeIds) -> str:
    """The content of `<source>` or `<target>`."""
    return _pieces(cut(text, unit.kind, unit.syntax), ids)


def _pieces(pieces: Iterable[Piece], ids: CodeIds) -> str:
    return "".join([_piece(piece, ids) for piece in pieces])


def _piece(piece: Piece, ids: CodeIds) -> str:
    match piece:
        case Single(kind, text) if not INVALID.search(text):
            attributes = {"id": ids.id(text), "ctype": _TYPES[kind], "equiv-text": text}
            return f"{start_tag('ph', attributes)}{_words(text, ids)}</ph>"
        case Words(text) | Single(_, text):
            return _words(text, ids)
        case Pair(kind, opening, closing, children) if not INVALID.search(opening + closing):
            number = ids.id(opening, closing)
            start = start_tag("bpt", {"id": number, "rid": number, "ctype": _TYPES[kind]})
            end = start_tag("ept", {"id": number, "rid": number})
            inside = _pieces(children, ids)
            return f"{start}{_words(opening, ids)}</bpt>{inside}{end}{_words(closing, ids)}</ept>"
        case Pair(_, opening, closing, children):
            return f"{_words(opening, ids)}{_pieces(children, ids)}{_words(closing, ids)}"


def _words(text: str, ids: CodeIds) -> str:
    return escaped(text, lambda character: _code_point(character, ids))


def _code_point(character: str, ids: CodeIds) -> str:
    attributes = {"id": ids.id(character), "ctype": CODE_POINT}
    return f"{start_tag('ph', attributes)}U+{ord(character):04X}</ph>"
