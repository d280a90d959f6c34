"""What an update has done, or would do: for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff

from kb_gen.diagnostics import FORMATS, Diagnostic, Severity, visible
from kb_gen.locales import CatalogUpdate, SlightChange

__all__ = ["UpdateReport", "report_data", "report_lines"]


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """An update.

    Attributes:
        dry_run: whether nothing was written.
        with_diff: whether the report shows how files change.
        templates: the bytes of changed templates, by path; None for one that goes.
        former: what those held before; None for a new one.
        catalogs: the catalogs of each locale.
        findings: what is wrong with any of the files.
    """

    dry_run: bool
    with_diff: bool
    templates: Mapping[str, bytes | None] = field(default_factory=dict)
    former: Mapping[str, bytes | None] = field(default_factory=dict)
    catalogs: Mapping[str, tuple[CatalogUpdate, ...]] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something kept an update from being done."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def report_lines(report: UpdateReport) -> Iterator[str]:
    """What was done, a line a file; how each changes, if that is wanted."""
    wrote, removed = ("Would write", "Would remove") if report.dry_run else ("Wrote", "Removed")
    for path, content in report.templates.items():
        yield f"{removed if content is None else wrote} {path}"
        yield from _diff(report, path, report.former.get(path), content)
    for tag, catalogs in report.catalogs.items():
        for catalog in catalogs:
            if catalog.written:
                changes = catalog.changes
                kept = f"{changes.kept} kept, " if changes.kept else ""
                yield (
                    f"{wrote} {catalog.path}: {changes.added} new, {changes.fuzzy} to review, "
                    f"{changes.revived} revived, {kept}{changes.obsolete} obsolete"
                )
            elif catalog.slight:
                yield f"{catalog.path} stays as it is"
            yield from (_slight_line(slight) for slight in catalog.slight)
            if catalog.written:
                yield from _diff(report, catalog.path, catalog.before, catalog.content)
        if not report.failed and not any(catalog.written or catalog.slight for catalog in catalogs):
            yield f"{tag}: all catalogs are up to date."


def _slight_line(slight: SlightChange) -> str:
    outcome = f"to review, because {slight.obstacle}" if slight.obstacle else "kept"
    return f"  {outcome}: {_quoted(slight.before)} is now {_quoted(slight.after)}"


def _quoted(text: str) -> str:
    return json.dumps(visible(" ".join(text.split())), ensure_ascii=False)


def _diff(report: UpdateReport, path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    if report.with_diff:
        yield from (visible(line) for line in _diff_lines(path, before, after))


def _diff_lines(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    former = "/dev/null" if before is None else f"a/{path}"
    present = "/dev/null" if after is None else f"b/{path}"
    yield from unified_diff(_lines(before), _lines(after), former, present, lineterm="")


def _lines(content: bytes | None) -> list[str]:
    # Lines of the file are those that end in a line feed: nothing else that Python takes for a line's end is one.
    return content.decode("utf-8", "replace").removesuffix("\n").split("\n") if content else []


def report_data(report: UpdateReport, sources: Callable[[str], str | None]) -> str:
    """The same as JSON; its keys are stable."""
    data = {
        "dry_run": report.dry_run,
        "templates": [
            {"path": path, "removed": content is None} | _diff_data(report, path, report.former.get(path), content)
            for path, content in report.templates.items()
        ],
        "locales": {
            tag: [_catalog_data(report, catalog) for catalog in catalogs] for tag, catalogs in report.catalogs.items()
        },
        "findings": json.loads("\n".join(FORMATS["json"](report.findings, sources))),
    }
    return json.dumps(data, indent=1)


def _catalog_data(report: UpdateReport, catalog: CatalogUpdate) -> dict[str, object]:
    changes = catalog.changes
    return {
        "path": catalog.path,
        "domain": catalog.domain,
        "changed": catalog.written,
        "new": changes.added,
        "to_review": changes.fuzzy,
        "revived": changes.revived,
        "kept": changes.kept,
        "obsolete": changes.obsolete,
        "slight": [
            {"before": slight.before, "after": slight.after, "obstacle": slight.obstacle or None}
            for slight in catalog.slight
        ],
    } | _diff_data(report, catalog.path, catalog.before, catalog.content)


def _diff_data(report: UpdateReport, path: str, before: bytes | None, after: bytes | None) -> dict[str, object]:
    if not report.with_diff:
        return {}
    return {"diff": "".join(f"{line}\n" for line in _diff_lines(path, before, after))}
