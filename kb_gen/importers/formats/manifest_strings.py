"""The string tables of a manifest: messages in every culture that it has them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.importers.formats.manifest_nesting import nested_texts
from kb_gen.importers.formats.manifest_xml import Element, Group
from kb_gen.locales import UnknownLocale, plain_tag

__all__ = ["StringTables", "string_tables"]

_REFERENCE = re.compile(r"\$\(string\.(.+)\)", re.IGNORECASE | re.DOTALL)
_ELSEWHERE = re.compile(r"\$\((?!string\.)\w+\.[^()\s]+\)")
_NEUTRAL = frozenset({"", "neutral", "x-none"})


class StringTables(Struct, frozen=True):
    """All strings of a manifest.

    Attributes:
        tables: by BCP 47 tag, in the order of the files; of each string its element, by its ID.
        language: the tag of the language that records get their messages in: English, else the first.
    """

    tables: Mapping[str, Mapping[str, Element]]
    language: str

    def texts(self, reference: str) -> dict[str, str]:
        """What an attribute says, by language: `$(string.ID)` in every culture that has it; another text as it is."""
        name = self.id_of(reference)
        if name is None:
            return {} if not reference.strip() or self.is_elsewhere(reference) else {self.language: reference}
        found = {tag: table[name] for tag, table in self.tables.items() if name in table}
        return {tag: element.attributes["value"] for tag, element in found.items() if element.attributes.get("value")}

    def places(self, reference: str) -> dict[str, Place]:
        """Where what an attribute says stands, by language, if that isn't the attribute itself."""
        name = self.id_of(reference)
        return {tag: table[name].place("value") for tag, table in self.tables.items() if name in table} if name else {}

    def text(self, reference: str) -> str:
        """What an attribute says in the records' language; empty where that has nothing."""
        return self.texts(reference).get(self.language, "").strip()

    @staticmethod
    def is_elsewhere(reference: str) -> bool:
        """Whether an attribute names a text of another file, such as `$(mc.100)`, a message of a message file."""
        return _ELSEWHERE.fullmatch(reference.strip()) is not None

    @staticmethod
    def id_of(reference: str) -> str | None:
        """The string's ID that an attribute names; None if it is a text itself."""
        match = _REFERENCE.fullmatch(reference.strip())
        return match[1].strip() if match else None


def string_tables(cultures: Iterable[Group], locale: str) -> tuple[StringTables, list[Diagnostic]]:
    """The strings of `resources` elements, by language.

    Args:
        cultures: the elements.
        locale: the language of those that name none, as a BCP 47 tag; may be empty.
    """
    tables: dict[str, dict[str, Element]] = {}
    findings: list[Diagnostic] = []
    for culture in cultures:
        try:
            tag = _tag(culture.element, locale)
        except UnknownLocale as reason:
            help_text = "write a culture as Windows names it, such as `de-DE`; its strings were left out"
            findings.append(error("manifest-culture", str(reason), culture.element.place("culture"), help_text))
            continue
        table = tables.setdefault(tag, {})
        for string in culture.items:
            first = table.setdefault(string.get("id"), string)
            if first.attributes.get("value") != string.attributes.get("value"):
                findings.append(_twice(string, first, tag))
    for tag, table in tables.items():
        texts, odd = nested_texts(table, tag)
        findings += odd
        table |= {name: _with_value(table[name], text) for name, text in texts.items()}
    language = "en" if "en" in tables or not tables else _first_language(tables)
    return StringTables(tables, language), findings


def _with_value(string: Element, text: str) -> Element:
    return structs.replace(string, attributes={**string.attributes, "value": text})


def _tag(resources: Element, locale: str) -> str:
    culture = resources.get("culture")
    return locale or "en" if culture.lower() in _NEUTRAL else plain_tag(culture.replace("_", "-"))


def _first_language(tables: Iterable[str]) -> str:
    return next((tag for tag in tables if tag.startswith("en-")), next(iter(tables)))


def _twice(string: Element, first: Element, tag: str) -> Diagnostic:
    return warning(
        "manifest-duplicate",
        f"the string `{string.get('id')}` is in the table for {tag} twice, and not alike; the first was taken",
        string.place("value"),
        "keep the right one",
        (first.place("value"),),
    )
