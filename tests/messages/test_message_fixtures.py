"""Templates and what they are read as: one text file a syntax, made to be extended without Python.

A case is a title, a line with a dot, the template, a line with a dot, the description of its parts, a line with a dot.
Texts in descriptions are JSON strings. A description ends with what a reader sees, insertions in `«»`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb_gen.messages import Control, Insertion, Literal, MessageTemplate, Part, Unknown, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parent / "fixtures"


def cases() -> Iterator[object]:
    for path in sorted(FIXTURES.glob("*.txt")):
        fields = path.read_text(encoding="utf-8").split("\n.\n")
        assert fields[-1].strip() == "", f"{path.name}: the last case is not closed"
        for title, text, expected in zip(fields[0:-1:3], fields[1:-1:3], fields[2:-1:3], strict=True):
            yield pytest.param(path.stem, text, expected, id=f"{path.stem}: {title.strip()}")


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def described_part(part: Part) -> str:
    match part:
        case Literal():
            return f"literal {quoted(part.text)}"
        case Control():
            return f"{part.kind.name.lower()} {quoted(part.source)}"
        case Unknown():
            return f"unknown {quoted(part.source)} shows {quoted(part.text)}"
        case Insertion():
            line = f"insertion {part.number} {quoted(part.source)}"
            line += "" if part.format is None else f" format {quoted(part.format)}"
            line += "" if part.width_number is None else f" width {part.width_number}"
            return line + ("" if part.precision_number is None else f" precision {part.precision_number}")


def described(template: MessageTemplate) -> str:
    lines = [described_part(part) for part in template.parts]
    lines += [f"problem {problem.kind} at {problem.offset} {quoted(problem.source)}" for problem in template.problems]
    shown = "".join(part.text if isinstance(part, Literal) else f"«{part.number}»" for part in template.display_parts())
    return "\n".join([*lines, f"shows {quoted(shown)}"])


@pytest.mark.parametrize(("syntax", "text", "expected"), list(cases()))
def test_fixture(syntax: str, text: str, expected: str) -> None:
    template = parse(text, syntax)
    assert described(template) == expected
    assert str(template) == text
