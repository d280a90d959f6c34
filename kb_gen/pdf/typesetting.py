"""Typst sets the data of a book in type. Nothing else knows Typst.

It runs in processes that end with their file: what it keeps for the next would be more than a machine has.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import warnings
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kb_gen.pdf.edition import PdfError

if TYPE_CHECKING:
    import typst

__all__ = ["CannotBeSet", "Slope", "further_families", "load", "require", "typeset", "unset_texts"]

TEMPLATE = Path(__file__).parent / "template"
"""The template's folder, outside of which Typst reads nothing."""

_STANDARDS = ["ua-1", "a-2a"]
_OWN_FAMILIES = frozenset({"DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern", "New Computer Modern Math"})


_VARIANTS = frozenset({"SC", "TC", "HK", "JP", "KR"})
_WRITTEN_AS = {"ja": "JP", "ko": "KR", "zh-Hant": "TC", "zh-TW": "TC", "zh-HK": "HK"}
"""How families of fonts are called that write Chinese characters as a language does; otherwise, as simplified."""


_LINE = re.compile(r"^ *┌─ .*\bmain\.typ:(\d+):\d+$", re.MULTILINE)
"""Where in the probe something is that Typst refuses."""


_NEEDED = {"typst": "compile", "pikepdf": "open", "deflate": "zlib_compress"}
"""What PDF files need, and what each has if all of it is there."""


class CannotBeSet(Exception):  # noqa: N818 - named for what it says
    """Typst refuses what it was given; the message has its first reason.

    Args:
        message: the first reason.
        told: all that Typst says.
    """

    def __init__(self, message: str, told: str) -> None:
        super().__init__(message)
        self.told = told


def require() -> None:
    """Make sure that everything is installed that PDF files need.

    Raises:
        PdfError: it isn't.
    """
    for name in _NEEDED:
        # Looked for and not imported: whoever starts processes afterwards must not have Typst's threads.
        if importlib.util.find_spec(name) is None:
            raise PdfError("PDF files need the extra `pdf`: pip install 'kb-gen[pdf]'")


def load() -> None:
    """Load what PDF files need, in a process that makes some.

    Raises:
        PdfError: it is installed, but damaged.
    """
    for name, part in _NEEDED.items():
        try:
            getattr(importlib.import_module(name), part)
        except Exception as reason:  # What is damaged may raise anything.
            said = " ".join(str(reason).split()) or type(reason).__name__
            raise PdfError(
                f"{name} is installed, but can't be loaded ({said}): "
                "install it again: pip install --force-reinstall 'kb-gen[pdf]'"
            ) from reason


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """The fonts in Typst's own package, and those of a folder; never those that a machine happens to have."""
    import typst  # noqa: PLC0415 - an extra

    paths = [str(folder)] if folder else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


def further_families(folder: Path | None, locale: str) -> list[str]:
    """The families in a folder of fonts, by name.

    Of those that differ in how they write Chinese characters, the one of the language comes first.

    Args:
        folder: the folder.
        locale: the language, as a BCP 47 tag.
    """
    if folder is None:
        return []
    load()
    own = _WRITTEN_AS.get(locale) or _WRITTEN_AS.get(locale.partition("-")[0], "SC")

    def order(family: str) -> tuple[bool, str]:
        variant = family.rpartition(" ")[2]
        return variant in _VARIANTS and variant != own, family

    return sorted(set(_fonts(folder).families()) - _OWN_FAMILIES, key=order)


def typeset(inputs: dict[str, str], fonts: Path | None, epoch: int) -> bytes:
    """A book as PDF.

    Args:
        inputs: what the template reads.
        fonts: a folder with further fonts.
        epoch: the file's date, in seconds since 1970.

    Raises:
        CannotBeSet: if the file can't be made, or not as the standards ask for it.
    """
    return _compiled(str(TEMPLATE / "book.typ"), inputs, fonts, epoch)


def _compiled(main: str | dict[str, bytes], inputs: dict[str, str], fonts: Path | None, epoch: int) -> bytes:
    import typst  # noqa: PLC0415 - an extra

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = typst.compile(  # type: ignore[type-var]  # a path, or files by name
                main,
                root=str(TEMPLATE),
                font_paths=_fonts(fonts),
                sys_inputs=inputs,
                pdf_standards=_STANDARDS,  # type: ignore[arg-type]  # a list of literals
                timestamp=epoch,
            )
        except typst.TypstError as reason:
            raise CannotBeSet(reason.message, reason.diagnostic) from reason
    assert isinstance(made, bytes)
    return made


class Slope(StrEnum):
    """How letters stand, as Typst calls it."""

    UPRIGHT = "normal"
    ITALIC = "italic"


def unset_texts(texts: Sequence[str], fonts: Path | None, slope: Slope) -> frozenset[str]:
    """Those of some texts that can't be shown with any font."""
    probe = (TEMPLATE / "probe.typ").read_bytes()
    before = probe.count(b"\n")
    # A line for each text, which Typst then names: what it says of the text itself is a part of that at most.
    lines = b"".join([b"#par[#texts.at(%d)]\n" % number for number in range(len(texts))])
    files = {"main.typ": probe + lines, "blocks.typ": (TEMPLATE / "blocks.typ").read_bytes()}
    inputs = {"texts": msgspec.json.encode(texts).decode(), "slope": slope.value}
    try:
        _compiled(files, inputs, fonts, 0)
    except CannotBeSet as reason:
        refused = {texts[int(line) - before - 1] for line in _LINE.findall(reason.told)}
        # What Typst refuses for another reason must not be taken for sound.
        return frozenset(refused or texts)
    return frozenset()
