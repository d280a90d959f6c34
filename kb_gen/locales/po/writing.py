"""PO files written: the same entries give the same bytes, and an entry that was read comes out as it was.

Strings aren't wrapped at a column. Every tool reads them, and a version control's diff then shows the line of the
text that changed and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.locales.po.entries import PoEntry, PoFile, PreviousText
from kb_gen.locales.po.strings import quoted_lines

__all__ = ["translation_lines", "write_entry", "write_po"]


def write_po(catalog: PoFile) -> bytes:
    """The bytes of a catalog: header, entries, then the obsolete ones."""
    blocks = [write_entry(entry) for entry in (catalog.header, *catalog.entries, *catalog.obsolete) if entry]
    if catalog.trailer:
        blocks.append("".join(f"{line}\n" for line in catalog.trailer))
    text = "\n".join(blocks)
    if catalog.line_end != "\n":
        text = text.replace("\n", catalog.line_end)
    return text.encode()


def write_entry(entry: PoEntry) -> str:
    """The lines of one entry."""
    if entry.raw:
        return entry.raw
    previous = _previous(entry.previous) if entry.previous else ()
    body = entry.body or _body(entry)
    if entry.obsolete:
        previous = (f"#~{line[1:]}" for line in previous)
        body = "".join(f"#~ {line}\n" for line in body.split("\n")[:-1])
    return "".join((*_notes(entry), *previous, body))


def _notes(entry: PoEntry) -> Iterator[str]:
    yield from (f"#{comment}\n" for comment in entry.comments)
    yield from (f"#. {comment}\n" if comment else "#.\n" for comment in entry.extracted)
    yield from (f"#: {_reference(path)}\n" for path in entry.references)
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}\n"


def _reference(path: str) -> str:
    """A file's name, between isolates where it holds spaces, as gettext writes it."""
    return f"\u2068{path}\u2069" if " " in path else path


def _previous(previous: PreviousText) -> Iterator[str]:
    if previous.context is not None:
        yield from _marked(f"msgctxt {quoted_lines(previous.context)}")
    yield from _marked(f"msgid {quoted_lines(previous.msgid)}")
    if previous.msgid_plural is not None:
        yield from _marked(f"msgid_plural {quoted_lines(previous.msgid_plural)}")


def _marked(lines: str) -> Iterable[str]:
    return (f"#| {line}\n" for line in lines.split("\n")[:-1])


def _body(entry: PoEntry) -> str:
    parts = [f"msgctxt {quoted_lines(entry.context)}"] if entry.context is not None else []
    parts.append(f"msgid {quoted_lines(entry.msgid)}")
    if entry.msgid_plural is not None:
        parts.append(f"msgid_plural {quoted_lines(entry.msgid_plural)}")
    return "".join((*parts, translation_lines(entry)))


def translation_lines(entry: PoEntry) -> str:
    """The lines of an entry's translation alone."""
    if entry.msgid_plural is None:
        return f"msgstr {quoted_lines(entry.msgstr[0])}"
    return "".join(f"msgstr[{index}] {quoted_lines(text)}" for index, text in enumerate(entry.msgstr))
