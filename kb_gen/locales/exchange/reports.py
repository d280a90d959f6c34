"""What becomes of files that are imported, as values."""

from __future__ import annotations

from dataclasses import dataclass

from kb_gen.diagnostics import Diagnostic
from kb_gen.locales.exchange.addresses import Address
from kb_gen.locales.exchange.units import ReturnedUnit

__all__ = ["FileReport", "ImportReport", "Refusal"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something of a file that wasn't taken as it is.

    Attributes:
        code: the finding's code.
        message: why.
        help: what to do about it.
        line: where in the file, from 1; the row of a spreadsheet; 0 for the whole file.
        unit: what came back; None for the whole file.
        address: the entry that it belongs to, if that is known.
        taken: whether the translation is in the catalog all the same, for review.
    """

    code: str
    message: str
    help: str = ""
    line: int = 0
    unit: ReturnedUnit | None = None
    address: Address | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file, in entries.

    Attributes:
        file: its name, as it was given.
        locales: the locales that its translations are in.
        saved: entries that the catalogs have from it now.
        approved: those of them that aren't to be reviewed.
        unchanged: entries that say what the catalogs say.
        untranslated: entries without a translation.
        refusals: what wasn't taken as it is, in the order of the file.
    """

    file: str
    locales: tuple[str, ...] = ()
    saved: int = 0
    approved: int = 0
    unchanged: int = 0
    untranslated: int = 0
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all files.

    Attributes:
        files: of each.
        catalogs: the catalogs that were written, or would have been.
        findings: why catalogs couldn't be read or written.
    """

    files: tuple[FileReport, ...]
    catalogs: tuple[str, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def clean(self) -> bool:
        """Whether everything was taken as it is."""
        return not self.findings and not any(file.refusals for file in self.files)
