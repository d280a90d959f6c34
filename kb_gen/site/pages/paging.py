"""Long lists in pages of a bounded size, and how a reader gets to the right one.

The first page stands at the list's own address, the second at `page/2` below it. That can't be a record's address:
those have two segments below the locale, and these have at least three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from kb_gen.render.html import escaped
from kb_gen.site.context import LocaleSite

__all__ = ["ROWS", "ListPage", "NumberedPage", "Span", "list_pages", "page_title", "row_spans", "span_items"]

ROWS = 200
"""How many rows a page has at most: with a sentence in each, the page stays below 150 KB."""

_MOST_SPANS = 400
_LONGEST_LABEL = 40
_AROUND = 2

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of a page, or of some that follow one another: the first page's number, the first and last row."""

    page: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class NumberedPage:
    """A page that the pager leads to: its number, and where it is as seen from the page with the pager."""

    number: int
    href: str
    follows_gap: bool


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """A page of a list.

    Attributes:
        address: the page's address below the locale's root.
        number: its number; the first has 1.
        count: how many pages the list has.
        rows: the rows on it.
        start: the position of the first of them in the whole list.
        total: how many rows the whole list has.
        up: what leads from the page to the list's own address.
        spans: list items that say which rows are on which page, each a link; empty where there is one page only.
    """

    address: str
    number: int
    count: int
    rows: Sequence[Row]
    start: int
    total: int
    up: str
    spans: Markup

    @property
    def previous(self) -> str | None:
        """Where the page before this one is."""
        return self._href(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Where the page after this one is."""
        return self._href(self.number + 1) if self.number < self.count else None

    @property
    def numbers(self) -> tuple[NumberedPage, ...]:
        """The first page, those around this one, and the last."""
        around = range(max(self.number - _AROUND, 1), min(self.number + _AROUND, self.count) + 1)
        numbers = sorted({1, *around, self.count})
        before = (0, *numbers)
        return tuple(
            NumberedPage(number, self._href(number), number > last + 1)
            for last, number in zip(before, numbers, strict=False)
        )

    def _href(self, number: int) -> str:
        return _href(self.up, number)


def list_pages(rows: Sequence[Row], address: str, label: Callable[[Row], str]) -> Iterator[ListPage[Row]]:
    """The pages of a list; one, perhaps without rows, at least.

    Args:
        rows: all of the list's rows.
        address: the list's address below the locale's root.
        label: what a row is known by, for links to the page that it is on.
    """
    count = max(-(-len(rows) // ROWS), 1)
    spans = row_spans(rows, label) if count > 1 else ()
    from_first = _items(spans, lambda number: _href("", number))
    from_others = _items(spans, lambda number: _href("../../", number))
    for number in range(1, count + 1):
        start = (number - 1) * ROWS
        items = from_first if number == 1 else from_others
        yield ListPage(
            address=address if number == 1 else f"{address}/page/{number}",
            number=number,
            count=count,
            rows=rows[start : start + ROWS],
            start=start,
            total=len(rows),
            up="" if number == 1 else "../../",
            spans=_with_current(spans, items, number),
        )


def row_spans(rows: Sequence[Row], label: Callable[[Row], str], most: int = _MOST_SPANS) -> tuple[Span, ...]:
    """Which rows are on which page of a list; on which pages, where there are more than `most`."""
    pages = -(-len(rows) // ROWS)
    step = -(-pages // most)
    return tuple(
        Span(
            page,
            _short(label(rows[(page - 1) * ROWS])),
            _short(label(rows[min((page - 1 + step) * ROWS, len(rows)) - 1])),
        )
        for page in range(1, pages + 1, step)
    )


def span_items(spans: Sequence[Span], list_href: str) -> Markup:
    """List items that say which rows are on which page; `list_href` leads to the list's folder."""
    return Markup("".join(_items(spans, lambda number: f"{list_href}{_href('', number)}")))  # noqa: S704 - escaped


def page_title(title: str, page: ListPage[Row], site: LocaleSite) -> str:
    """A page's title: the list's, and the page's number behind it from the second on."""
    if page.number == 1:
        return title
    return site.localizer.text("{title}, page {page}", title=title, page=page.number)


def _href(up: str, number: int) -> str:
    if number == 1:
        return f"{up}index.html"
    return f"../{number}/index.html" if up else f"page/{number}/index.html"


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _items(spans: Sequence[Span], href: Callable[[int], str]) -> list[str]:
    return [
        f'<li><a href="{href(span.page)}">{escaped(span.first)}'
        f"{f' – {escaped(span.last)}' if span.last != span.first else ''}</a></li>\n"
        for span in spans
    ]


def _with_current(spans: Sequence[Span], items: Sequence[str], number: int) -> Markup:
    """The items, with a mark at the one that the page of this number belongs to."""
    if not spans:
        return Markup()
    current = max(place for place, span in enumerate(spans) if span.page <= number)
    marked = items[current].replace("<a ", '<a aria-current="page" ', 1)
    return Markup("".join((*items[:current], marked, *items[current + 1 :])))  # noqa: S704 - escaped above
