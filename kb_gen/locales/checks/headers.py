"""A catalog's header says what other tools need to know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.locales.plural_forms import plural_forms, standard_plural_forms
from kb_gen.locales.po import PoEntry, PoFile
from kb_gen.locales.tags import folder_name

__all__ = ["check_header", "check_plural_counts"]

_CHARSET = re.compile(r"charset=([^\s;]+)", re.IGNORECASE)


def check_header(catalog: PoFile, path: str, tag: str) -> Iterator[Diagnostic]:
    """Finds a missing header, and fields that are wrong for the locale."""
    if catalog.header is None:
        help_text = "`kb-gen i18n update` writes one"
        yield error("catalog-header", "the catalog has no header", Place(path, 0, 0), help=help_text)
        return
    place = Place(path, *catalog.header.msgstr_at[0])
    fields = catalog.fields
    charset = _CHARSET.search(fields.get("Content-Type", ""))
    if charset is None or charset[1].upper() not in {"UTF-8", "UTF8"}:
        said = f"charset `{charset[1]}`" if charset else "no charset"
        help_text = "`Content-Type: text/plain; charset=UTF-8`; convert with msgconv if it really is another"
        yield error("catalog-charset", f"the header says {said}; catalogs are UTF-8", place, help=help_text)
    language = fields.get("Language", "")
    if language.replace("-", "_").lower() != folder_name(tag).lower():
        message = f"the header says `Language: {language}` in the folder of `{folder_name(tag)}`"
        yield warning("catalog-language", message, place, help=f"`Language: {folder_name(tag)}`")
    yield from _plural_forms(fields.get("Plural-Forms"), tag, place)


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
