"""Typst sets the data of a book in type. Nothing else knows Typst.

It runs in processes that end with their file: what it keeps for the next would be more than a machine has.
"""

from __future__ import annotations

import importlib
import re
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb_gen.pdf.edition import PdfError

if TYPE_CHECKING:
    import typst

__all__ = ["CannotBeSet", "absent_characters", "further_families", "require", "typeset"]

TEMPLATE = Path(__file__).parent / "template"
"""The template's folder, outside of which Typst reads nothing."""

_STANDARDS = ["ua-1", "a-2a"]
_OWN_FAMILIES = frozenset({"DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern", "New Computer Modern Math"})
_SHOWN = re.compile(r'^error: .*the text `?"(?P<text>(?:[^"\\]|\\.)*)"', re.MULTILINE)


class CannotBeSet(Exception):  # noqa: N818 - named for what it says
    """Typst refuses what it was given; the message has its reasons."""


def require() -> None:
    """Make sure that everything is installed that PDF files need.

    Raises:
        PdfError: it isn't.
    """
    for name in ("typst", "pikepdf"):
        # Looked for and not imported: whoever starts processes afterwards must not have Typst's threads.
        if importlib.util.find_spec(name) is None:
            raise PdfError("PDF files need the extra `pdf`: pip install 'kb-gen[pdf]'")


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """The fonts in Typst's own package, and those of a folder; never those that a machine happens to have."""
    import typst  # noqa: PLC0415 - an extra

    paths: list[str | Path] = [str(folder)] if folder else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


def further_families(folder: Path | None) -> list[str]:
    """The families in a folder of fonts, by name."""
    return sorted(set(_fonts(folder).families()) - _OWN_FAMILIES) if folder else []


def typeset(inputs: dict[str, str], fonts: Path | None, epoch: int) -> bytes:
    """A book as PDF.

    Args:
        inputs: what the template reads.
        fonts: a folder with further fonts.
        epoch: the file's date, in seconds since 1970.

    Raises:
        CannotBeSet: if the file can't be made, or not as the standards ask for it.
    """
    import typst  # noqa: PLC0415 - an extra

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = typst.compile(
                str(TEMPLATE / "book.typ"),
                root=str(TEMPLATE),
                font_paths=_fonts(fonts),
                sys_inputs=inputs,
                pdf_standards=_STANDARDS,  # type: ignore[arg-type]  # a list of literals
                timestamp=epoch,
            )
        except typst.TypstError as reason:
            raise CannotBeSet(reason.diagnostic) from reason
    assert isinstance(made, bytes)
    return made
