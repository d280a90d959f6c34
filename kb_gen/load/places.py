"""Paths into a file's data become stretches of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from kb_gen.load.alignment import align
from kb_gen.load.composition import MappingNode, Node, ScalarNode, SequenceNode, compose

__all__ = ["DataPath", "Outline", "extent", "locate"]

DataPath = Sequence[str | int]
"""Keys and positions from the root of a file's data to one of its values: `("actions", 0, "text")`."""

_ANCHOR = re.compile(r"&[\w-]+\s+")


class Outline:
    """Where each value of one file stands. Composes the file once and answers any number of questions.

    Attributes:
        text: the file's decoded text, after a byte order mark.
    """

    def __init__(self, text: str, root: Node | None = None) -> None:
        self.text = text
        self._root = root
        self._composed = root is not None

    def locate(
        self,
        path: DataPath,
        within: tuple[int, int] | None = None,
        *,
        key: bool = False,
    ) -> tuple[int, int]:
        """See `locate`."""
        named, node = self._find(path)
        if key and named is not None:
            return extent(named, self.text)
        if node is None:
            return (0, 0)
        if within is not None and isinstance(node, ScalarNode):
            return _stretch(node, self.text, within)
        return extent(node, self.text)

    def _find(self, path: DataPath) -> tuple[Node | None, Node | None]:
        """Key and value at `path`, or the nearest that holds it where it leads nowhere."""
        if not self._composed:
            self._composed = True
            try:
                self._root = compose(self.text)
            except yaml.YAMLError:
                self._root = None
        named: Node | None = None
        node = self._root
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            named, node = found
        return named, node


def _child(node: Node | None, part: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if isinstance(name, ScalarNode) and (name.value == str(part) or _same_number(name.value, part)):
                return name, value
    elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


def _same_number(written: str, part: str | int) -> bool:
    return isinstance(part, int) and written.lstrip("0") == str(part)


def _raw(node: ScalarNode, text: str) -> tuple[int, int]:
    """Start and end of a scalar with its quotes or block header, without its anchor."""
    start, end = node.start_mark.index, node.end_mark.index
    if match := _ANCHOR.match(text, start, end):
        start = match.end()
    return start, end


def extent(node: Node, text: str) -> tuple[int, int]:
    """Start and end of a whole value, without the white space and line ends that YAML counts to it."""
    if isinstance(node, ScalarNode):
        start, end = _raw(node, text)
    else:
        start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        content = text.find("\n", start, end) + 1 or start
        content += len(text[content:end]) - len(text[content:end].lstrip())
        # An empty block has no content to point to, only its header.
        start = content if content < end else start
    return start, start + len(text[start:end].rstrip())


def _stretch(node: ScalarNode, text: str, within: tuple[int, int]) -> tuple[int, int]:
    start, end = _raw(node, text)
    stretches = align(text[start:end], node.style, node.value)
    first, last = within
    if stretches is None or not 0 <= first <= last <= len(stretches):
        return extent(node, text)
    if first == last:
        point = stretches[first][0] if first < len(stretches) else stretches[-1][1] if stretches else 0
        return start + point, start + point
    return start + stretches[first][0], start + stretches[last - 1][1]


def locate(
    text: str,
    path: DataPath,
    within: tuple[int, int] | None = None,
    *,
    key: bool = False,
) -> tuple[int, int]:
    """Start and end of a value of a YAML file, as offsets into its text.

    Args:
        text: the file's decoded text, after a byte order mark.
        path: the way to the value; where it leads nowhere, the innermost value on the way is meant.
        within: a stretch of the decoded scalar. Where it can't be mapped to the raw text for certain, the whole
            scalar is returned.
        key: the key instead of its value.

    Returns:
        Offsets of the first character and behind the last; `(0, 0)` for a file without data.
    """
    return Outline(text).locate(path, within, key=key)
