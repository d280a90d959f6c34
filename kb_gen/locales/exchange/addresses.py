"""Where in a project's catalogs a text belongs that comes back from outside.

Only the catalogs are asked. A path that a file names is never opened: it may come from anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.core import get_global

from kb_gen.diagnostics import Diagnostic, Severity
from kb_gen.locales.catalogs import catalog_path
from kb_gen.locales.exchange.parcels import catalog_domains, source_form
from kb_gen.locales.exchange.units import ReturnedUnit, split_id
from kb_gen.locales.po import PoEntry, read_po_file
from kb_gen.locales.tags import UnknownLocale, locale_info
from kb_gen.locales.unit_ids import unit_id

__all__ = ["Address", "Catalogue", "Nowhere", "chosen_locale", "open_catalogue"]


@dataclass(frozen=True, slots=True)
class Address:
    """An entry of a catalog, and which of its forms is meant.

    Attributes:
        domain: the catalog.
        path: its file, relative to the project's root.
        entry: the entry as it is.
        form: the plural form; 0 for a text without plural.
    """

    domain: str
    path: str
    entry: PoEntry
    form: int = 0


class Nowhere(LookupError):  # noqa: N818 - named for what it says
    """A unit belongs to no entry.

    Attributes:
        code: the finding's code.
        help: what to do about it.
        near: the entry that it may have belonged to, with its catalog.
    """

    def __init__(self, code: str, message: str, help: str, near: Address | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.help = help
        self.near = near


@dataclass(frozen=True)
class Catalogue:
    """All entries of a locale's catalogs, to be found by their units' ids and by their texts.

    Attributes:
        tag: the BCP 47 tag of the locale.
        entries: the entries in use.
        obsolete: the texts that no record has any more.
    """

    tag: str
    entries: dict[str, Address]
    obsolete: frozenset[str]

    @cached_property
    def _by_text(self) -> dict[str, list[Address]]:
        found: defaultdict[str, list[Address]] = defaultdict(list)
        for address in self.entries.values():
            found[address.entry.msgid].append(address)
        return dict(found)

    @cached_property
    def _by_former_text(self) -> dict[str, Address]:
        entries = self.entries.values()
        return {address.entry.previous.msgid: address for address in entries if address.entry.previous}

    def address(self, unit: ReturnedUnit) -> Address:
        """The entry that a unit belongs to.

        Raises:
            Nowhere: there is none, or its text is another one.
        """
        name, form = split_id(unit.id)
        known = self.entries.get(name)
        if known is None:
            return self._by_source(unit)
        if form >= len(known.entry.msgstr):
            count = len(known.entry.msgstr)
            message = f"the catalog has {count} forms of this text, and this is number {form + 1}"
            raise Nowhere("import-unknown-unit", message, "export the texts anew", known)
        address = Address(known.domain, known.path, known.entry, form)
        if unit.source is not None and not _same_text(unit.source, source_form(known.entry, form)):
            message = "the file's source text isn't the one that this unit has"
            raise Nowhere("import-source-changed", message, "source texts can't be changed in a translation", address)
        return address

    def _by_source(self, unit: ReturnedUnit) -> Address:
        text = unit.source
        if text is None:
            message = f"there is no unit `{unit.id}` in the catalogs of {self.tag}"
            raise Nowhere("import-unknown-unit", message, _EXPORT_ANEW)
        fitting = [
            address
            for address in self._by_text.get(text, ())
            if unit.context is None or unit.context == (address.entry.context or "")
        ]
        if len(fitting) > 1:
            fitting = [address for address in fitting if address.domain == unit.catalog] or fitting
        if len(fitting) > 1:
            places = ", ".join(sorted({address.path for address in fitting}))
            message = f"the text is in the catalogs more than once ({places}), and the file doesn't tell which is meant"
            raise Nowhere("import-unknown-unit", message, "keep the column `id`")
        if not fitting:
            raise self._reason(text)
        if len(fitting[0].entry.msgstr) > 1:
            message = "the text has plural forms, and the file doesn't tell which of them this is"
            raise Nowhere("import-unknown-unit", message, "keep the column `id`", fitting[0])
        return fitting[0]

    def _reason(self, text: str) -> Nowhere:
        changed = self._by_former_text.get(text)
        if changed:
            message = "the source text has changed since the file was made"
            return Nowhere("import-source-changed", message, "translate the new text", changed)
        if text in self.obsolete:
            message = "no article has this text any more"
            return Nowhere("import-unknown-unit", message, "nothing is to be done: there is nowhere to show it")
        message = f"no catalog of {self.tag} has this text"
        return Nowhere("import-unknown-unit", message, _EXPORT_ANEW)


_EXPORT_ANEW = "run `kb-gen i18n update`, and export the texts anew"


def _same_text(told: str, own: str) -> bool:
    """Whether two texts are the same but for white space, which many tools don't keep in source texts."""
    return told == own or told.split() == own.split()


def open_catalogue(root: Path, tag: str, translations: str) -> tuple[Catalogue, list[Diagnostic]]:
    """Everything in a locale's catalogs, and why some can't be read.

    Args:
        root: the project's root.
        tag: the BCP 47 tag of the locale.
        translations: the folder of the catalogs, relative to `root`.
    """
    entries: dict[str, Address] = {}
    obsolete: set[str] = set()
    findings: list[Diagnostic] = []
    for domain in catalog_domains(root, tag, translations):
        path = catalog_path(translations, tag, domain)
        catalog, odd = read_po_file(root, path)
        findings.extend(finding for finding in odd if finding.severity is Severity.ERROR)
        if catalog is not None:
            for entry in catalog.entries:
                entries[unit_id(domain, entry.context, entry.msgid)] = Address(domain, path, entry)
            obsolete.update(entry.msgid for entry in catalog.obsolete)
    return Catalogue(tag, entries, frozenset(obsolete)), findings


def chosen_locale(told: str, allowed: Sequence[str]) -> str | None:
    """Which of the allowed locales a file's language is; None if it is none of them.

    Translation tools know languages of countries only, and say `de-DE` for `de`.
    """
    try:
        tag = locale_info(told.replace("_", "-")).tag
    except UnknownLocale:
        return None
    if tag in allowed:
        return tag
    return next((candidate for candidate in allowed if _likely(candidate) == _likely(tag)), None)


def _likely(tag: str) -> str:
    likely: Collection[str] | str = get_global("likely_subtags").get(tag.replace("-", "_"), tag.replace("-", "_"))
    language, _, rest = str(likely).partition("_")
    # `de_Latn_DE` is what is likely for `de`; of `de_DE`, the script isn't told.
    return "_".join((language, *(part for part in rest.split("_") if part and len(part) != 4)))
