"""Nodes are walked beside the model's types, and everything that is wrong is named in authors' words.

What is right beside a fault is kept, so that the rules can look at it in the same run: a fault leaves a gap.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load.composition import MAX_DEPTH, MappingNode, Node, ScalarNode, SequenceNode, is_empty
from kb_gen.load.identifiers import canonical_id
from kb_gen.load.places import extent
from kb_gen.model import Record

__all__ = ["Budget", "Careful"]

T = TypeVar("T")

_Where = tuple[str | int, ...]

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
_GAP: Any = object()
"""Stands for a value that couldn't be read."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Budget:
    """How many more characters and values a file may turn out to hold, aliases counted each time."""

    left: int


@dataclass(slots=True)
class Careful:
    """Walks nodes beside types and gathers every fault.

    Attributes:
        faults: all that is wrong.
        gaps: the ways to values that aren't known for certain: they are wrong, or another field may have been meant.
    """

    path: str
    text: str
    budget: Budget
    faults: list[Diagnostic] = field(default_factory=list)
    gaps: list[_Where] = field(default_factory=list)
    depth: int = 0
    root: Node | None = None

    def convert(self, node: Node, model: type[T]) -> T | None:
        """The value, without whatever is a fault; None where nothing is left of it."""
        self.root = node
        data = self.value(node, inspect.type_info(model), ())
        if data is _GAP or self.budget.left < 0:
            self.gaps.append(())
            return None
        try:
            return msgspec.convert(data, model, strict=False, str_keys=True)
        except msgspec.ValidationError as reason:
            self.fault("wrong-type", str(reason).lower(), node, _FIELDS)
            self.gaps.append(())
            return None

    def fault(self, code: str, message: str, node: Node, help: str = "", related: tuple[Node, ...] = ()) -> None:
        """Note that something is wrong with `node`; `related` are nodes that came first."""
        self.faults.append(
            error(code, message, self.place(node), help, tuple(self.place(other, "first here") for other in related))
        )

    def place(self, node: Node, label: str = "") -> Place:
        """Where `node` stands."""
        return Place(self.path, *extent(node, self.text), label=label)

    def expect(self, wanted: str, node: Node, where: _Where, help: str) -> None:
        """Note that `node`, the value of the field that `where` ends in, has to be something else."""
        subject = _subject(where) if where else "this"
        self.fault("wrong-type", f"{subject} has to be {wanted}, not {_described(node)}", node, help)

    def _unquoted(self, node: Node) -> str:
        """What to do where a text may be meant that YAML takes for something else."""
        start, end = extent(node, self.text)
        written = self.text[start:end]
        if written[:1] not in {"[", "{"}:
            return ""
        plain = len(written) <= 40 and not set("'\n") & set(written)
        return "if a text is meant, put it in quotes" + (f": `'{written}'`" if plain else "")

    def value(self, node: Node, kind: inspect.Type, where: _Where) -> Any:  # noqa: ANN401 - any shape
        """Data that msgspec converts to `kind`; whatever isn't of that kind is a fault, and a gap."""
        if node.tag:
            self.fault("yaml-tag", f"YAML tags such as `{_tag(node)}` aren't used here", node, "remove the tag")
            return _GAP
        self.budget.left -= 1 + (len(node.value))
        if self.budget.left < 0 or self.depth > MAX_DEPTH:
            self.too_much(self.root or node)
            return _GAP
        kind = _written_kind(kind)
        self.depth += 1
        try:
            return self._of_kind(node, kind, where)
        finally:
            self.depth -= 1

    def too_much(self, root: Node) -> None:
        """Note that aliases in `root` make more of the file than it is."""
        if any(fault.code == "yaml-alias" for fault in self.faults):
            return
        node, endless = _overgrown(root, len(self.text))
        if endless:
            message, help = f"{_described(node)} contains itself, by an alias", "remove the alias"  # noqa: A001
        else:
            message = "aliases repeat so much that this would grow beyond all measure"
            help = "write the values out, or share steps in content/snippets.yml"  # noqa: A001
        self.fault("yaml-alias", message, node, help)

    def _of_kind(self, node: Node, kind: inspect.Type, where: _Where) -> Any:  # noqa: ANN401 - any shape
        if isinstance(node, ScalarNode) and is_empty(node):
            self._empty(node, where)
            return _GAP
        if isinstance(kind, inspect.StructType):
            return self._struct(node, kind, where)
        if isinstance(kind, inspect.DictType):
            return self._dict(node, kind, where)
        if isinstance(kind, inspect.VarTupleType):
            if not isinstance(node, SequenceNode):
                self.expect("a list", node, where, "write each item on a line of its own, after `- `")
                return _GAP
            # What stands for a gap keeps the places of the others.
            return [self._or_blank(item, kind.item_type, (*where, n)) for n, item in enumerate(node.value)]
        if not isinstance(node, ScalarNode):
            wanted, help = _WANTED.get(type(kind), _SINGLE)  # noqa: A001
            self.expect(wanted, node, where, self._unquoted(node) or help)
            return _GAP
        return self._scalar(node, kind, where)

    def _empty(self, node: Node, where: _Where) -> None:
        if where:
            help = "write the value, or remove the line"  # noqa: A001
            if node.value:
                help += f"; if the word is meant, put it in quotes: `'{node.value}'`"  # noqa: A001
            self.fault("empty-value", f"{_subject(where)} has no value", node, help)
        else:
            self.fault("empty-value", "there is nothing here", node, "write a record, or remove it")

    def _or_blank(self, node: Node, kind: inspect.Type, where: _Where) -> Any:  # noqa: ANN401 - any shape
        value = self.value(node, kind, where)
        if value is not _GAP:
            return value
        self.gaps.append(where)
        return _blank(kind)

    def pairs(self, node: Node, where: _Where = ()) -> list[tuple[ScalarNode, Node]]:
        """Keys and values of a mapping; whatever isn't a usable key is a fault."""
        seen: dict[str, Node] = {}
        usable: list[tuple[ScalarNode, Node]] = []
        for name, item in node.value:
            if not isinstance(name, ScalarNode) or name.tag or not name.value:
                self.fault("wrong-type", "a field's name has to be a plain word", name, _PLAIN_NAME)
                self.gaps.append(where)
            elif name.value == "<<":
                self.fault("merge-key", "YAML's merge key `<<` isn't used here", name, "write the fields out")
                self.gaps.append(where)
            elif name.value in seen:
                self.fault(
                    "duplicate-key",
                    f"`{name.value}` stands here twice",
                    name,
                    "keep one of the two",
                    (seen[name.value],),
                )
                self.gaps.append((*where, name.value))
            else:
                seen[name.value] = name
                usable.append((name, item))
        return usable

    def _struct(self, node: Node, kind: inspect.StructType, where: _Where) -> Any:  # noqa: ANN401
        word = _NAMES.get(kind.cls.__name__, kind.cls.__name__.lower())
        if not isinstance(node, MappingNode):
            help = f"write its fields on lines of their own, such as `{kind.fields[0].encode_name}: …`"  # noqa: A001
            if kind.cls is Record:
                help += "; `kb-gen new` writes a whole record to fill in"  # noqa: A001
            self.expect(f"{word} with its fields", node, where, help)
            return _GAP
        fields = {each.encode_name: each for each in kind.fields}
        data = {}
        for name, item in self.pairs(node, where):
            known = fields.get(name.value)
            if known is None:
                self.gaps.append((*where, *self._unknown(name, word, list(fields))))
                continue
            value = self.value(item, known.type, (*where, name.value))
            if kind.cls is Record and name.value == "id" and value is not _GAP:
                value = self._identifier(item, value)
            if value is _GAP:
                self.gaps.append((*where, name.value))
            else:
                data[name.value] = value
        written = {name.value for name, _ in node.value if isinstance(name, ScalarNode)}
        for each in kind.fields:
            if each.required and each.encode_name not in written:
                self._missing(node, each.encode_name, word)
                self.gaps.append((*where, each.encode_name))
            if each.required:
                data.setdefault(each.encode_name, _blank(each.type))
        return data

    def _missing(self, node: Node, name: str, word: str) -> None:
        first = node.value[0][0] if node.value else node
        self.fault("missing-field", f"{word} needs the field `{name}`", first, f"add a line `{name}: …`")

    def _unknown(self, name: ScalarNode, word: str, fields: list[str]) -> _Where:
        """The field that was likely meant; empty where it may be any."""
        self.fault("unknown-field", f"{word} has no field `{_shortened(name.value)}`", name, _meant(name.value, fields))
        meant = _closest(name.value[:100], tuple(fields))
        return (meant,) if meant else ()

    def _identifier(self, node: Node, written: str) -> Any:  # noqa: ANN401 - an ID or a gap
        canonical = canonical_id(written)
        if canonical is None:
            self.fault(
                "invalid-id",
                f"`{_shortened(written)}` is no event ID",
                node,
                "write a decimal number, a hexadecimal one such as `0x400`, or a name that begins with a letter",
            )
            return _GAP
        return canonical

    def _dict(self, node: Node, kind: inspect.DictType, where: _Where) -> Any:  # noqa: ANN401 - any shape
        if not isinstance(node, MappingNode):
            help = "write `name: value` on lines of their own, without `- ` before them"  # noqa: A001
            self.expect("a mapping of names to values", node, where, help)
            return _GAP
        data = {}
        numbered = isinstance(kind.key_type, inspect.IntType)
        for name, item in self.pairs(node, where):
            if numbered and not re.fullmatch(r"[1-9][0-9]?", name.value):
                self.fault(
                    "invalid-value",
                    f"`{_shortened(name.value)}` is no insertion string's number",
                    name,
                    "write the number alone, `1` for what the message calls `%1`",
                )
                self.gaps.append(where)
                continue
            data[name.value] = self._or_blank(item, kind.value_type, (*where, name.value))
        return data

    def _scalar(self, node: ScalarNode, kind: inspect.Type, where: _Where) -> Any:  # noqa: ANN401
        written: str = node.value
        before = len(self.faults)
        if isinstance(kind, inspect.EnumType):
            self._choice(node, [str(member.value) for member in kind.cls], where)
        elif isinstance(kind, inspect.BoolType):
            if written.lower() in _TRUE | _FALSE:
                return written.lower() in _TRUE
            self.expect("`true` or `false`", node, where, "write one of these two words")
        elif isinstance(kind, inspect.DateType):
            self._date(node)
        elif not isinstance(kind, inspect.StrType | inspect.AnyType):
            self.expect("a single value of another kind", node, where, _FIELDS)
        return written if len(self.faults) == before else _GAP

    def _choice(self, node: ScalarNode, allowed: list[str], where: _Where) -> None:
        if node.value not in allowed:
            self.fault(
                "invalid-value",
                f"`{_shortened(node.value)}` is no {where[-1]}",
                node,
                _meant(node.value, allowed),
            )

    def _date(self, node: ScalarNode) -> None:
        try:
            valid = bool(_DATE.fullmatch(node.value)) and bool(dt.date.fromisoformat(node.value))
        except ValueError:
            valid = False
        if not valid:
            self.fault(
                "invalid-value",
                f"`{_shortened(node.value)}` is no date",
                node,
                "write year, month and day: `2011-03-19`",
            )


_WANTED: dict[type[inspect.Type], tuple[str, str]] = {
    inspect.StrType: ("text", "write one text; one that is longer than a line, or holds a list, goes below a `|`"),
    inspect.BoolType: ("`true` or `false`", "write one of these two words"),
    inspect.DateType: ("a date", "write year, month and day: `2011-03-19`"),
    inspect.EnumType: ("one word", "write one of the words that the field may hold"),
}
"""What the types of single values are called, and how they are written."""
_SINGLE = ("a single value", "write one value")
_FIELDS = "write what the field holds; the manual's page on records says what that is"
_PLAIN_NAME = "write a name without brackets, such as `summary:`"
_NAMES = {
    "Action": "an action",
    "Category": "a category",
    "Command": "a command",
    "EventSource": "an event source",
    "Parameter": "a parameter",
    "Product": "a product",
    "Record": "a record",
    "Reference": "a reference",
    "Step": "a step",
    "Variant": "a variant",
}


def _overgrown(root: Node, limit: int) -> tuple[Node, bool]:
    """The first value in `root` that holds itself (then True), or that aliases make larger than `limit`."""
    sizes: dict[int, int] = {}
    way: list[tuple[Node, Iterator[Node]]] = [(root, _below(root))]
    above = {id(root)}
    while way:
        node, rest = way[-1]
        inner = next((each for each in rest if id(each) not in sizes), None)
        if inner is None:
            way.pop()
            above.discard(id(node))
            own = len(node.value) if isinstance(node, ScalarNode) else 0
            sizes[id(node)] = 1 + own + sum(sizes[id(each)] for each in _below(node))
            if sizes[id(node)] > limit:
                return node, False
        elif id(inner) in above:
            return inner, True
        else:
            above.add(id(inner))
            way.append((inner, _below(inner)))
    return root, False


def _below(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            yield name
            yield value
    elif isinstance(node, SequenceNode):
        yield from node.value


def _written_kind(kind: inspect.Type) -> inspect.Type:
    """A field's type without its description, and without None, which is never written."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        kind = next(option for option in kind.types if not isinstance(option, inspect.NoneType))
    return kind


def _blank(kind: inspect.Type) -> Any:  # noqa: ANN401 - any shape
    """What stands where a value has to be that couldn't be read. No rule has anything to say of it."""
    kind = _written_kind(kind)
    if isinstance(kind, inspect.StructType):
        return {each.encode_name: _blank(each.type) for each in kind.fields if each.required}
    return [] if isinstance(kind, inspect.VarTupleType) else {} if isinstance(kind, inspect.DictType) else ""


def _described(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    return f"`{_shortened(node.value)}`"


def _subject(where: _Where) -> str:
    last = where[-1]
    return f"item {last + 1} of `{where[-2]}`" if isinstance(last, int) else f"`{last}`"


def _tag(node: Node) -> str:
    return _shortened(str(node.tag).replace("tag:yaml.org,2002:", "!!"))


def _shortened(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


@lru_cache(maxsize=1024)
def _closest(written: str, known: tuple[str, ...]) -> str | None:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only for what is misspelt

    found = process.extractOne(written.lower(), known, scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def _meant(written: str, known: list[str]) -> str:
    close = _closest(written[:100], tuple(known))
    listed = ", ".join(f"`{name}`" for name in known)
    return f"did you mean `{close}`?" if close else f"use one of {listed}"
