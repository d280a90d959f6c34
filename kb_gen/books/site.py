"""The PDF files of a site, made with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import msgspec

from kb_gen.books.library import library_of
from kb_gen.books.selection import alone, book_sheets
from kb_gen.document import Volume, product_volumes
from kb_gen.pdf import Library, Sheet, StartMethod, State, print_sheets, printing_findings, require
from kb_gen.site.context import SiteContext
from kb_gen.site.outputs import Output, Stamp, Written
from kb_gen.site.page_pdf import article_pdf, volume_pdf
from kb_gen.site.printing import PrintedSite, Printer
from kb_gen.site.progress import Progress
from kb_gen.site.settings import Settings

__all__ = ["site_printer"]


def site_printer(settings: Settings) -> Printer | None:
    """What makes the PDF files of a site; None where its settings ask for none.

    Raises:
        PdfError: what that takes isn't installed.
    """
    if settings.pdf == "none":
        return None
    require()
    return _Printer()


class _Printer:
    def print(
        self, context: SiteContext, output: Output, jobs: int | None, start: StartMethod, progress: Progress
    ) -> PrintedSite:
        """Make the PDF files of a site, as far as they aren't there."""
        volumes = tuple([volume for own in product_volumes(context.kb).values() for volume in own])
        sheets = list(_sheets(context, volumes))
        library = _library(context, volumes)
        made = print_sheets(sheets, library, _Published(output), jobs=jobs, start=start, progress=progress)
        # The last good file stays where none could be made.
        stamps = [output.stamp(file.url) if file.state is State.FAILED else _decoded(file.stamp) for file in made]
        written = [
            Written(file.url, stamp.size, file.state is State.MADE, stamp.mark)
            for file, stamp in zip(made, stamps, strict=True)
            if stamp
        ]
        return PrintedSite(tuple(written), printing_findings(made, context.kb, context.settings.root))


def _library(context: SiteContext, volumes: tuple[Volume, ...]) -> Library:
    by_locale = dict.fromkeys(context.locales, volumes)
    return library_of(context.settings, context.kb, context.catalogs, context.targets, by_locale)


def _sheets(context: SiteContext, volumes: tuple[Volume, ...]) -> Iterator[Sheet]:
    for tag, site in context.locales.items():
        yield from book_sheets(volumes, tag, partial(volume_pdf, site.path))
        if context.settings.pdf == "articles":
            for entry in context.kb.entries:
                url = article_pdf(site.path, context.targets.book[entry.identity])
                yield msgspec.structs.replace(alone(entry, tag, "", context.targets), url=url)


def _encoded(stamp: Stamp) -> bytes:
    return msgspec.msgpack.encode(stamp)


def _decoded(stamp: bytes) -> Stamp:
    return msgspec.msgpack.decode(stamp, type=Stamp)


@dataclass(frozen=True, slots=True)
class _Published:
    """A site's output, as files are printed to it."""

    output: Output

    def describe(self) -> str:
        """Which it is."""
        return f"site {self.output.describe()}"

    def stamp(self, url: str) -> bytes | None:
        """What tells a file that is there from others."""
        stamp = self.output.stamp(url)
        return _encoded(stamp) if stamp else None

    def publish(self, url: str, data: bytes) -> bytes:
        """Write a file."""
        published = self.output.publish(url, data)
        return _encoded(Stamp(published.size, published.mark))

    def flush(self) -> None:
        """Wait until the files are there."""
        self.output.flush()
