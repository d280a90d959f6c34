"""Projects that consist of catalogs, sent out and taken back, for the tests of exchange files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kb_gen.locales.exchange import (
    Choice,
    Exported,
    Format,
    ImportReport,
    Policy,
    Project,
    Shipment,
    export,
    import_files,
    shipment,
)
from kb_gen.locales.po import PoEntry, PoFile, read_po_file, write_po
from kb_gen.model import KnowledgeBase

SUFFIXES = {Format.XLIFF: ".xlf", Format.XLIFF12: ".12.xlf", Format.CSV: ".csv", Format.XLSX: ".xlsx"}
HEADER = PoEntry(
    "", ("Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",)
)


def catalog_path(domain: str = "shop", locale: str = "de") -> str:
    return f"translations/{locale}/LC_MESSAGES/{domain}.po"


def write_entries(root: Path, entries: Sequence[PoEntry], domain: str = "shop", locale: str = "de") -> Path:
    """A catalog that holds these entries."""
    header = replace(HEADER, msgstr=(HEADER.msgstr[0].replace("Language: de", f"Language: {locale}"),))
    file = root / catalog_path(domain, locale)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(write_po(PoFile(header, tuple(entries))))
    return file


def entries_of(root: Path, domain: str = "shop", locale: str = "de") -> tuple[PoEntry, ...]:
    catalog, findings = read_po_file(root, catalog_path(domain, locale))
    assert not findings
    assert catalog is not None
    return catalog.entries


def emptied(entry: PoEntry) -> PoEntry:
    """An entry without its translation."""
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return replace(entry, msgstr=("",) * len(entry.msgstr), flags=flags, comments=(), raw="", body="")


def sent(
    root: Path, form: Format, choice: Choice | None = None, locale: str = "de", kb: KnowledgeBase | None = None
) -> Path:
    """A file with a locale's units."""
    packed, findings = shipment(root, kb or KnowledgeBase(), locale, choice or Choice(messages=True))
    assert not findings
    return written(root, form, packed)[0]


def written(root: Path, form: Format, packed: Shipment) -> tuple[Path, Exported]:
    file = root / f"sent{SUFFIXES[form]}"
    return file, export(packed, form, file)


def taken(
    root: Path,
    *files: Path,
    policy: Policy | None = None,
    locales: tuple[str, ...] = ("de",),
    locale: str | None = None,
    save: bool = True,
    kb: KnowledgeBase | None = None,
) -> ImportReport:
    """What becomes of files that come back."""
    project = Project(root, kb or KnowledgeBase(), locales)
    return import_files(project, files, policy or Policy(), locale, save)


def edited(file: Path, change: Callable[[str], str]) -> Path:
    """A text file that somebody has changed."""
    before = file.read_bytes().decode()
    after = change(before)
    assert after != before
    file.write_bytes(after.encode())
    return file


def codes(report: ImportReport) -> list[str]:
    return [refusal.code for file in report.files for refusal in file.refusals]
