"""Where the PDF files of a site are, and the links of pages to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb_gen.document import Volume, article_file, whole_book
from kb_gen.locales import Localizer
from kb_gen.render.html import Html, escaped

__all__ = ["article_pdf", "book_links", "pdf_links", "volume_pdf"]

_FOLDER = "products"
"""Volumes lie beside one another, so that they find each other."""


def volume_pdf(path: str, volume: Volume) -> str:
    """The URL of a volume from the site's root.

    Args:
        path: the locale's path segment.
        volume: the volume.
    """
    return f"{path}/{_FOLDER}/{volume.file}"


def article_pdf(path: str, address: str) -> str:
    """The URL of the file that has the article at an address alone: beside its page."""
    return f"{path}/{address}/{article_file(address)}"


def pdf_links(address: str, volume: Volume | None, own: str, localizer: Localizer) -> Html:
    """The links of an article's page to PDF files.

    Args:
        address: the article's.
        volume: the volume that it is in; None where there are no files.
        own: the site's setting: whether there are files of single articles.
        localizer: the words.
    """
    if volume is None:
        return ""
    links = [(article_file(address), localizer.text("This article as PDF"))] if own == "articles" else []
    links.append((f"../../{_FOLDER}/{volume.file}", _volume(volume, localizer)))
    return _links(links, localizer)


def book_links(volumes: Sequence[Volume], localizer: Localizer) -> Html:
    """The links of a product's page to the volumes of its book, and to their index.

    Args:
        volumes: the volumes; none where there are no files.
        localizer: the words.
    """
    if not volumes:
        return ""
    links = [(f"../{volume.file}", _volume(volume, localizer)) for volume in volumes]
    if len(volumes) > 1:
        words = localizer.text("{product}, index of all volumes, as PDF", product=volumes[0].title)
        links.append((f"../{whole_book(volumes).file}", words))
    return _links(links, localizer)


def _links(links: Iterable[tuple[str, str]], localizer: Localizer) -> Html:
    items = "".join(
        [f'<li><a href="{escaped(href)}" type="application/pdf">{escaped(words)}</a></li>' for href, words in links]
    )
    label = escaped(localizer.text("PDF files"))
    return f'<nav class="kb-pdf" aria-label="{label}"><ul>{items}</ul></nav>\n'


def _volume(volume: Volume, localizer: Localizer) -> str:
    if volume.count == 1:
        return localizer.text("All of {product} as PDF", product=volume.title)
    return localizer.text("{product}, volume {number}, as PDF", product=volume.title, number=volume.number)
