"""Which articles somebody wants to have printed, and in which files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from kb_gen.document import (
    Targets,
    Volume,
    article_file,
    book_files,
    named_apart,
    product_volumes,
    volumes_of,
    whole_book,
)
from kb_gen.locales import Localizer, Passage
from kb_gen.markup import parse_event_target
from kb_gen.model import Entry, KnowledgeBase, slug, source_address
from kb_gen.pdf import Sheet, SheetKind
from kb_gen.validate import meant

__all__ = ["Selected", "Selection", "SelectionError", "selected"]


class SelectionError(Exception):
    """Something is asked for that there isn't; the message says what there is instead."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody asks for; nothing means a book of each product.

    Attributes:
        products: keys of products.
        sources: names of event sources, which then have a book together.
        events: events, each `Source/ID` or `Source/ID/SymbolicName`, which have files of their own.
        changed_since: leaves out articles that haven't changed since then.
        together: whether all articles go into one book, whatever their products.
    """

    products: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    changed_since: dt.date | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selection comes to in one language.

    Attributes:
        sheets: the files.
        volumes: the volumes among them, which may refer to one another, but to no file that nobody asked for.
    """

    sheets: tuple[Sheet, ...]
    volumes: tuple[Volume, ...]


def selected(selection: Selection, kb: KnowledgeBase, targets: Targets, localizer: Localizer) -> Selected:
    """The files of a selection in one language.

    Raises:
        SelectionError: there is no such product, source or event, or nothing is left of what is asked for.
    """
    tag = localizer.locale.tag
    folder = localizer.locale.path
    by_product = product_volumes(kb)
    # Other files in the same folder, which aren't to be written over.
    taken = frozenset().union(*map(book_files, by_product.values()))
    if selection.events:
        entries = [entry for event in selection.events for entry in _events(event, kb, targets)]
        return Selected(tuple([alone(entry, tag, f"{folder}/", targets, taken) for entry in entries]), ())
    _confirm("product", selection.products, kb.products)
    _confirm("event source", selection.sources, dict.fromkeys([entry.record.source for entry in kb.entries]))
    if not (selection.sources or selection.changed_since or selection.together):
        wanted = selection.products or tuple(by_product)
        volumes = tuple([volume for key in wanted for volume in by_product.get(key, ())])
    else:
        # In the order in which a log names events: by source, whatever the product.
        entries = sorted([entry for entry in kb.entries if _is_wanted(entry, selection)], key=_source)
        title = _title(selection, localizer)
        lang = title.lang if title.lang != tag else None
        volumes = named_apart(volumes_of(_file(selection), title.text, entries, lang), taken) if entries else ()
    if not (volumes or selection.changed_since):
        raise SelectionError("there are no such articles, so there is nothing to print")
    return Selected(tuple(book_sheets(volumes, tag, lambda volume: f"{folder}/{volume.file}")), volumes)


def book_sheets(volumes: Iterable[Volume], tag: str, url: Callable[[Volume], str]) -> Iterator[Sheet]:
    """The files of books: of their volumes and, where a book has several, of the index of all.

    Args:
        volumes: the volumes, those of a book together.
        tag: the files' language.
        url: where a file goes.
    """
    for _, own in groupby(volumes, attrgetter("book")):
        together = list(own)
        yield from [Sheet(url(volume), tag, volume) for volume in together]
        if len(together) > 1:
            whole = whole_book(together)
            yield Sheet(url(whole), tag, whole, SheetKind.INDEX)


def alone(entry: Entry, tag: str, folder: str, targets: Targets, taken: Container[str] = ()) -> Sheet:
    """The file that has an article alone.

    Args:
        entry: the article's record.
        tag: the file's language.
        folder: where it goes: a URL with a slash at its end.
        targets: all events.
        taken: the names of other files there.
    """
    address = targets.book[entry.identity]
    return Sheet(f"{folder}{article_file(address, taken)}", tag, Volume(address, "", 1, 1, (entry,)), SheetKind.ARTICLE)


def _confirm(what: str, asked: Sequence[str], known: Iterable[str]) -> None:
    names = list(known)
    for name in asked:
        if name not in names:
            raise SelectionError(f"there is no {what} `{name}`; {meant(name, names, _there_are(names))}")


def _there_are(names: Sequence[str]) -> str:
    shown = ", ".join([f"`{name}`" for name in names[:8]])
    return f"there are {shown}{' and others' if len(names) > 8 else ''}" if names else "there are none"


def _events(event: str, kb: KnowledgeBase, targets: Targets) -> Iterator[Entry]:
    """The articles of an event: more than one, where several share its source and ID."""
    parsed = parse_event_target(event.removeprefix("event:"))
    if parsed is None:
        raise SelectionError(f"`{event}` names no event; write it as Source/ID")
    target = targets.find(*parsed)
    if target is None:
        raise SelectionError(_no_event(event, parsed[0], kb))
    if target.entry is not None:
        yield target.entry
        return
    by_identity: Callable[..., Entry | None] = {entry.identity: entry for entry in kb.entries}.get
    yield from [entry for identity in targets.book.shared[target.address] if (entry := by_identity(identity))]


def _no_event(event: str, source: str, kb: KnowledgeBase) -> str:
    same = [entry.record.id for entry in kb.entries if source_address(entry.record.source) == source_address(source)]
    if same:
        return f"there is no event `{event}`; {_there_are(same)} of this source"
    sources = list(dict.fromkeys([entry.record.source for entry in kb.entries]))
    return f"there is no event source `{source}`; {meant(source, sources, _there_are(sources))}"


def _is_wanted(entry: Entry, selection: Selection) -> bool:
    record, since = entry.record, selection.changed_since
    return (
        (not selection.products or record.product in selection.products)
        and (not selection.sources or record.source in selection.sources)
        and (since is None or (record.modified is not None and record.modified >= since))
    )


def _source(entry: Entry) -> str:
    return entry.record.source


def _file(selection: Selection) -> str:
    """What a book is called in file names: by what is asked for."""
    parts = [*map(slug, selection.products), *map(source_address, selection.sources)] or ["all"]
    if selection.changed_since:
        parts.append(f"since-{selection.changed_since.isoformat()}")
    return slug("-".join(parts))


def _title(selection: Selection, localizer: Localizer) -> Passage:
    """What a book is called to readers."""
    names = ", ".join(selection.sources)
    if selection.changed_since:
        since = localizer.ui("Changed since {date}", date=selection.changed_since)
        return Passage(f"{names}: {since.text}", since.lang) if names else since
    return Passage(names, localizer.locale.tag) if names else localizer.ui("All products")
