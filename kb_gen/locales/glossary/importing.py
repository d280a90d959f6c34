"""Terms from other tools, put into the project's glossary without changing what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity, error, warning
from kb_gen.load import write_atomically
from kb_gen.locales.glossary.searching import Glossary
from kb_gen.locales.glossary.table import (
    FORBIDDEN,
    GLOSSARY_FILE,
    NOTE,
    PART_OF_SPEECH,
    SOURCE,
    Row,
    Table,
    joined_cell,
    read_table,
    split_cell,
    table_of,
    write_table,
)
from kb_gen.locales.glossary.tbx import Concept, NamedTerm, RefusedConcept, read_tbx
from kb_gen.locales.glossary.terms import Term
from kb_gen.locales.xml_places import XmlPlaces

__all__ = ["ImportedTerms", "import_terms"]

_PARTS_OF_SPEECH = frozenset({"noun", "proper noun", "verb", "adjective", "adverb"})


@dataclass(frozen=True, slots=True)
class ImportedTerms:
    """What became of a file of terms.

    Attributes:
        added: how many rows are new.
        completed: how many rows that were there got something more.
        kept: how many rows were there, with the same or with something else.
        passed_over: how many terms were left out: not in the project's languages, or not wanted.
        findings: what couldn't be used, and where the glossary says something else.
    """

    added: int = 0
    completed: int = 0
    kept: int = 0
    passed_over: int = 0
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What a file of terms holds."""

    rows: tuple[Row, ...] = ()
    passed_over: int = 0
    findings: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Counts:
    """Rows, as they are dealt with."""

    added: int = 0
    completed: int = 0
    kept: int = 0
    passed_over: int = 0
    findings: list[Diagnostic] = field(default_factory=list)


def import_terms(
    root: Path,
    file: Path,
    source_tag: str,
    tags: Sequence[str],
    translations: str = "translations",
    used_in: Sequence[str] | None = None,
) -> ImportedTerms:
    """Put the terms of a TBX or CSV file into a project's glossary, in rows of their own or cells that are empty.

    What stands in the glossary stays: where the file says something else, that is told.

    Args:
        root: the project's root.
        file: a TBX file, or a CSV file in our form or Weblate's (`source`, `target`); of the latter, `target` is the
            first of `tags`.
        source_tag: the BCP 47 tag of the source language.
        tags: those of the locales.
        translations: the folder of the catalogs, relative to `root`.
        used_in: the texts in one of which a term has to be, in order to be taken; None for all terms.

    Raises:
        OSError: a file can't be read or written.
    """
    path = f"{translations}/{GLOSSARY_FILE}"
    table = Table()
    if (root / path).exists():
        read, findings = read_table(root, path)
        if read is None:
            return ImportedTerms(findings=tuple(findings))
        table = read
    found = _rows_of(root, file, source_tag, tags)
    if any(finding.severity is Severity.ERROR for finding in found.findings):
        return ImportedTerms(findings=found.findings)
    counts = _Counts(passed_over=found.passed_over, findings=list(found.findings))
    rows = found.rows if used_in is None else _used(found.rows, used_in)
    counts.passed_over += len(found.rows) - len(rows)
    merged = _merged(table, rows, path, counts)
    if counts.added or counts.completed:
        write_atomically(root / path, write_table(merged))
    return ImportedTerms(counts.added, counts.completed, counts.kept, counts.passed_over, tuple(counts.findings))


def _rows_of(root: Path, file: Path, source_tag: str, tags: Sequence[str]) -> _Read:
    full, top = file.resolve(), root.resolve()
    path = (full.relative_to(top) if full.is_relative_to(top) else full).as_posix()
    with file.open("rb") as stream:
        start = stream.read(512)
    # XML in UTF-16 has a zero byte beside each character; a table doesn't begin with `<`.
    if start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return _tbx_rows(root, file, path, source_tag, tags)
    return _csv_rows(file, path, tags)


def _tbx_rows(root: Path, file: Path, path: str, source_tag: str, tags: Sequence[str]) -> _Read:
    rows: list[Row] = []
    refused: list[RefusedConcept] = []
    passed_over = 0
    with file.open("rb") as stream:
        for piece in read_tbx(stream, source_tag, tags):
            passed_over += piece.passed_over
            for concept in piece.concepts:
                if isinstance(concept, RefusedConcept):
                    refused.append(concept)
                else:
                    rows.extend(_concept_rows(concept, source_tag, tags))
    places = XmlPlaces(root, path) if refused else None
    findings = [_refusal(one, places) for one in refused] if places else []
    return _Read(tuple(rows), passed_over, tuple(findings))


def _refusal(refused: RefusedConcept, places: XmlPlaces) -> Diagnostic:
    place, where = places.place(refused.line, refused.column), places.words(refused.line)
    if refused.fatal:
        help_text = "let the program that made the file write it again, as TBX"
        return error("glossary-file", f"the terms can't be read: {refused.reason}{where}", place, help_text)
    return warning("glossary-entry", f"this concept is left out: {refused.reason}{where}", place)


def _concept_rows(concept: Concept, source_tag: str, tags: Sequence[str]) -> Iterator[Row]:
    """A row for each term that the source language has for a concept."""
    for term in concept.terms[source_tag]:
        if term.status != "forbidden":
            cells = {SOURCE: term.text, PART_OF_SPEECH: _part_of_speech(term), NOTE: concept.definition}
            for tag in tags:
                found = concept.terms.get(tag, ())
                cells[tag] = joined_cell([one.text for one in found if one.status != "forbidden"])
                cells[f"{tag} {FORBIDDEN}"] = joined_cell([one.text for one in found if one.status == "forbidden"])
            yield Row(cells)


def _part_of_speech(term: NamedTerm) -> str:
    words = "proper noun" if term.part_of_speech.replace(" ", "") == "propernoun" else term.part_of_speech
    return words if words in _PARTS_OF_SPEECH else ""


def _csv_rows(file: Path, path: str, tags: Sequence[str]) -> _Read:
    table, findings = table_of(file.read_bytes(), path)
    if table is None:
        return _Read(findings=tuple(findings))
    bilingual = next((column for column in table.columns if column.lower() == "target"), "")
    if bilingual and len(tags) > 1:
        help_text = f"name the language of its column `target`, for example `--locale {tags[0]}`"
        return _Read(findings=(error("glossary-file", "the file is in one language", Place(path), help_text),))
    wanted = {SOURCE, PART_OF_SPEECH, NOTE, *tags, *(f"{tag} {FORBIDDEN}" for tag in tags)}
    rows = []
    for row in table.rows:
        cells = {name: cell for name, cell in row.cells.items() if name in wanted}
        if bilingual:
            cells |= {tags[0]: row.cells.get(bilingual, "")}
            # Weblate's names of what translators and developers say about a term.
            notes = ("explanation", "developer_comments", "translator_comments", "context")
            cells.setdefault(NOTE, next((row.cells[name] for name in notes if row.cells.get(name)), ""))
        rows.append(Row(cells, row.span))
    fitting = [row for row in rows if row.source and any(row.cells.get(tag) for tag in tags)]
    # What a table of another program has besides isn't wrong with it.
    told = [finding for finding in findings if finding.code != "glossary-columns"]
    return _Read(tuple(fitting), len(rows) - len(fitting), tuple(told))


def _key(row: Row) -> tuple[str, str]:
    return " ".join(row.source.split()), row.cells.get(PART_OF_SPEECH, "").lower()


def _used(rows: Sequence[Row], texts: Sequence[str]) -> tuple[Row, ...]:
    """The rows whose term is in one of the texts."""
    glossary = Glossary([Term(row.source, (), (), row.cells.get(PART_OF_SPEECH, "")) for row in rows], "en")
    used = {term.source for text in texts for term in glossary.terms_in(text)}
    return tuple(row for row in rows if row.source in used)


def _merged(table: Table, rows: Iterable[Row], path: str, counts: _Counts) -> Table:
    known = {_key(row): row for row in table.rows}
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = _key(row)
        found[key] = _joined(found[key], row) if key in found else row
    by_source = {source: (source, part) for source, part in reversed(known)}
    for named, row in found.items():
        # A file that doesn't say what part of speech a term is means the one that is there.
        key = named if named in known or named[1] else by_source.get(named[0], named)
        known[key] = _completed(known[key], row, path, counts) if key in known else row
        counts.added += known[key] is row
    used = [name for row in known.values() for name, cell in row.cells.items() if cell]
    new = tuple(name for name in dict.fromkeys(used) if name not in table.columns)
    return replace(
        table,
        columns=(*table.columns, *sorted(new)),
        heading=(*table.heading, *sorted(new)),
        rows=_in_order(table.rows, [known[key] for key in known]),
    )


def _joined(before: Row, row: Row) -> Row:
    """Two rows of a file for one term: what either has for it."""
    cells = dict(before.cells)
    for name, cell in row.cells.items():
        if name in {SOURCE, PART_OF_SPEECH, NOTE}:
            cells[name] = cells.get(name) or cell
        else:
            cells[name] = joined_cell(split_cell(f"{cells.get(name, '')}|{cell}"))
    return replace(before, cells=cells)


def _completed(before: Row, row: Row, path: str, counts: _Counts) -> Row:
    """A row of the glossary with what it lacked."""
    missing = {name: cell for name, cell in row.cells.items() if cell and not before.cells.get(name)}
    for name, cell in row.cells.items():
        kept = before.cells.get(name, "")
        if cell and kept and name != NOTE and not set(split_cell(cell)) <= set(split_cell(kept)):
            message = f"the glossary has `{kept}` for `{row.source}`, and the file `{cell}`"
            counts.findings.append(warning("glossary-entry", message, Place(path), "what the glossary has was kept"))
    counts.completed += bool(missing)
    counts.kept += not missing
    return replace(before, cells={**before.cells, **missing}) if missing else before


def _in_order(before: Sequence[Row], rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows by their terms if that is how the table was ordered; else the new ones at the end."""
    names = [row.source.casefold() for row in before]
    return tuple(sorted(rows, key=lambda row: row.source.casefold()) if names == sorted(names) else rows)
