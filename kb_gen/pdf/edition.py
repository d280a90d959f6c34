"""What a printed book is to be like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from kb_gen.model import Entry

__all__ = ["PAPERS", "Edition", "PdfError", "date_of"]

PAPERS = {"a4": "a4", "us-letter": "us-letter"}
"""Sizes of paper, by the names that Typst has for them."""


class PdfError(Exception):
    """Something that PDF files need is missing or can't be used; the message says what in one line."""


class Edition(Struct, frozen=True):
    """What all files of a run have in common.

    Attributes:
        name: the knowledge base's name in this language.
        description: a sentence about it; may be empty.
        paper: one of `PAPERS`.
        site_url: where the site is, with a slash at the end; empty if unknown.
        fonts: a folder with further fonts; None for those that come with Typst alone.
        epoch: the date of all files, in seconds since 1970; None for that of their newest article.
    """

    name: str
    description: str = ""
    paper: str = "a4"
    site_url: str = ""
    fonts: Path | None = None
    epoch: int | None = None


def date_of(entries: Iterable[Entry], edition: Edition) -> dt.date | None:
    """The date that a book of these articles bears: the day on which something in it changed last, where that is known.

    So the same articles make the same file, on whatever day and machine.
    """
    if edition.epoch is not None:
        return dt.datetime.fromtimestamp(edition.epoch, dt.UTC).date()
    return max((entry.record.modified for entry in entries if entry.record.modified), default=None)
