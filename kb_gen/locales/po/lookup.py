"""Catalogs read for their translations alone, as fast as Python can.

A build reads every catalog and looks at no comment, so one regular expression takes a whole entry. It knows exactly
the well-formed files that every PO tool writes; at anything else, the careful reader takes over and names what is odd.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from kb_gen.diagnostics import Diagnostic
from kb_gen.locales.po.entries import PoFile, lookup_key
from kb_gen.locales.po.reading import read_po
from kb_gen.locales.po.strings import unquote

__all__ = ["Lookup", "QuickLookup", "lookup_of", "quick_lookup", "read_lookup"]

# The escapes here are the common ones; a file with others is read with care.
_LINE = r'"[^"\\\n]*+(?:\\[ntr"\\abfv][^"\\\n]*+)*"\n'
_LINES = rf"((?:{_LINE})+)"
# Nearly all strings are one line without an escape: what such a line holds is the text itself.
_STRING = rf'(?:"([^"\\\n]*+)"\n(?!")|{_LINES})'
_ENTRY = re.compile(
    r"((?:(?:#[^\n]*+)?\n)*)"
    rf"(?:msgctxt {_LINES})?"
    rf"msgid {_STRING}"
    rf"(?:msgstr {_STRING}|msgid_plural {_LINES}((?:msgstr\[[0-9]\] (?:{_LINE})+)+))"
)
_FORM = re.compile(rf"msgstr\[([0-9])\] {_LINES}")
_REST = re.compile(r"(?:(?:#[^\n]*+)?\n)*(?:#[^\n]*)?\Z")
_FUZZY = re.compile(r"#,(?:[^\n]*[\s,])?fuzzy[\s,]")


class Lookup(Struct):
    """What a catalog says, by lookup key: approved translations, and the keys of those that wait for approval."""

    texts: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)
    header: str = ""


class QuickLookup(Struct):
    """A catalog that could be read quickly: what it says, and the comment lines before each of its texts, in order."""

    lookup: Lookup
    notes: list[str]


def read_lookup(text: str, path: str) -> tuple[Lookup, list[Diagnostic]]:
    """The translations in a catalog's text, and what is odd about it."""
    quick = quick_lookup(text)
    if quick is not None:
        return quick.lookup, []
    catalog, findings = read_po(text, path)
    return lookup_of(catalog), findings


def quick_lookup(text: str) -> QuickLookup | None:
    """The translations in a well-formed catalog's text; None where it isn't."""
    if "\x04" in text:
        return None  # a text with what separates contexts from texts has no key of its own
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.endswith("\n"):
        text += "\n"
    found = Lookup()
    texts, notes_of_texts = found.texts, []
    end = count = 0
    for match in _ENTRY.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        count += 1
        notes, context, key, msgid, translation, msgstr, _, forms = match.groups()
        if key is None:
            key = unquote(msgid)
        if context is not None:
            key = lookup_key(unquote(context), key)
        if not key:
            found.header = translation or unquote(msgstr or '""\n')
        elif "#," in notes and _FUZZY.search(notes, max(notes.rfind("\n#~"), 0)):
            found.outdated.add(key)
        elif forms is None:
            texts[key] = unquote(msgstr) if translation is None else translation
            notes_of_texts.append(notes)
        elif (numbered := _forms(forms)) is not None:
            found.plurals[key] = numbered
        else:
            return None
    kept = len(texts) + len(found.plurals) + len(found.outdated) + bool(found.header)
    return QuickLookup(found, notes_of_texts) if kept == count and _REST.match(text, end) else None


def _forms(lines: str) -> tuple[str, ...] | None:
    """The plural forms, if they are numbered in their order."""
    numbered = _FORM.findall(lines)
    in_order = all(int(index) == place for place, (index, _) in enumerate(numbered))
    return tuple(unquote(text) for _, text in numbered) if in_order else None


def lookup_of(catalog: PoFile) -> Lookup:
    """The translations in a catalog that was read with care."""
    found = Lookup(header=catalog.header.msgstr[0] if catalog.header else "")
    for entry in catalog.entries:
        key = lookup_key(entry.context, entry.msgid)
        if entry.fuzzy:
            found.outdated.add(key)
        elif entry.msgid_plural is not None:
            found.plurals[key] = entry.msgstr
        else:
            found.texts[key] = entry.msgstr[0]
    return found
