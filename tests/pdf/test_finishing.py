"""A finished file looks as Typst has set it, and is a good deal smaller."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from printed_files import ROOT, tool

from kb_gen.document import find_targets, volumes_of
from kb_gen.load import load_project
from kb_gen.locales import Localizer, load_catalogs
from kb_gen.pdf.book import Bookbinder
from kb_gen.pdf.edition import Edition
from kb_gen.pdf.finishing import finish
from kb_gen.pdf.glyph_texts import glyphs_of
from kb_gen.pdf.typesetting import typeset


@pytest.fixture(scope="module")
def typeset_file() -> bytes:
    loaded = load_project(ROOT, "content")
    catalogs, _ = load_catalogs(ROOT, ("de",))
    kb = loaded.knowledge_base
    volumes = volumes_of("exchange", "Exchange", kb.entries)
    binder = Bookbinder(kb, Localizer(kb, catalogs, "de"), find_targets(kb), volumes, Edition("Events"))
    return typeset({"book": binder.volume(volumes[0]), "words": binder.words()}, None, 0)


def test_pages_look_as_before(typeset_file: bytes, tmp_path: Path) -> None:
    pages = {}
    for name, data in (("before", typeset_file), ("after", finish(typeset_file, {}, {}).data)):
        (tmp_path / f"{name}.pdf").write_bytes(data)
        command = [tool("pdftoppm"), "-r", "50", "-gray", "-png", str(tmp_path / f"{name}.pdf"), str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True)
        pages[name] = [Image.open(file).convert("L") for file in sorted(tmp_path.glob(f"{name}-*.png"))]
    assert len(pages["before"]) == len(pages["after"]) > 10
    for before, after in zip(pages["before"], pages["after"], strict=True):
        (difference,) = ImageStat.Stat(ImageChops.difference(before, after)).mean
        # A line that is elsewhere makes about 2.
        assert difference < 1


def test_it_is_smaller(typeset_file: bytes) -> None:
    assert len(finish(typeset_file, {}, {}).data) < len(typeset_file) / 2


@given(st.lists(st.integers(0, 0x1FFF)), st.booleans())
def test_glyphs_are_read_however_their_strings_are_written(glyphs: list[int], octal: bool) -> None:
    def written(byte: int) -> bytes:
        if octal or byte in b"()\\\r\n":
            return b"\\%03o" % byte
        return bytes([byte])

    string = b"".join(written(byte) for glyph in glyphs for byte in divmod(glyph, 256))
    assert list(glyphs_of(b"[(" + string + b")-7.5(\\000A)]TJ")) == [*glyphs, 0x41]


def test_brackets_in_strings_may_come_in_pairs() -> None:
    assert list(glyphs_of(b"[(\x00(\x00))12(\x00B)]TJ")) == [0x28, 0x29, 0x42]
    assert list(glyphs_of(b"<00280029>Tj")) == [0x28, 0x29]
