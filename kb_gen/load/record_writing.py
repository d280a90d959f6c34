"""Records and their parts written as YAML, short and readable as an author would write them.

Whatever is written is read back as exactly the same: a text in the simplest style that keeps every character of it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

import msgspec
import yaml

from kb_gen.load.composition import ScalarNode, compose
from kb_gen.load.skeleton import SCHEMA_PATH
from kb_gen.model import Record

__all__ = ["Written", "field_lines", "flow_value", "record_text", "written_data"]

Written = str | list["Written"] | dict[str, "Written"]
"""A value as YAML has it: texts, lists and mappings."""

_WIDTH = 120
_STEP = "  "
_NUMBER = re.compile(r"[-+.]?[0-9][0-9a-fA-FxXoO_.,:+-]*")
"""What other readers of YAML take for a number, a date or a time."""
_UNQUOTED = frozenset({"id", "modified", "ordered"})
"""Fields whose numbers, dates and truth values authors write without quotes."""
_NAME = re.compile(r"[A-Za-z0-9_][\w.\-/()]*(?: [\w.\-/()]+)*", re.ASCII)
_WORDS = re.compile(r"null|true|false|yes|no|on|off|y|n|~", re.IGNORECASE)
_FOLDABLE = re.compile(r"\S+(?: \S+)*")
_INVISIBLE = re.compile(r"[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\x85")


def record_text(record: Record, notes: Sequence[str] = ()) -> str:
    """The file of a new record.

    Args:
        record: what is known of the event.
        notes: what a human has to look at, a line each, as comments.
    """
    lines = [f"# yaml-language-server: $schema=../../../{SCHEMA_PATH}"]
    lines += [f"# {line}" for note in notes for line in _comment(note)]
    for name, value in written_data(record).items():
        lines += field_lines(name, value)
    return "".join(f"{line}\n" for line in lines)


def written_data(value: Any) -> dict[str, Written]:  # noqa: ANN401 - any of the model's types
    """What a value of the model says, without what it says by default."""
    found: dict[str, Written] = {}
    for name, default in _defaults(cast("type[msgspec.Struct]", type(value))):
        said = getattr(value, name)
        if said is not None and said != default and said not in ((), {}):
            found[name] = _data(said)
    return found


@lru_cache(maxsize=64)
def _defaults(model: type[msgspec.Struct]) -> tuple[tuple[str, object], ...]:
    """The fields of a type and what they are where nothing is said; finding them out takes a millisecond."""
    return tuple([(known.name, known.default) for known in msgspec.structs.fields(model)])


def _data(said: Any) -> Written:  # noqa: ANN401 - any of the model's values
    if isinstance(said, StrEnum):
        return said.value
    if isinstance(said, str):
        return said
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, dt.date):
        return said.isoformat()
    if isinstance(said, dict):
        return {str(name): _data(value) for name, value in said.items()}
    if isinstance(said, tuple):
        return [_data(item) for item in said]
    return written_data(said)


def field_lines(name: str, value: Written, indent: str = "") -> list[str]:
    """The lines of a field and its value, each behind `indent`."""
    key = f"{indent}{_key(name)}:"
    if isinstance(value, str):
        plain = name in _UNQUOTED and (_NUMBER.fullmatch(value) or _WORDS.fullmatch(value))
        first, *more = [value] if plain else _scalar(value, indent, len(key) + 1)
        return [f"{key} {first}", *more]
    if not value:
        return [f"{key} {'[]' if isinstance(value, list) else '{}'}"]
    return [key, *_inner(value, indent + _STEP)]


def _inner(value: Written, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from field_lines(name, item, indent)
    elif isinstance(value, list):
        for item in value:
            yield from _item(item, indent)


def _item(item: Written, indent: str) -> Iterator[str]:
    if isinstance(item, str):
        first, *more = _scalar(item, indent, len(indent) + 2)
        yield f"{indent}- {first}"
        yield from more
    else:
        first, *more = _inner(item, indent + _STEP)
        yield f"{indent}- {first[len(indent) + len(_STEP) :]}"
        yield from more


def flow_value(value: Written) -> str:
    """A value on one line, for mappings in braces: JSON, which is YAML too."""
    text = json.dumps(value, ensure_ascii=False)
    return _INVISIBLE.sub(lambda match: json.dumps(match[0])[1:-1], text)


def _key(name: str) -> str:
    plain = name.isdecimal() or (_NAME.fullmatch(name) and not _WORDS.fullmatch(name) and not _NUMBER.fullmatch(name))
    return name if plain else _quoted(name)


def _comment(note: str) -> list[str]:
    visible = "".join(character if character.isprintable() else " " for character in note)
    return textwrap.wrap(visible, _WIDTH - 2, break_long_words=False, break_on_hyphens=False)


def _scalar(text: str, indent: str, used: int) -> list[str]:
    """A text in YAML, in lines: the first goes behind its key, `used` characters into the line."""
    inner = indent + _STEP
    if "\n" in text:
        block = _literal(text, inner)
        return block if block and _reads_as(block, text) else [_quoted(text)]
    if _is_plain(text):
        simple = text
    elif not _INVISIBLE.search(text) and "\t" not in text and ('"' in text or "\\" in text):
        simple = "'" + text.replace("'", "''") + "'"
    else:
        simple = _quoted(text)
    if used + len(simple) > _WIDTH and _FOLDABLE.fullmatch(text) and not _INVISIBLE.search(text):
        lines = textwrap.wrap(text, max(_WIDTH - len(inner), 40), break_long_words=False, break_on_hyphens=False)
        block = [">-", *(f"{inner}{line}" for line in lines)]
        if len(lines) > 1 and _reads_as(block, text):
            return block
    return [simple]


def _is_plain(text: str) -> bool:
    """Whether a text needs no quotes, whoever reads it."""
    return (
        text[:1].isalnum()
        and text.isprintable()
        and text[-1] not in " :"
        and ": " not in text
        and " #" not in text
        and not _WORDS.fullmatch(text)
        and not _NUMBER.fullmatch(text)
    )


def _literal(text: str, indent: str) -> list[str]:
    """A block that keeps line ends; none where that could be misread."""
    body = text.rstrip("\n")
    trailing = len(text) - len(body)
    if not body or body[0] in " \t\n" or trailing > 1 or _INVISIBLE.search(text) or "\t" in text:
        return []
    lines = body.split("\n")
    if any(line != line.rstrip() for line in lines):
        return []
    return ["|" if trailing else "|-", *(f"{indent}{line}" if line else "" for line in lines)]


def _reads_as(lines: list[str], text: str) -> bool:
    """Whether a block is read as `text`."""
    try:
        node = compose("\n".join(lines) + "\n")
    except yaml.YAMLError:
        return False
    return isinstance(node, ScalarNode) and bool(node.value == text)


def _quoted(text: str) -> str:
    """`text` in double quotes, with what doesn't print as escapes."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _INVISIBLE.sub(_escaped, quoted)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
