"""Halves of surrogate pairs: a text may have them, and a file can't."""

from __future__ import annotations

from typing import Any

__all__ = ["without_halves"]


def without_halves(value: Any) -> Any:  # noqa: ANN401 - of the type that was given
    """A text, or all texts in dictionaries and lists, with `?` for each half of a surrogate pair."""
    if isinstance(value, dict):
        return {key: without_halves(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_halves(inner) for inner in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
