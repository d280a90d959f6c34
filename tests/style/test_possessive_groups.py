"""Regular expressions mean the same in every release of Python that the project supports."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "kb_gen"
POSSESSIVE_GROUP = re.compile(r"(?<![\\(])\)(?:[*+?]|\{\d+(?:,\d*)?\})\+")


def test_no_group_is_possessive() -> None:
    # Up to Python 3.11.4, as Debian 12 has it, such groups match what they mustn't (python/cpython#106052).
    found = [
        f"{file.relative_to(PACKAGE)}:{number}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert found == []


def test_such_groups_are_seen() -> None:
    assert all(POSSESSIVE_GROUP.search(text) for text in ("(?:a|b)*+", "(a)?+", "(a){2}+"))
    assert not any(POSSESSIVE_GROUP.search(text) for text in ("[ab]*+", r"\(++", "(a)+"))
