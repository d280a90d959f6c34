"""Data as YAML the way authors write it: texts as wrapped block scalars, short values in quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["yaml_text"]

_WIDTH = 110
_BARE = frozenset({"modified", "severity", "use", "shell", "product", "log"})


def yaml_text(data: Mapping[Any, Any]) -> str:
    """A mapping of strings, numbers, lists and mappings as a YAML document."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def _mapping(data: Mapping[Any, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = key if not isinstance(key, str) or key.replace("_", "").replace("-", "").isalnum() else _quoted(key)
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _mapping(value, f"{indent}  ")
        elif isinstance(value, list):
            yield f"{indent}{name}:"
            yield from _sequence(value, f"{indent}  ")
        elif key in _BARE:
            yield f"{indent}{name}: {value}"
        elif key == "run" or "\n" in value:
            yield f"{indent}{name}: |{'-' if key == 'run' else ''}"
            yield from _block(value, f"{indent}  ", wrapped=key != "run")
        elif len(value) > _WIDTH // 2 and "  " not in value:
            yield f"{indent}{name}: >-"
            yield from _wrapped(value, f"{indent}  ", f"{indent}  ")
        else:
            yield f"{indent}{name}: {_quoted(value)}"


def _sequence(data: Sequence[Any], indent: str) -> Iterator[str]:
    for value in data:
        if isinstance(value, Mapping):
            first, *others = _mapping(value, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others
        else:
            yield f"{indent}- {_quoted(value)}"


def _block(text: str, indent: str, *, wrapped: bool) -> Iterator[str]:
    for line in text.split("\n"):
        if not line:
            yield ""
        elif wrapped:
            yield from _wrapped(line, indent, f"{indent}  " if line.startswith("- ") else indent)
        else:
            yield f"{indent}{line}"


def _wrapped(text: str, first: str, following: str) -> Iterator[str]:
    """`text` broken between words; the standard library's `textwrap` would take most of the run's time."""
    start, indent = 0, first
    room = _WIDTH - len(indent)
    while len(text) - start > room:
        end = text.rfind(" ", start, start + room + 1)
        if end <= start:
            end = text.find(" ", start)
        if end < 0:
            break
        yield indent + text[start:end]
        start, indent = end + 1, following
    yield indent + text[start:]


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
