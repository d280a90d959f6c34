"""Units written as XLIFF 2.1, https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html.

Of its modules, Metadata (`mda`) keeps what tells an entry, Translation Candidates (`mtc`) the text that an outdated
translation was made for, Size and Length Restriction (`slr`) how much room there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.exchange.code_ids import CodeIds
from kb_gen.locales.exchange.codes import CodeKind, Pair, Piece, Single, Words, cut
from kb_gen.locales.exchange.parcels import Parcel, Shipment
from kb_gen.locales.exchange.units import OutgoingUnit, UnitState, by_entry
from kb_gen.locales.exchange.xml_writing import element, escaped, start_tag
from kb_gen.model import MessageSyntax

__all__ = ["write_xliff2"]

_NAMESPACES = {
    "xmlns": "urn:oasis:names:tc:xliff:document:2.0",
    "xmlns:mda": "urn:oasis:names:tc:xliff:metadata:2.0",
    "xmlns:mtc": "urn:oasis:names:tc:xliff:matches:2.0",
    "xmlns:slr": "urn:oasis:names:tc:xliff:sizerestriction:2.0",
}
_STATES = {UnitState.UNTRANSLATED: "initial", UnitState.FUZZY: "initial", UnitState.APPROVED: "final"}
_TYPES = {
    CodeKind.INSERTION: ("other", "kb-gen:insertion"),
    CodeKind.CONTROL: ("other", "kb-gen:control"),
    CodeKind.CODE: ("other", "kb-gen:code"),
    CodeKind.EVENT: ("link", "kb-gen:event"),
    CodeKind.ADDRESS: ("link", "kb-gen:address"),
    CodeKind.LINK: ("link", None),
    CodeKind.STRONG: ("fmt", "xlf:b"),
    CodeKind.EMPHASIS: ("fmt", "xlf:i"),
}
_MOST_SHOWN = 40


def write_xliff2(shipment: Shipment) -> Iterator[str]:
    """The document, in pieces."""
    languages = {"version": "2.1", "srcLang": shipment.source_language, "trgLang": shipment.locale}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"{start_tag('xliff', {**_NAMESPACES, **languages})}\n"
    for number, parcel in enumerate(shipment.parcels, 1):
        yield from _file(parcel, number, shipment)
    yield "</xliff>\n"


def _file(parcel: Parcel, number: int, shipment: Shipment) -> Iterator[str]:
    directions = {"srcDir": shipment.source_direction, "trgDir": shipment.direction}
    attributes = {"id": f"f{number}", "original": parcel.path, "canResegment": "no", **directions}
    yield f" {start_tag('file', attributes)}\n"
    if any(unit.room is not None for unit in parcel.units):
        yield '  <slr:profiles generalProfile="xliff:codepoints"/>\n'
    for name, units in by_entry(parcel.units):
        if units[0].forms:
            yield f"  {start_tag('group', {'id': f'g-{name}', 'type': 'kb-gen:plural', 'name': units[0].name})}\n"
        for unit in units:
            yield from _unit(unit)
        if units[0].forms:
            yield "  </group>\n"
    yield " </file>\n"


def _unit(unit: OutgoingUnit) -> Iterator[str]:
    data = _OriginalData()
    texts, ids = _Texts(data, unit.kind, unit.syntax), CodeIds()
    source = texts.write(unit.source, ids)
    target = texts.write(unit.target, ids.for_translation())
    room = str(unit.room) if unit.room is not None else None
    attributes = {"id": unit.id, "name": unit.name, "xml:space": "preserve", "slr:sizeRestriction": room}
    yield f"   {start_tag('unit', attributes)}\n"
    if unit.previous:
        yield from _match(unit)
    yield from _metadata(unit)
    yield from _notes(unit)
    yield from data.written("    ")
    sub_state = "kb-gen:needs-review" if unit.state is UnitState.FUZZY else None
    yield f"    {start_tag('segment', {'id': 's1', 'state': _STATES[unit.state], 'subState': sub_state})}\n"
    yield f"     <source>{source}</source>\n"
    if unit.target:
        yield f"     <target>{target}</target>\n"
    yield "    </segment>\n   </unit>\n"


def _match(unit: OutgoingUnit) -> Iterator[str]:
    """The pair of texts that an outdated translation comes from, which tools show beside the new source."""
    if unit.previous is None:
        return
    data = _OriginalData()
    texts, ids = _Texts(data, unit.kind, unit.syntax), CodeIds()
    source = texts.write(unit.previous.source, ids)
    target = texts.write(unit.previous.target, ids.for_translation())
    yield '    <mtc:matches>\n     <mtc:match ref="#s1" type="tm" origin="text before the change">\n'
    yield from data.written("      ")
    yield f'      <source xml:space="preserve">{source}</source>\n'
    yield f'      <target xml:space="preserve">{target}</target>\n'
    yield "     </mtc:match>\n    </mtc:matches>\n"


def _metadata(unit: OutgoingUnit) -> Iterator[str]:
    yield '    <mda:metadata>\n     <mda:metaGroup category="kb-gen">\n'
    if unit.context:
        yield f"      {element('mda:meta', {'type': 'context'}, unit.context)}\n"
    yield f"      {element('mda:meta', {'type': 'exported'}, str(unit.mark))}\n"
    yield "     </mda:metaGroup>\n    </mda:metadata>\n"


def _notes(unit: OutgoingUnit) -> Iterator[str]:
    notes = [element("note", {"category": note.kind.value.replace(" ", "-")}, note.text) for note in unit.notes]
    if unit.comments:
        attributes = {"category": "translator", "appliesTo": "target"}
        notes.append(element("note", attributes, "\n".join(unit.comments)))
    if notes:
        yield "    <notes>\n"
        yield from (f"     {note}\n" for note in notes)
        yield "    </notes>\n"


def _code_point(character: str) -> str:
    return f'<cp hex="{ord(character):04X}"/>'


class _OriginalData:
    """What a unit's codes stand for, each text once."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def id(self, text: str) -> str:
        """The name of a text; a new one is written down."""
        return self._ids.setdefault(text, f"d{len(self._ids) + 1}")

    def written(self, indent: str) -> Iterator[str]:
        """The element, if there is anything in it."""
        if not self._ids:
            return
        yield f"{indent}<originalData>\n"
        for text, number in self._ids.items():
            yield f"{indent} {start_tag('data', {'id': number})}{escaped(text, _code_point)}</data>\n"
        yield f"{indent}</originalData>\n"


class _Texts:
    """Writes a unit's texts, whose codes share their original data."""

    def __init__(self, data: _OriginalData, kind: PairKind, syntax: MessageSyntax) -> None:
        self._data = data
        self._kind = kind
        self._syntax = syntax

    def write(self, text: str, ids: CodeIds) -> str:
        """The content of `<source>` or `<target>`."""
        return self._pieces(cut(text, self._kind, self._syntax), ids)

    def _pieces(self, pieces: Iterable[Piece], ids: CodeIds) -> str:
        return "".join([self._piece(piece, ids) for piece in pieces])

    def _piece(self, piece: Piece, ids: CodeIds) -> str:
        match piece:
            case Words(text):
                return escaped(text, _code_point)
            case Single(kind, text):
                told = {"dataRef": self._data.id(text), "disp": _display(text)}
                return start_tag("ph", {"id": ids.id(text), **self._kept(kind), **told, **_typed(kind)}, "/>")
            case Pair(kind, opening, closing, children):
                start, end = self._data.id(opening), self._data.id(closing)
                told = {
                    "dataRefStart": start,
                    "dataRefEnd": end,
                    "dispStart": _display(opening),
                    "dispEnd": _display(closing),
                }
                tag = start_tag("pc", {"id": ids.id(opening, closing), **self._kept(kind), **told, **_typed(kind)})
                return f"{tag}{self._pieces(children, ids)}</pc>"

    def _kept(self, kind: CodeKind) -> dict[str, str | None]:
        # A message may repeat an insertion string, and a form for one of a thing leave out the number.
        strict = self._kind is PairKind.TEXT and kind.protected
        return {"canCopy": "no", "canDelete": "no"} if strict else {}


def _typed(kind: CodeKind) -> dict[str, str | None]:
    type_, sub_type = _TYPES[kind]
    return {"type": type_, "subType": sub_type}


def _display(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
