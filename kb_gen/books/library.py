"""What a project's books are made from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kb_gen.document import Targets, Volume
from kb_gen.locales import Catalogs
from kb_gen.model import KnowledgeBase
from kb_gen.pdf import Edition, Library, PdfError
from kb_gen.site.settings import Settings

__all__ = ["library_of", "source_date_epoch"]

_FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_FONT_BEGINNINGS = frozenset({b"\0\1\0\0", b"OTTO", b"true", b"ttcf"})
"""Of OpenType's table directories and collections (ISO/IEC 14496-22, 4.4)."""


def source_date_epoch() -> int | None:
    """The date that `SOURCE_DATE_EPOCH` asks for, in seconds since 1970; None where it isn't set.

    Raises:
        PdfError: if it is no such number.
    """
    asked = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > len("253402300799"):
        raise PdfError(f"SOURCE_DATE_EPOCH is `{asked}`: give seconds since 1970, or leave it out")
    return int(asked)


def library_of(
    settings: Settings,
    kb: KnowledgeBase,
    catalogs: Catalogs,
    targets: Targets,
    volumes: Mapping[str, tuple[Volume, ...]],
) -> Library:
    """What a project's books are made from.

    Args:
        settings: the project's settings.
        kb: its records.
        catalogs: their translations.
        targets: every event that can be referred to.
        volumes: the volumes in each language, by locale, to which files may refer.

    Raises:
        PdfError: if the settings name a folder that isn't there, or the environment a date that is none.
    """
    fonts = _fonts(settings)
    epoch = source_date_epoch()
    editions = {
        tag: Edition(
            name=settings.site_names.get(tag, settings.site_name),
            description=settings.site_descriptions.get(tag, ""),
            paper=settings.pdf_paper,
            site_url=settings.site_url,
            fonts=fonts,
            epoch=epoch,
        )
        for tag in volumes
    }
    return Library(kb, catalogs, targets, settings.source_locale, editions, dict(volumes), settings.root)


def _fonts(settings: Settings) -> Path | None:
    if not settings.pdf_fonts:
        return None
    folder = settings.root / settings.pdf_fonts
    if not folder.is_dir():
        raise PdfError(f"there is no folder {folder} with fonts: correct `--fonts`, or `pdf_fonts` in mkdocs.yml")
    if not any(_is_font(file) for file in folder.rglob("*")):
        raise PdfError(f"there is no font in {folder}: put files ending in .ttf, .otf, .ttc or .otc there")
    return folder


def _is_font(file: Path) -> bool:
    """Whether Typst would look into a file for fonts, and find any: by its name, and by what such files begin with."""
    if file.suffix.lower() not in _FONT_SUFFIXES or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) in _FONT_BEGINNINGS
