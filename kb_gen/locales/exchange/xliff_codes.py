"""The texts of XLIFF elements, with every code replaced by what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb_gen.locales.exchange.elements import Node
from kb_gen.locales.exchange.xliff12_writing import CODE_POINT

__all__ = ["LostCode", "text_of_xliff2", "text_of_xliff12"]


class LostCode(ValueError):  # noqa: N818 - named for what it says
    """A code of which the file doesn't say what it stands for, or which can't stand for it."""


@dataclass(frozen=True, slots=True)
class _Code:
    """What a code of the source stands for."""

    opening: str
    closing: str = ""


def text_of_xliff2(node: Node, data: Mapping[str, str], source: Node | None) -> str:
    """The text of a `<source>` or `<target>` of XLIFF 2.

    Args:
        node: the element.
        data: what the unit's `<originalData>` says, by id.
        source: the `<source>` of the same segment, whose codes a translation may name by their id alone; None for
            the source itself.

    Raises:
        LostCode: a code says nowhere what it stands for.
    """
    known = _codes_of_xliff2(source, data) if source else {}
    return _inner(node, data, known)


def _xliff2(child: Node | str, data: Mapping[str, str], known: Mapping[str, _Code]) -> str:
    if isinstance(child, str):
        return child
    attributes = child.attributes
    match child.name:
        case "cp":
            return _character(attributes.get("hex", ""))
        case "ph" | "sc":
            return _opening(child, "dataRef", data, known)
        case "ec":
            return _closing(child, "dataRef", data, known)
        case "pc":
            opening = _opening(child, "dataRefStart", data, known)
            return f"{opening}{_inner(child, data, known)}{_closing(child, 'dataRefEnd', data, known)}"
        case "sm" | "em":
            return ""
        case "mrk":
            return _inner(child, data, known)
        case _:
            raise LostCode(f"`<{child.name}>` is no code of XLIFF")


def _inner(node: Node, data: Mapping[str, str], known: Mapping[str, _Code]) -> str:
    return "".join(_xliff2(child, data, known) for child in node.children)


def _opening(node: Node, reference: str, data: Mapping[str, str], known: Mapping[str, _Code]) -> str:
    if (name := node.attributes.get(reference)) is not None and name in data:
        return data[name]
    for key in ("id", "copyOf"):
        if (code := known.get(node.attributes.get(key, ""))) is not None:
            return code.opening
    raise _lost(node)


def _closing(node: Node, reference: str, data: Mapping[str, str], known: Mapping[str, _Code]) -> str:
    if (name := node.attributes.get(reference)) is not None and name in data:
        return data[name]
    for key in ("startRef", "id", "copyOf"):
        if (code := known.get(node.attributes.get(key, ""))) is not None:
            return code.closing
    raise _lost(node)


def _codes_of_xliff2(source: Node, data: Mapping[str, str]) -> dict[str, _Code]:
    found: dict[str, _Code] = {}
    ends: dict[str, str] = {}
    for node in _inside(source):
        attributes = node.attributes
        name = attributes.get("id", "")
        match node.name:
            case "ph" | "sc" if attributes.get("dataRef", "") in data:
                found[name] = _Code(data[attributes["dataRef"]])
            case "pc":
                start, end = attributes.get("dataRefStart", ""), attributes.get("dataRefEnd", "")
                if start in data and end in data:
                    found[name] = _Code(data[start], data[end])
            case "ec" if attributes.get("dataRef", "") in data:
                ends[attributes.get("startRef", name)] = data[attributes["dataRef"]]
    for name, closing in ends.items():
        found[name] = _Code(found[name].opening if name in found else "", closing)
    return found


def text_of_xliff12(node: Node, source: Node | None) -> str:
    """The text of a `<source>` or `<target>` of XLIFF 1.

    Args:
        node: the element.
        source: the unit's `<source>`, whose codes a translation may name by their id alone; None for the source
            itself.

    Raises:
        LostCode: a code says nowhere what it stands for.
    """
    known = _codes_of_xliff12(source) if source else {}
    return "".join(_xliff12(child, known) for child in node.children)


def _xliff12(child: Node | str, known: Mapping[tuple[str, str], _Code]) -> str:
    if isinstance(child, str):
        return child
    code = next((known[name] for name in _names(child) if name in known), None)
    match child.name:
        case "ph" | "it" if child.attributes.get("ctype") == CODE_POINT:
            return _character(child.text.removeprefix("U+"))
        case "ph" | "bpt" | "ept" | "it" if child.text:
            return child.text
        case "ept" | "ex" if code:
            return code.closing
        case "ph" | "bpt" | "it" | "x" | "bx" if code:
            return code.opening
        case "g" if code:
            return f"{code.opening}{''.join(_xliff12(inner, known) for inner in child.children)}{code.closing}"
        case "x" if child.attributes.get("equiv-text"):
            return child.attributes["equiv-text"]
        case "mrk":
            return "".join(_xliff12(inner, known) for inner in child.children)
        case _:
            raise _lost(child)


def _codes_of_xliff12(source: Node) -> dict[tuple[str, str], _Code]:
    found: dict[tuple[str, str], _Code] = {}
    for node in _inside(source):
        for name in _names(node):
            match node.name:
                case "ph" | "it" if node.attributes.get("ctype") == CODE_POINT:
                    found[name] = _Code(_character(node.text.removeprefix("U+")))
                case "ph" | "bpt" | "it":
                    found[name] = _Code(node.text)
                case "ept":
                    found[name] = _Code(found[name].opening if name in found else "", node.text)
    return found


def _names(node: Node) -> list[tuple[str, str]]:
    """What a code goes by: a pair may have a number of its own, apart from its elements'."""
    return [(key, node.attributes[key]) for key in ("rid", "id") if key in node.attributes]


def _inside(node: Node) -> list[Node]:
    """All elements in a node, at any depth, in their order."""
    found: list[Node] = []
    for child in node.elements:
        found += (child, *_inside(child))
    return found


def _character(hexadecimal: str) -> str:
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError) as reason:
        raise LostCode(f"there is no character U+{hexadecimal}") from reason


def _lost(node: Node) -> LostCode:
    name = node.attributes.get("id", "")
    return LostCode(f'the code `<{node.name} id="{name}">` doesn\'t say what it stands for')
