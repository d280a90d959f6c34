"""Nodes become the model's types: at full speed where all is well, and with every error named where it isn't.

The fast way builds plain data and lets msgspec convert it. Only if something is odd, the careful way walks the nodes
beside the model's types and says all that is wrong, each with its place (see `careful`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from kb_gen.diagnostics import Diagnostic
from kb_gen.load.careful import Budget, Careful
from kb_gen.load.composition import MAX_DEPTH, MappingNode, Node, ScalarNode, SequenceNode, is_empty
from kb_gen.load.identifiers import canonical_id
from kb_gen.model import Record

__all__ = ["Converted", "Gap", "convert", "convert_mapping", "convert_sound", "plain_data"]

T = TypeVar("T")

Gap = tuple[str | int, ...]
"""The way, in a file's data, to a value that isn't known for certain."""

_SLACK = 100_000
"""Characters and values that aliases may add to what the file holds anyway."""


class _OddError(Exception):
    """The nodes hold something that the careful way has to look at."""


class _TooMuchError(Exception):
    """Aliases make more of the file than it is."""


_ODD = (_OddError, msgspec.ValidationError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Converted(Generic[T]):
    """What could be made of a file's nodes.

    Attributes:
        values: the values, each with its position in the list (None where the file holds one value), or its key.
        diagnostics: all that is wrong with the others.
        partial: what is left of values that are partly wrong, named as in `values`.
        gaps: the ways, in the file's data, to what isn't known for certain; `()` for the file as a whole.
    """

    values: tuple[tuple[Any, T], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    partial: tuple[tuple[Any, T], ...] = ()
    gaps: tuple[Gap, ...] = ()


def plain_data(node: Node, budget: Budget, depth: int = 0) -> Any:  # noqa: ANN401 - any shape of data
    """Strings, lists and dicts as they stand in the nodes.

    Raises:
        _OddError: there are tags, keys that aren't scalars, duplicate or merge keys, or empty values.
        _TooMuchError: aliases make more of the file than it is.
    """
    if node.tag:
        raise _OddError
    written = node.value
    budget.left -= len(written)
    if budget.left < 0:
        raise _TooMuchError
    kind = type(node)
    if kind is ScalarNode:
        if is_empty(node):
            raise _OddError
        return written
    if depth > MAX_DEPTH:
        raise _TooMuchError
    if kind is SequenceNode:
        return [plain_data(item, budget, depth + 1) for item in written]
    data = {}
    for name, item in written:
        if type(name) is not ScalarNode or name.tag:
            raise _OddError
        # Most values are texts, so those are taken here, without a call.
        if type(item) is ScalarNode and not item.tag and not is_empty(item):
            value = data[name.value] = item.value
            budget.left -= len(value)
            if budget.left < 0:
                raise _TooMuchError
        else:
            data[name.value] = plain_data(item, budget, depth + 1)
    if len(data) != len(written) or "<<" in data:
        raise _OddError
    return data


def convert_sound(root: Node, model: type[T], text: str) -> tuple[tuple[Any, T], ...] | None:
    """As the values of `convert`, for nodes that may break the limits on nesting; None if anything may be wrong.

    Args:
        root: the file's nodes.
        model: the type to make.
        text: the file's decoded text.
    """
    listed = isinstance(root, SequenceNode)
    budget = Budget(3 * len(text) + _SLACK)
    # One level more than there are: what has its values at the last one may be too deep, and is left to `convert`.
    depth = 3 if listed else 2
    try:
        if listed:
            return tuple([(index, _value(node, model, budget, depth)) for index, node in enumerate(root.value)])
        return ((None, _value(root, model, budget, depth)),)
    except (_TooMuchError, *_ODD):
        return None


def convert(root: Node, model: type[T], path: str, text: str) -> Converted[T]:
    """One value of type `model`, or a list of them.

    Args:
        root: the file's nodes.
        model: the type to make.
        path: the file, for places.
        text: the file's decoded text.
    """
    listed = isinstance(root, SequenceNode)
    nodes: list[tuple[Any, Node]] = list(enumerate(root.value)) if listed else [(None, root)]
    return _each(nodes, model, path, text)


def convert_mapping(root: Node, model: type[T], path: str, text: str) -> Converted[T]:
    """A mapping of names to values of type `model`. Arguments as for `convert`."""
    careful = Careful(path, text, Budget(3 * len(text) + _SLACK))
    if not isinstance(root, MappingNode):
        careful.expect(
            "a mapping of names to entries", root, (), "begin each entry with its name, without `- ` before it: `name:`"
        )
        return Converted(diagnostics=tuple(careful.faults), gaps=((),))
    nodes = [(name.value, item) for name, item in careful.pairs(root)]
    found = _each(nodes, model, path, text)
    faults = (*careful.faults, *found.diagnostics)
    return Converted(found.values, faults, found.partial, (*careful.gaps, *found.gaps))


def _each(nodes: list[tuple[Any, Node]], model: type[T], path: str, text: str) -> Converted[T]:
    values: list[tuple[Any, T]] = []
    partial: list[tuple[Any, T]] = []
    faults: list[Diagnostic] = []
    gaps: list[Gap] = []
    budget = Budget(3 * len(text) + _SLACK)
    slow_budget = Budget(budget.left)
    for name, node in nodes:
        try:
            values.append((name, _value(node, model, budget)))
        except _TooMuchError:
            careful = Careful(path, text, slow_budget)
            careful.too_much(node)
            faults.extend(careful.faults)
            # The rest isn't looked at: it would only be told to be too much, too.
            gaps.append(())
            break
        except _ODD:
            careful = Careful(path, text, slow_budget)
            value = careful.convert(node, model)
            faults.extend(careful.faults)
            above = () if name is None else (name,)
            gaps.extend((*above, *gap) for gap in careful.gaps)
            if value is not None:
                (partial if careful.faults else values).append((name, value))
            if slow_budget.left < 0:
                gaps.append(())
                break
    return Converted(tuple(values), tuple(faults), tuple(partial), tuple(gaps))


def _value(node: Node, model: type[T], budget: Budget, depth: int = 0) -> T:
    data = plain_data(node, budget, depth)
    if model is Record:
        data["id"] = canonical_id(data["id"]) or _refuse()
    return msgspec.convert(data, model, strict=False, str_keys=True)


def _refuse() -> str:
    raise _OddError
