"""YAML files of authors get a further value, or another one, and keep every other byte.

Where a value goes is read off the file's nodes. What comes out is read again before anybody writes it: it has to say
what the file said and the amendment, and nothing else; otherwise there is no amendment.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import Any

import yaml

from kb_gen.load.composition import MappingNode, Node, ScalarNode, SequenceNode, compose
from kb_gen.load.places import DataPath, extent
from kb_gen.load.record_writing import Written, field_lines, flow_value

__all__ = ["bytes_like", "text_of", "with_field", "with_item", "with_value"]


def text_of(data: bytes) -> str:
    """The text of a file that could be loaded, without a byte order mark."""
    return data.removeprefix(codecs.BOM_UTF8).decode()


def bytes_like(data: bytes, text: str) -> bytes:
    """The bytes of a file that holds `text`, with a byte order mark if `data`, which it held before, has one."""
    return (codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b"") + text.encode()


def with_field(text: str, where: DataPath, name: str, value: Written, order: Sequence[str] = ()) -> str | None:
    """A file's text with a field more in one of its mappings.

    Args:
        text: the file's decoded text, after a byte order mark.
        where: the way to the mapping.
        name: the field.
        value: what it says.
        order: the fields' usual order; one that isn't in it goes to the end.

    Returns:
        The text, or None where the file is written in a way that this can't be done in for certain.
    """
    node = _node(text, where)
    if node is None and not where and not _is_broken(text):
        # Nothing but comments, if anything.
        newline = _newline(text)
        start = f"{text}{newline}" if text and not text.endswith("\n") else text
        return start + "".join(f"{line}{newline}" for line in field_lines(name, value))
    if not isinstance(node, MappingNode) or any(key.value == name for key, _ in node.value):
        return None
    before = _before(node, name, order)
    if node.flow_style or before is None:
        fresh = _in_braces(text, node, before, name, value)
    else:
        key = before[0]
        lines = field_lines(name, value, " " * _column(text, key))
        fresh = _inserted(text, _end(before[1], text, key), lines)
    return fresh if fresh is not None and _says(fresh, text, where, name, value) else None


def with_item(text: str, where: DataPath, value: Written) -> str | None:
    """A file's text with an item more at the end of one of its lists; returns as `with_field`."""
    node = _node(text, where)
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        return None
    last = node.value[-1]
    # An item's own column is behind its dash.
    indent = _dash(text, last)
    if indent is None:
        return None
    head, *more = field_lines("-", [value], indent)[1:]
    lines = [head[2:], *(line[2:] for line in more)]
    fresh = _inserted(text, _end(last, text, last), lines)
    known = _data(node)
    wanted = [*known, value] if isinstance(known, list) else None
    return fresh if fresh is not None and _data(_node(fresh, where)) == wanted else None


def with_value(text: str, where: DataPath, value: Written) -> str | None:
    """A file's text with another value in the place of one; returns as `with_field`."""
    *above, name = where
    node = _node(text, above)
    if not isinstance(node, MappingNode):
        return None
    pair = next((pair for pair in node.value if pair[0].value == str(name)), None)
    if pair is None:
        return None
    key, old = pair
    start, end = key.end_mark.index, _end(old, text, key)
    colon = text.find(":", start)
    if node.flow_style:
        fresh = f"{text[: colon + 1]} {flow_value(value)}{text[old.end_mark.index :]}"
    else:
        behind = _rest_of_line(text, old) if isinstance(old, ScalarNode) and old.style not in ("|", ">") else ""
        newline = _newline(text)
        lines = field_lines(str(name), value, " " * _column(text, key))
        lines[0] = lines[0][lines[0].index(":") + 1 :]
        # A comment behind the old value stays where it was.
        lines[0] += behind if len(lines) == 1 else ""
        fresh = text[: colon + 1] + newline.join(lines) + text[end:]
    wanted = _data(_node(text, above))
    if isinstance(wanted, dict):
        wanted[str(name)] = value
    return fresh if _data(_node(fresh, above)) == wanted else None


def _is_broken(text: str) -> bool:
    try:
        compose(text)
    except yaml.YAMLError:
        return True
    return False


def _node(text: str, where: DataPath) -> Node | None:
    try:
        node = compose(text)
    except yaml.YAMLError:
        return None
    for part in where:
        node = _child(node, part)
    return node


def _child(node: Node | None, part: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        found = node.value[part]
        assert isinstance(found, Node)
        return found
    return None


def _before(node: MappingNode, name: str, order: Sequence[str]) -> tuple[Any, Any] | None:
    """The field that a new one goes behind: the last that stands before it by the usual order, else the last of all."""
    earlier = set(order[: order.index(name)]) if name in order else None
    pairs: list[tuple[Any, Any]] = [(key, value) for key, value in node.value]
    fitting = [pair for pair in pairs if earlier is None or pair[0].value in earlier]
    found = fitting or pairs
    return found[-1] if found else None


def _column(text: str, key: Node) -> int:
    start: int = key.start_mark.index
    return start - (text.rfind("\n", 0, start) + 1)


def _dash(text: str, item: Node) -> str | None:
    """The blanks before an item's dash."""
    start: int = item.start_mark.index
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return line[: len(line) - len(line.lstrip())] if line.strip() == "-" else None


def _end(node: Node, text: str, key: Node) -> int:
    """Where the last line of a value ends, before its line end."""
    if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1], text, last[0]) if isinstance(last, tuple) else _end(last, text, last)
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        header: str = text[node.start_mark.index :].split("\n", 1)[0]
        if "+" in header:
            return int(node.end_mark.index)
        return max(extent(node, text)[1], node.start_mark.index + len(header.rstrip("\r")))
    end = int(max(node.end_mark.index, key.end_mark.index))
    line_end = text.find("\n", end)
    end = len(text) if line_end < 0 else line_end
    return end - 1 if text[end - 1 : end] == "\r" else end


def _rest_of_line(text: str, node: Node) -> str:
    """A comment behind a value, with the blanks before it."""
    end: int = node.end_mark.index
    line = text[end:].split("\n", 1)[0].rstrip("\r")
    return line if line.strip().startswith("#") else ""


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _inserted(text: str, end: int, lines: Sequence[str]) -> str:
    newline = _newline(text)
    added = newline.join(line.replace("\n", newline) for line in lines)
    if text[:end].endswith("\n"):
        return f"{text[:end]}{added}{newline}{text[end:]}"
    return f"{text[:end]}{newline}{added}{text[end:]}"


def _in_braces(text: str, node: MappingNode, before: tuple[Any, Any] | None, name: str, value: Written) -> str | None:
    end: int = before[1].end_mark.index if before else node.start_mark.index + 1
    comma = ", " if before else ""
    if text[node.start_mark.index : node.start_mark.index + 1] != "{":
        return None
    return f"{text[:end]}{comma}{flow_value(name)}: {flow_value(value)}{text[end:]}"


def _says(fresh: str, text: str, where: DataPath, name: str, value: Written) -> bool:
    """Whether a text says what another does, and one field more."""
    whole, before = _data(_node(fresh, ())), _data(_node(text, ()))
    inner: Any = before
    for part in where:
        inner = inner[part if isinstance(inner, list) else str(part)]
    inner[name] = value
    return bool(whole == before)


def _data(node: Node | None) -> Any:  # noqa: ANN401 - any shape of data
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [_data(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {str(key.value): _data(value) for key, value in node.value}
    return None
