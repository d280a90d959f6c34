"""An event as a row: in a source's table, in the data by which a script sorts and filters it, in the list of symbols.

Plain functions, because a large site has a hundred thousand rows, and a template takes five times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from markupsafe import Markup

from kb_gen.render.html import Href, Html, escaped, identifier_html, words_html
from kb_gen.site.context import LocaleSite
from kb_gen.site.engines import Asset
from kb_gen.site.pages.listing import ListedEvent, brief
from kb_gen.site.pages.paging import ROWS

__all__ = ["CHUNK", "event_rows", "row_files", "symbol_rows"]

CHUNK = 1000
"""How many rows a file of data has: a list of 65,536 has 66 of them, with some 150 KB each."""

_NONE = "–"
_ENCODER = msgspec.json.Encoder()

_Cells = tuple[str, str, int, Html] | tuple[str, str, int, Html, str]


class _Severities:
    """The severities of some rows as HTML, each once, by their position in `found`."""

    def __init__(self, href: Href) -> None:
        self.found: list[tuple[str, Html]] = []
        self._href = href
        self._places: dict[str, int] = {}

    def place(self, row: ListedEvent) -> int:
        """The position of a row's severity, -1 if it has none."""
        if row.severity is None:
            return -1
        key, words = row.severity
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.found)
            label = words_html(words, self._href)
            self.found.append((key, f'<span class="kb-severity" data-severity="{escaped(key)}">{label}</span>'))
        return place


def event_rows(rows: Iterable[ListedEvent], up: str, site: LocaleSite, depth: int) -> Markup:
    """Rows of a source's table.

    Args:
        rows: the events.
        up: what leads from the page to the source's own address.
        site: the locale.
        depth: how many folders below the locale's root the page is.
    """
    href = site.renderer(depth).href
    severities = _Severities(href)
    found = severities.found
    parts = []
    for row in rows:
        place = severities.place(row)
        symbol = row.identity.symbolic_name
        parts.append(
            f'<tr><th scope="row"><a href="{up}{_segment(row)}/index.html">{escaped(row.identity.id)}</a></th>'
            f"<td>{_symbol(symbol) if symbol else _NONE}</td><td>{found[place][1] if place >= 0 else _NONE}</td>"
            f"<td>{words_html(brief(row.summary), href) if row.summary else _NONE}</td></tr>\n"
        )
    return Markup("".join(parts))  # noqa: S704 - escaped above


def row_files(address: str, rows: Sequence[ListedEvent], site: LocaleSite) -> Iterator[Asset]:
    """All rows of a source as data, for a list that has more than one page.

    Scripts, because pages opened from disk may read nothing else. Each calls `kbRows` with the source's address, its
    own number, its severities (key and HTML) and its rows: ID, symbolic name, severity (a position among those, or -1),
    summary as HTML, and the last segment of the address where that isn't the ID. Links in it are relative to the
    locale's root.
    """
    if len(rows) <= ROWS:
        return
    href = site.renderer(0).href
    for number, start in enumerate(range(0, len(rows), CHUNK), 1):
        severities = _Severities(href)
        cells = [_cells(row, severities, href) for row in rows[start : start + CHUNK]]
        data = _ENCODER.encode((address, number, severities.found, cells))
        yield Asset(f"{site.path}/{address}/page/rows-{number}.js", b"kbRows(" + data[1:-1] + b");\n")


def symbol_rows(rows: Iterable[ListedEvent], up: str) -> Markup:
    """Items of a list of symbolic names; `up` leads from the page to the locale's root."""
    return Markup(  # noqa: S704 - escaped here
        "".join(
            [
                f'<li><a href="{up}{row.address}/index.html">{_symbol(row.identity.symbolic_name)}</a> '
                f"<span>{escaped(row.title)}</span></li>\n"
                for row in rows
            ]
        )
    )


def _cells(row: ListedEvent, severities: _Severities, href: Href) -> _Cells:
    identity = row.identity
    summary = words_html(brief(row.summary), href) if row.summary else ""
    cells = identity.id, identity.symbolic_name, severities.place(row), summary
    segment = _segment(row)
    return cells if segment == identity.id else (*cells, segment)


def _segment(row: ListedEvent) -> str:
    return row.address.partition("/")[2]


def _symbol(symbol: str) -> Html:
    return f'<code translate="no">{identifier_html(symbol)}</code>'
