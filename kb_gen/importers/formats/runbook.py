"""Runbooks of alerts: `Meaning`, `Impact`, `Diagnosis`, `Mitigation`, under the alert's name.

The shape is that of https://runbooks.prometheus-operator.dev and of the template that many teams have from there. The
alert's name is both ID and symbol; its source is the one that the user names, or the folder that the file lies in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from urllib.parse import quote

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.importers.formats.article_blocks import Block, Heading, Paragraph, in_parts, markdown_of, plain_of
from kb_gen.importers.formats.article_labels import Part, date_of, part_of, severity_of
from kb_gen.importers.formats.article_notes import language_notes, missing_notes, not_taken, nothing_below
from kb_gen.importers.formats.article_pages import Page, read_page, read_sources
from kb_gen.importers.formats.article_references import references_of
from kb_gen.importers.formats.article_sections import Section
from kb_gen.importers.formats.article_steps import actions_of
from kb_gen.importers.formats.runbook_headings import is_meaning, section_level, with_runbook_headings
from kb_gen.importers.formats.text_files import TextFile
from kb_gen.importers.formats.writing_markdown import EVENT_SCHEME
from kb_gen.importers.imported import Imported, ImportedEvent, Reading
from kb_gen.load import canonical_id
from kb_gen.model import EventSource, MessageSyntax, Record

__all__ = ["read", "read_files"]

_NAME = re.compile(r"[^\W\d_][\w.:-]*")
_CAMEL = re.compile(r"[a-z0-9][A-Z]")
_NO_NAMES = frozenset({"_index", "index", "readme"})
_INDEXES = frozenset({"_index.md", "index.md", "readme.md"})


def read(paths: Sequence[Path], reading: Reading) -> Imported:
    """A draft of each runbook; what links from one to another becomes a reference to that record."""
    files, findings = read_sources(paths, reading.encoding)
    found = read_files(files, reading)
    return Imported(found.events, (*findings, *found.diagnostics), found.sources)


def read_files(files: Sequence[TextFile], reading: Reading) -> Imported:
    """The same for files that have been read."""
    pages: list[Page] = []
    findings: list[Diagnostic] = []
    for file in files:
        page = read_page(file)
        if isinstance(page, Diagnostic):
            findings.append(page)
        else:
            pages.append(page)
            findings += page.findings
    named = {page.file.path: _alert(page) for page in pages}
    names: dict[str, str] = {}
    events: list[ImportedEvent] = []
    for page in pages:
        name = named[page.file.path]
        if name and _has_text(page):
            names.setdefault(PurePath(page.file.path).stem, f"{quote(_source(page, reading), safe='-.')}/{name}")
    for page in pages:
        name = named[page.file.path]
        if not name or not _has_text(page):
            findings += _nothing(page, name)
            continue
        events.append(_draft(page.file, name, names, reading))
    syntax = EventSource(syntax=MessageSyntax.PLAIN)
    return Imported(tuple(events), tuple(findings), {event.record.source: syntax for event in events})


def _alert(page: Page) -> str:
    """The alert's name: the file's, which is the page's address; else that of the front matter, else the title."""
    stem = PurePath(page.file.path).stem
    titles = [block.plain for block in page.blocks if isinstance(block, Heading) and block.level == 1]
    candidates = [stem if _CAMEL.search(stem) else "", page.fields.get("alert", ""), *titles[:1], stem]
    found = (each.strip() for each in candidates if _NAME.fullmatch(each.strip()))
    return next((each for each in found if canonical_id(each) == each and each.casefold() not in _NO_NAMES), "")


def _source(page: Page, reading: Reading) -> str:
    return reading.source or Path(page.file.path).absolute().parent.name or "runbooks"


def _text_blocks(page: Page, name: str) -> list[Block]:
    """Everything but the title, where that says nothing else than the name."""
    title = {name, page.fields.get("title", "")}
    return [
        block
        for block in in_parts(page.blocks)
        if not (isinstance(block, Heading) and block.level == 1 and block.plain in title)
    ]


def _has_text(page: Page) -> bool:
    return any(not isinstance(block, Heading) for block in page.blocks)


def _nothing(page: Page, name: str) -> list[Diagnostic]:
    file = PurePath(page.file.path).name.casefold()
    if file in _INDEXES and not plain_of(page.blocks).strip():
        return []  # a page that only makes a chapter of its folder
    if not name:
        words, help_text = "the runbook names no alert", "give it the alert's name as its title, or as its file's name"
        return [error("article-no-event", words, page.file.place(0), help_text)]
    words, help_text = "the runbook holds nothing but its headings", "write it, or leave it out"
    return [warning("article-empty", words, Place(page.file.path), help_text)]


def _draft(file: TextFile, name: str, names: Mapping[str, str], reading: Reading) -> ImportedEvent:
    page = read_page(file, frozenset(), lambda address: _resolved(address, names))
    assert isinstance(page, Page)  # it was read before
    notes: list[str] = []
    sections = [Section(None)]
    blocks = with_runbook_headings(_text_blocks(page, name))
    lowest = section_level(blocks)
    for block in blocks:
        if isinstance(block, Heading) and block.level <= lowest:
            part = part_of(block.plain)
            sections.append(Section(part if part in {Part.ACTIONS, Part.REFERENCES} else Part.EXPLANATION, block))
        else:
            sections[-1].blocks.append(block)
    notes += [nothing_below(section.title) for section in sections if _is_empty(section)]
    leading = references_of(_blocks_of(sections, Part.REFERENCES))
    notes += map(not_taken, leading.passages)
    own = f"{_source(page, reading)}/{name}"
    severity = severity_of(page.fields.get("severity", ""))
    record = Record(
        id=name,
        source=_source(page, reading),
        product=reading.product,
        version=reading.version,
        symbolic_name=name,
        severity=severity,
        modified=date_of(page.fields.get(_modified(page), "")),
        explanation=markdown_of([*sections[0].blocks, *_blocks_of(sections, Part.EXPLANATION)]),
        actions=actions_of(_blocks_of(sections, Part.ACTIONS), plain_of(page.blocks)),
        related=tuple(event for event in leading.related if event != own),
        references=leading.references,
    )
    if not reading.source:
        notes.append(f"The source is named after the folder, {record.source}.")
    notes += [*missing_notes(record, "runbook"), *_field_notes(page, record), *language_notes(record), *page.left_out]
    title = next((block for block in page.blocks if isinstance(block, Heading | Paragraph)), None)
    return ImportedEvent(record, file.place(title.start if title else 0), {}, tuple(notes))


def _is_empty(section: Section) -> bool:
    """Whether a section says nothing; a title does, even if nothing stands directly below it."""
    return section.heading is not None and section.heading.level > 1 and not section.blocks


def _blocks_of(sections: Sequence[Section], part: Part) -> list[Block]:
    """The blocks of all sections of one kind that aren't empty, with their headings where these say anything."""
    blocks: list[Block] = []
    for section in sections:
        if section.part is part and section.heading and not _is_empty(section):
            silent = part is Part.REFERENCES or (is_meaning(section.title) and not blocks)
            blocks += [] if silent else [section.heading]
            blocks += section.blocks
    return blocks


def _modified(page: Page) -> str:
    """The field of the front matter that tells when the runbook was changed."""
    return next((name for name in ("lastmod", "modified", "date") if page.fields.get(name)), "")


def _field_notes(page: Page, record: Record) -> Iterator[str]:
    """A line for everything in the front matter that isn't in the record."""
    for name, value in page.fields.items():
        if name == "severity" and record.severity is None:
            yield f"Nobody knows the severity {value}."
        elif name == _modified(page) and record.modified is None:
            yield f"Nobody knows the date {value}."
        elif name == "description":
            yield f"Also in the runbook: {value}"
        elif name not in {"severity", _modified(page)} and value not in {"", record.id}:
            yield f"Also in the runbook: {name}: {value}"


def _resolved(address: str, names: Mapping[str, str]) -> str:
    """The record that a link to another runbook leads to; other addresses as they are."""
    if "://" in address or address.startswith(("#", "mailto:")):
        return address
    known = names.get(PurePath(address.partition("#")[0]).stem)
    return f"{EVENT_SCHEME}{known}" if known else address
