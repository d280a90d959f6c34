"""Translated XLIFF read back: 2.0 to 2.2, and 1.0 to 1.2.

Tools may have cut a unit into segments, marked terms in it, or put codes into other elements that mean the same; what
comes out is the translation as a catalog has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from kb_gen.load.xml_reading import BrokenXml
from kb_gen.locales.exchange.elements import Node, read_elements
from kb_gen.locales.exchange.units import Mark, ReturnedUnit, UnitState
from kb_gen.locales.exchange.xliff_codes import LostCode, text_of_xliff2, text_of_xliff12

__all__ = ["read_xliff"]

_UNITS = frozenset({"unit", "trans-unit"})
_NUMBER = re.compile("[0-9]{1,6}")
_CATALOG = re.compile(r"([^/\\]+?)(?:\.po)?\Z")


def read_xliff(file: BinaryIO) -> Iterator[ReturnedUnit]:
    """The units of a file, one by one.

    Args:
        file: the file's bytes.

    Raises:
        BrokenXml: the file can't be read, or isn't XLIFF.
    """
    for around, node in read_elements(file, _UNITS):
        if not around:
            if node.name != "xliff":
                message = f"this is XML, but no XLIFF: it begins with `<{node.name}>`"
                raise BrokenXml(message, node.line, 0)
            continue
        if node.name == "unit":
            yield _of_xliff2(around, node)
        else:
            yield _of_xliff12(around, node)


def _catalog(around: tuple[Node, ...]) -> str:
    names = (node.attributes.get("original", "") for node in reversed(around) if node.name == "file")
    match = _CATALOG.search(next(names, ""))
    return match[1] if match else ""


def _of_xliff2(around: tuple[Node, ...], unit: Node) -> ReturnedUnit:
    segments, problem = [], ""
    try:
        segments = _segments(unit)
    except LostCode as reason:
        problem = str(reason)
    states = [segment.state for segment in segments if segment.state is not None]
    untranslated = states.count(UnitState.UNTRANSLATED)
    if 0 < untranslated < len(states):
        problem = f"only {len(states) - untranslated} of the unit's {len(states)} segments are translated"
    in_order = sorted(segments, key=lambda segment: segment.order)
    told = _metadata(unit)
    return ReturnedUnit(
        id=unit.attributes.get("id", ""),
        source="".join(segment.source for segment in segments),
        target="" if untranslated else "".join(segment.target for segment in in_order),
        state=UnitState.FUZZY if UnitState.FUZZY in states else UnitState.APPROVED,
        mark=Mark.read(told.get("exported", "")),
        comments=_comments_of_xliff2(unit),
        context=told.get("context"),
        locale=around[0].attributes.get("trgLang", ""),
        catalog=_catalog(around),
        line=next((segment.line for segment in segments if segment.target), unit.line),
        problem=problem,
    )


class _Segment(NamedTuple):
    """A part of a unit's text; white space between parts has no state."""

    source: str
    target: str
    order: int
    state: UnitState | None
    line: int = 0


def _segments(unit: Node) -> list[_Segment]:
    data = _original_data(unit)
    parts = [node for node in unit.elements if node.name in {"segment", "ignorable"}]
    segments = []
    for place, part in enumerate(parts, 1):
        source, target = part.first("source"), part.first("target")
        written = text_of_xliff2(source, data, None) if source is not None else ""
        if target is None:
            state = UnitState.UNTRANSLATED if part.name == "segment" else None
            segments.append(_Segment(written, "" if state else written, place, state))
            continue
        text = text_of_xliff2(target, data, source)
        state = _state_of_xliff2(part, text) if part.name == "segment" else None
        segments.append(_Segment(written, text, _order(target, place), state, target.line))
    return segments


def _original_data(unit: Node) -> dict[str, str]:
    element = unit.first("originalData")
    if element is None:
        return {}
    return {
        node.attributes.get("id", ""): text_of_xliff2(node, {}, None)
        for node in element.elements
        if node.name == "data"
    }


def _order(target: Node, place: int) -> int:
    order = target.attributes.get("order", "")
    return int(order) if _NUMBER.fullmatch(order) else place


def _state_of_xliff2(segment: Node, translation: str) -> UnitState:
    if not translation:
        return UnitState.UNTRANSLATED
    initial = segment.attributes.get("state", "initial") == "initial"
    return UnitState.FUZZY if initial else UnitState.APPROVED


def _metadata(unit: Node) -> dict[str, str]:
    """What we have noted of a unit."""
    return {
        meta.attributes.get("type", ""): meta.text
        for metadata in unit.elements
        if metadata.name == "metadata"
        for group in metadata.elements
        if group.attributes.get("category") == "kb-gen"
        for meta in group.elements
    }


def _comments_of_xliff2(unit: Node) -> tuple[str, ...]:
    notes = unit.first("notes")
    if notes is None:
        return ()
    own = (note.text for note in notes.elements if note.attributes.get("category", "translator") == "translator")
    return tuple(line for text in own for line in text.splitlines() if line.strip())


def _of_xliff12(around: tuple[Node, ...], unit: Node) -> ReturnedUnit:
    file = next((node for node in reversed(around) if node.name == "file"), around[0])
    source, target = unit.first("source"), unit.first("target")
    problem = text = ""
    original = None
    try:
        original = text_of_xliff12(source, None) if source is not None else None
        text = text_of_xliff12(target, source) if target is not None else ""
    except LostCode as reason:
        problem = str(reason)
    contexts = [
        context.text
        for group in unit.elements
        if group.name == "context-group"
        for context in group.elements
        if context.attributes.get("context-type") == "x-po-msgctxt"
    ]
    return ReturnedUnit(
        id=unit.attributes.get("id", ""),
        source=original,
        target=text,
        state=_state_of_xliff12(unit, target),
        mark=Mark.read(unit.attributes.get("extradata", "")),
        comments=_comments_of_xliff12(unit),
        context=contexts[0] if contexts else None,
        locale=file.attributes.get("target-language", ""),
        catalog=_catalog(around),
        line=target.line if target is not None else unit.line,
        problem=problem,
    )


_UNFINISHED = ("new", "needs-")


def _state_of_xliff12(unit: Node, target: Node | None) -> UnitState | None:
    state = target.attributes.get("state", "") if target is not None else ""
    approved = unit.attributes.get("approved", "")
    if state.startswith(_UNFINISHED) or (not state and approved == "no"):
        return UnitState.FUZZY
    return UnitState.APPROVED if state or approved == "yes" else None


def _comments_of_xliff12(unit: Node) -> tuple[str, ...]:
    own = (note.text for note in unit.elements if note.name == "note" and note.attributes.get("from") == "translator")
    return tuple(line for text in own for line in text.splitlines() if line.strip())
