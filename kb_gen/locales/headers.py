"""The header entry of templates and catalogs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import replace

from babel import Locale

from kb_gen.locales.plural_forms import standard_plural_forms
from kb_gen.locales.po import PoEntry
from kb_gen.locales.tags import babel_locale, folder_name

__all__ = ["CREATED", "catalog_header", "creation_date", "template_header", "with_field"]

CREATED = "POT-Creation-Date"


def creation_date() -> str:
    """This minute, or the one that `SOURCE_DATE_EPOCH` names, as headers write it.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdecimal() else dt.datetime.now(dt.UTC)
    return moment.strftime("%Y-%m-%d %H:%M+0000")


def _header(fields: Mapping[str, str], comments: tuple[str, ...], flags: tuple[str, ...]) -> PoEntry:
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return PoEntry("", (text,), comments=comments, flags=flags)


def template_header(project: str, domain: str, created: str) -> PoEntry:
    """The header of a template."""
    fields = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        CREATED: created,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        "X-Generator": "kb-gen",
    }
    return _header(fields, (f" What there is to translate: {domain}.",), ("fuzzy",))


def catalog_header(template: PoEntry, tag: str, created: str) -> PoEntry:
    """The header of a locale's new catalog."""
    lines = (line.partition(": ") for line in template.msgstr[0].split("\n") if line)
    fields = {name.removesuffix(":"): value for name, _, value in lines}
    english = babel_locale(tag).get_display_name(Locale("en")) or tag
    fields |= {
        "PO-Revision-Date": created,
        "Last-Translator": "",
        "Language-Team": english,
        "Language": folder_name(tag),
        "Plural-Forms": str(standard_plural_forms(tag)),
    }
    comments = tuple(
        comment.replace("What there is to translate:", f"{english} translation:") for comment in template.comments
    )
    return _header(fields, comments, ())


def with_field(header: PoEntry, name: str, value: str) -> PoEntry:
    """`header` with another value of a field; as it is where the value is the same."""
    lines = header.msgstr[0].split("\n")
    places = [place for place, line in enumerate(lines) if line.partition(":")[0].strip() == name]
    wanted = f"{name}: {value}"
    if places and lines[places[0]] == wanted:
        return header
    if places:
        lines[places[0]] = wanted
    else:
        lines.insert(max(len(lines) - 1, 0), wanted)
    return replace(header, msgstr=("\n".join(lines),), body="", raw="")
