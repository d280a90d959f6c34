"""What an import tells people and programs."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity
from kb_gen.load import Sources
from kb_gen.locales.exchange.addresses import Address
from kb_gen.locales.exchange.reports import FileReport, ImportReport, Refusal
from kb_gen.locales.po import Key, PoEntry, read_po_file

__all__ = ["ReportSources", "refusal_findings", "report_data"]

_LARGEST_SHOWN = 20_000_000
_SHEET = b"PK\x03\x04"


class ReportSources:
    """The texts of imported files, and of the project's own, for showing findings: `sources(path)`."""

    def __init__(self, root: Path, report: ImportReport) -> None:
        self._root = root
        self._own = Sources(root)
        self._entries: dict[str, dict[Key, PoEntry]] = {}
        self._files = {file.file for file in report.files}
        self._texts: dict[str, str | None] = {}

    def __call__(self, path: str) -> str | None:
        """The text of a file; None where it has none to show."""
        if path not in self._files:
            return self._own(path)
        if path not in self._texts:
            self._texts[path] = _text(Path(path))
        return self._texts[path]

    def own_place(self, address: Address) -> tuple[Place, ...]:
        """Where an entry stands in its catalog, which may have been written since it was found."""
        if address.path not in self._entries:
            catalog, _ = read_po_file(self._root, address.path)
            self._entries[address.path] = {entry.key: entry for entry in catalog.entries} if catalog else {}
        entry = self._entries[address.path].get(address.entry.key)
        if entry is None:
            return ()
        told = address.form < len(entry.msgstr) and entry.msgstr[address.form]
        place = entry.msgstr_at[address.form] if told else entry.msgid_at
        return (Place(address.path, *place, label="the catalog's entry"),)


def _text(file: Path) -> str | None:
    try:
        data = file.read_bytes() if file.stat().st_size <= _LARGEST_SHOWN else _SHEET
    except OSError:
        return None
    if data.startswith(_SHEET):
        return None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8-sig", "replace")


def refusal_findings(report: ImportReport, sources: ReportSources) -> Iterator[Diagnostic]:
    """What was refused or taken for review only, as findings with their places; then what is wrong with catalogs."""
    for file in report.files:
        text = sources(file.file)
        starts = _line_starts(text) if text is not None and file.refusals else []
        for refusal in file.refusals:
            yield _finding(file, refusal, sources, starts)
    yield from report.findings


def _line_starts(text: str) -> list[int]:
    starts, place = [0], text.find("\n")
    while place >= 0:
        starts.append(place + 1)
        place = text.find("\n", place + 1)
    return starts


def _finding(file: FileReport, refusal: Refusal, sources: ReportSources, starts: list[int]) -> Diagnostic:
    text = sources(file.file)
    message = refusal.message
    place = Place(file.file)
    if text is not None and 0 < refusal.line <= len(starts):
        start = starts[refusal.line - 1]
        line = text[start : text.find("\n", start) if "\n" in text[start:] else len(text)]
        start += len(line) - len(line.lstrip())
        place = Place(file.file, start, start + len(line.strip()))
    elif refusal.line:
        message = f"row {refusal.line}: {message}"
    related = sources.own_place(refusal.address) if refusal.address else ()
    severity = Severity.WARNING if refusal.taken else Severity.ERROR
    return Diagnostic(refusal.code, severity, message, place, refusal.help, related)


def report_data(report: ImportReport) -> dict[str, object]:
    """The report as data for JSON; nothing that a file held and that wasn't taken is missing in it."""
    return {
        "files": [
            {
                "file": file.file,
                "locales": list(file.locales),
                "saved": file.saved,
                "approved": file.approved,
                "unchanged": file.unchanged,
                "untranslated": file.untranslated,
                "refused": sum(not refusal.taken for refusal in file.refusals),
                "entries": [_refusal_data(refusal) for refusal in file.refusals],
            }
            for file in report.files
        ],
        "catalogs": list(report.catalogs),
        "findings": [
            {
                "code": finding.code,
                "message": finding.message,
                "help": finding.help or None,
                "path": finding.place.path if finding.place else None,
            }
            for finding in report.findings
        ],
    }


def _refusal_data(refusal: Refusal) -> dict[str, object]:
    unit, address = refusal.unit, refusal.address
    return {
        "code": refusal.code,
        "outcome": "for review" if refusal.taken else "refused",
        "message": refusal.message,
        "help": refusal.help or None,
        "line": refusal.line or None,
        "id": (unit.id or None) if unit else None,
        "source": unit.source if unit else None,
        "translation": unit.target if unit else None,
        "catalog": address.path if address else None,
        "now": list(address.entry.msgstr) if address else None,
    }
