"""A catalog's header says what other tools need to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.locales.plural_forms import PluralForms, plural_forms, standard_plural_forms
from kb_gen.locales.po import PoEntry, PoFile, offset_in
from kb_gen.locales.tags import folder_name

__all__ = ["check_charset", "check_empty", "check_header", "check_plural_counts"]

_CHARSET = re.compile(r"charset=([^\s;]+)", re.IGNORECASE)


def check_header(catalog: PoFile, text: str, path: str, tag: str) -> Iterator[Diagnostic]:
    """Finds a missing header, and fields that are wrong for the locale; `text` is the file's."""
    if catalog.header is None:
        empty = list(check_empty(text, path))
        if empty:
            yield from empty
            return
        help_text = "`kb-gen i18n update` writes one"
        yield error("catalog-header", "the catalog has no header", Place(path, 0, 0), help=help_text)
        return
    yield from check_charset(catalog, text, path)
    header, fields = catalog.header, catalog.fields
    language = fields.get("Language", "")
    if language.replace("-", "_").lower() != folder_name(tag).lower():
        message = f"the header says `Language: {language}` in the folder of `{folder_name(tag)}`"
        place = _field_place(header, "Language", text, path)
        yield warning("catalog-language", message, place, help=f"`Language: {folder_name(tag)}`")
    yield from _plural_forms(fields.get("Plural-Forms"), tag, _field_place(header, "Plural-Forms", text, path))


def check_empty(text: str, path: str) -> Iterator[Diagnostic]:
    """Finds a catalog in which nothing is, not even a header."""
    if not text.strip():
        help_text = "take it back from version control; or delete it, and `kb-gen i18n update` writes a new one"
        message = "the catalog is empty: it may have been cut off when it was written"
        yield error("catalog-empty", message, Place(path, 0, 0), help=help_text)


def check_charset(catalog: PoFile, text: str, path: str) -> Iterator[Diagnostic]:
    """Finds a header that names another encoding; `text` is the file's."""
    charset = _CHARSET.search(catalog.fields.get("Content-Type", ""))
    if catalog.header is None or (charset is not None and charset[1].upper() in {"UTF-8", "UTF8"}):
        return
    said = f"charset `{charset[1]}`" if charset else "no charset"
    yield error(
        "catalog-charset",
        f"the header says {said}; catalogs are UTF-8",
        _field_place(catalog.header, "Content-Type", text, path),
        help="`Content-Type: text/plain; charset=UTF-8`; convert with msgconv if it really is another",
    )


def _field_place(header: PoEntry, name: str, text: str, path: str) -> Place:
    """Where a header field stands; the whole header's place where it is missing."""
    start, end = header.msgstr_at[0]
    before = 0
    for line in header.msgstr[0].split("\n"):
        if line.partition(":")[0].strip() == name:
            return Place(path, offset_in(text, start, before), offset_in(text, start, before + len(line)))
        before += len(line) + 1
    return Place(path, start, end)


def _plural_forms(field: str | None, tag: str, place: Place) -> Iterator[Diagnostic]:
    standard = standard_plural_forms(tag)
    help_text = f"`Plural-Forms: {standard}`"
    forms = plural_forms(field) if field is not None else None
    if field is None:
        yield warning("catalog-plural-forms", "the header says no Plural-Forms", place, help=help_text)
    elif forms is None:
        yield error("catalog-plural-forms", "the header's Plural-Forms can't be understood", place, help=help_text)
    elif forms.count != standard.count:
        message = f"the header says {forms.count} plural forms, where this language has {standard.count}"
        yield warning("catalog-plural-forms", message, place, help=help_text)
    elif (number := _first_difference(forms, standard)) is not None:
        message = (
            f"the header's Plural-Forms gives {number} the form {forms.index(number)}, "
            f"where this language has the form {standard.index(number)}"
        )
        yield warning("catalog-plural-forms", message, place, help=help_text)


@lru_cache(maxsize=256)
def _first_difference(forms: PluralForms, standard: PluralForms) -> int | None:
    """The first number that takes another form; no language has a rule that shows first behind a thousand."""
    return next((number for number in range(1001) if forms.index(number) != standard.index(number)), None)


def check_plural_counts(catalog: PoFile, path: str) -> Iterator[Diagnostic]:
    """Finds entries with more or fewer forms than the header says."""
    forms = plural_forms(catalog.fields.get("Plural-Forms", ""))
    for entry in catalog.entries if forms else ():
        if forms and entry.msgid_plural is not None and len(entry.msgstr) != forms.count:
            yield _wrong_count(entry, path, forms.count)


def _wrong_count(entry: PoEntry, path: str, wanted: int) -> Diagnostic:
    message = f"the entry has {len(entry.msgstr)} plural forms, and the header says {wanted}"
    start, end = entry.msgstr_at[0][0], entry.msgstr_at[-1][1]
    return error("translation-plural-forms", message, Place(path, start, end), help="write one msgstr for every form")
