"""YAML text becomes a tree of nodes, within limits on depth and size, every scalar a plain string.

Only what a record needs of YAML is read: mappings, sequences and scalars, in one document. PyYAML's own constructors
never run, so that no tag can name a Python type and no scalar is guessed to be a number, a truth value or a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import yaml
from yaml.composer import Composer
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

__all__ = [
    "MAX_DEPTH",
    "MAX_VALUES",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "TooDeepError",
    "TooManyValuesError",
    "compose",
    "compose_unbounded",
    "is_empty",
]

MAX_DEPTH = 40
"""Levels of nesting: a record needs four, and two more for each level of sub-steps."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

MAX_VALUES = 200_000
"""Values in a file, keys included: what a file of the greatest size holds, if it is made of records."""


class TooDeepError(yaml.YAMLError):
    """The file nests deeper than any record does.

    Attributes:
        start: where the innermost value that is allowed begins.
    """

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start = start


class TooManyValuesError(yaml.YAMLError):
    """The file holds more values than any list of records does."""


class _Untyped:
    """The resolver's part of a loader: no type is ever guessed, and the depth is counted.

    The composer calls these for every node, so they say no more than they must.
    """

    depth = 0
    values = 0

    resolve: Callable[..., str] = "".format
    """An empty tag, whatever the arguments, for what has none of its own, so that a tag that was written is seen."""

    def descend_resolver(self, parent: Any, index: Any) -> None:  # noqa: ARG002, ANN401 - PyYAML's interface
        """Called by the composer before each node."""
        self.depth = depth = self.depth + 1
        self.values = values = self.values + 1
        if depth > MAX_DEPTH:
            raise TooDeepError(parent.start_mark.index)
        if values > MAX_VALUES:
            raise TooManyValuesError

    def ascend_resolver(self) -> None:
        """Called by the composer after each node."""
        self.depth -= 1


class PureLoader(_Untyped, Reader, Scanner, Parser, Composer):
    """PyYAML's own scanner and parser, where libyaml is missing."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


def _fastest() -> tuple[Any, Any]:
    """A loader that keeps the limits; and one that doesn't count, which spares it two calls for each node."""
    try:
        from yaml._yaml import CParser  # noqa: PLC0415 - missing where PyYAML was built without libyaml
    except ImportError:
        return PureLoader, PureLoader

    class CLoader(_Untyped, CParser):
        """libyaml: ten times faster, otherwise the same."""

    class Unbounded(CParser):
        """The same without limits. These functions of C take any arguments and do nothing."""

        resolve = descend_resolver = ascend_resolver = "".format

    return CLoader, Unbounded


_LOADER, _UNBOUNDED = _fastest()

_FLOWS = 64
_DEEP = re.compile(r"\n[ \t?:-]{33}")
_OTHER_BREAKS = ("\x85", "\u2028", "\u2029")


def is_empty(node: Any) -> bool:  # noqa: ANN401 - narrowed by its class, which mypy can't see
    """Whether a scalar has no value: nothing is written, or one of YAML's words for nothing, without quotes."""
    return not node.value or (node.value in _NULLS and not node.style)


def compose(text: str, loader: Any = _LOADER) -> Node | None:  # noqa: ANN401 - PyYAML's loaders share no type
    """The tree of `text`, None where it holds nothing but comments.

    Nodes' marks hold offsets into `text`, counted in characters. An alias yields the very node of its anchor.

    Raises:
        yaml.YAMLError: `text` is no YAML, or more than one document, or beyond the limits.
    """
    return cast("Node | None", loader(text).get_single_node())


def compose_unbounded(text: str) -> Node | None:
    """The tree of `text`, which may break the limits, though not by so much that this would do harm.

    A third faster than `compose`. None where there is nothing, and where the text has to be looked at by that.

    Raises:
        yaml.YAMLError: as `compose`, the limits aside.
    """
    return cast("Node | None", _UNBOUNDED(text).get_single_node()) if _is_harmless(text) else None


def _is_harmless(text: str) -> bool:
    """Whether a text certainly holds no more values, and nests not much deeper, than the limits allow.

    A character makes two values at most. Whatever nests deeply has as many brackets in flow style, and in block style a
    line that begins with as many blanks and indicators.
    """
    return (
        2 * len(text) <= MAX_VALUES
        and text.count("[") + text.count("{") <= _FLOWS
        and not _DEEP.search(f"\n{text}")
        and text.count("\r") == text.count("\r\n")
        and not any(mark in text for mark in _OTHER_BREAKS)
    )
