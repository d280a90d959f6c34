"""Bars one below the other: how much of each language is translated, outdated and missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb_gen.render.html import Html
from kb_gen.render.svg.lettering import FONTS, lettering, width_of

__all__ = ["Bar", "bars"]

_ROW, _SIZE, _BAR, _LENGTH, _GAP = 24, 13, 12, 240, 12

# Colours that stand out from white and from black pages; texts follow the page's scheme.
_STYLE = (
    "text{fill:#24292f}.track{fill:#c9d1d9}.done{fill:#23774a}.old{fill:#d08a1d}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.track{fill:#4a5560}.done{fill:#4cb582}.old{fill:#e0a84a}}"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row.

    Attributes:
        label: what it is about.
        translated: the translated share of 1.
        outdated: the share whose translation waits for approval.
        written: how the translated share is written.
        title: what is read to those who don't see it.
    """

    label: str
    translated: float
    outdated: float
    written: str
    title: str


def bars(rows: Sequence[Bar], title: str) -> Html:
    """An SVG picture with a row for each bar; `title` says what it is about."""
    labels = max((width_of(row.label, _SIZE) for row in rows), default=0.0)
    numbers = max((width_of(row.written, _SIZE) for row in rows), default=0.0)
    start = round(labels) + _GAP
    width, height = start + _LENGTH + _GAP + round(numbers) + 2, max(len(rows), 1) * _ROW
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    spoken = lettering(". ".join([title, *(row.title for row in rows)]))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{spoken}">',
        f"<title>{lettering(title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<g aria-hidden="true" font-family="{FONTS}" font-size="{_SIZE}">',
        *(_row(row, number * _ROW, start, width) for number, row in enumerate(rows)),
    ]
    return "\n".join([*parts, "</g>", "</svg>\n"])


def _row(row: Bar, top: int, start: int, width: int) -> Html:
    done, old = (round(_LENGTH * share, 2) for share in (row.translated, row.outdated))
    at, middle = top + (_ROW - _BAR) // 2, top + 16
    return (
        f'<text x="0" y="{middle}">{lettering(row.label)}</text>'
        f'<rect class="track" x="{start}" y="{at}" width="{_LENGTH}" height="{_BAR}"/>'
        f'<rect class="done" x="{start}" y="{at}" width="{done:g}" height="{_BAR}"/>'
        f'<rect class="old" x="{start + done:g}" y="{at}" width="{old:g}" height="{_BAR}"/>'
        f'<text x="{width - 1}" y="{middle}" text-anchor="end">{lettering(row.written)}</text>'
    )
