"""TMX 1.4b for other tools: https://www.gala-global.org/tmx-14b."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from kb_gen import __version__
from kb_gen.locales.memory.tmx_reading import CONTEXT, DOMAIN, STANDING, TmxUnit

__all__ = ["unwritable", "write_tmx"]

_HEADER = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="kb-gen" creationtoolversion={version} segtype="paragraph" o-tmf="PO" adminlang="en" \
srclang={language} datatype="plaintext"/>
  <body>
"""
_END = "  </body>\n</tmx>\n"

_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A carriage return as such would be read as a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def unwritable(unit: TmxUnit) -> str:
    """A character of a unit that no XML document may hold; empty if it has none."""
    for text in (unit.source, unit.note, *unit.targets.values(), *unit.properties.values()):
        if found := _INVALID.search(text):
            return found[0]
    return ""


def write_tmx(units: Iterable[TmxUnit], source_tag: str) -> Iterator[bytes]:
    """A file with these units, piece by piece.

    Args:
        units: what it holds; all of it can be written.
        source_tag: the BCP 47 tag of the language of the source texts.
    """
    language = quoteattr(source_tag)
    yield _HEADER.format(version=quoteattr(__version__), language=language).encode()
    for unit in units:
        yield "".join(_lines(unit, language)).encode()
    yield _END.encode()


def _lines(unit: TmxUnit, language: str) -> Iterator[str]:
    yield f"    <tu tuid={quoteattr(unit.tuid)}>\n" if unit.tuid else "    <tu>\n"
    if unit.note:
        yield f"      <note>{_escaped(unit.note)}</note>\n"
    for kind in (DOMAIN, CONTEXT, STANDING):
        if kind in unit.properties:
            yield f'      <prop type="{kind}">{_escaped(unit.properties[kind])}</prop>\n'
    yield f"      <tuv xml:lang={language}><seg>{_escaped(unit.source)}</seg></tuv>\n"
    for tag, text in unit.targets.items():
        yield f"      <tuv xml:lang={quoteattr(tag)}><seg>{_escaped(text)}</seg></tuv>\n"
    yield "    </tu>\n"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
